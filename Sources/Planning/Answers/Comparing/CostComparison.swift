import Economics
import Quantities

/// The bills of two options side by side, line by line, in whole cents: every gap sums exactly.
public struct CostComparison: Hashable, Sendable {
  /// One line of both.
  public struct Line: Hashable, Sendable {
    /// The line's name for machines: `accelerator_rent`.
    public var term: String
    /// The line's name for people.
    public var label: String
    /// Whole cents.
    public var first: Int64
    public var second: Int64

    public init(term: String, label: String, first: Int64, second: Int64) {
      self.term = term
      self.label = label
      self.first = first
      self.second = second
    }

    /// What the second costs more; below zero when it costs less.
    public var gap: Int64 { second - first }
  }

  /// Cash by item, in the order of the first's bill, then what only the second has; their gaps sum to
  /// that of `cash`.
  public var items: [Line]
  public var cash: Line
  /// What is left at the end, below zero because it lowers the cost; nil where it is not known.
  public var left: Line?
  /// Cash and what is left together.
  public var economic: Line?

  /// - Parameters:
  ///   - first: the bill of one option.
  ///   - second: the bill of the other.
  ///   - economic: the economic cost of each in cents; nil where it is not known.
  /// - Returns: nil when either has no bill.
  public init?(
    _ first: [CostLine], _ second: [CostLine], economic: (first: Int64, second: Int64)?
  ) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    var order: [String] = []
    var labels: [String: String] = [:]
    for line in first + second where labels[line.term] == nil {
      order.append(line.term)
      labels[line.term] = line.label
    }
    func cents(_ term: String, _ bill: [CostLine]) -> Int64 {
      bill.filter { $0.term == term }.map(\.cents).reduce(0, +)
    }
    items = order.map { term in
      Line(
        term: term, label: labels[term] ?? term, first: cents(term, first),
        second: cents(term, second))
    }
    let cash = Line(
      term: "cash", label: "cash", first: items.map(\.first).reduce(0, +),
      second: items.map(\.second).reduce(0, +))
    self.cash = cash
    guard let economic else { return }
    left = Line(
      term: "left_at_the_end", label: "less what is left", first: economic.first - cash.first,
      second: economic.second - cash.second)
    self.economic = Line(
      term: "economic", label: "economic cost", first: economic.first, second: economic.second)
  }
}
