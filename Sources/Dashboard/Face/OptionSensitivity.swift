import Planning
import Quantities

extension PlanFace {
  /// What moves one option's cost, what would change the choice, and what it is worth to know more.
  public struct Sensitivity: Hashable, Sendable {
    /// What one uncertain input alone does.
    public struct Bar: Hashable, Sendable {
      /// What the input is, in a few words.
      public var label: String
      /// The input's own range, p10 to p90, with its unit.
      public var range: String
      /// The economic cost at the input's p10 and at its p90.
      public var low: Money
      public var high: Money
      /// Share of the cost's variance it explains, alone and with others, 0 to 1; nil where unknown.
      public var share: Double?
      public var grade: String

      public init(
        _ label: String, range: String, low: Money, high: Money, share: Double? = nil,
        grade: String = ""
      ) {
        self.label = label
        self.range = range
        self.low = low
        self.high = high
        self.share = share
        self.grade = grade
      }
    }

    /// The economic cost when nothing is moved.
    public var middle: Money
    /// Widest first.
    public var bars: [Bar]
    /// Conditions under which another option is chosen, as sentences.
    public var flips: [String]
    /// What it is worth to know more before choosing, as sentences.
    public var worth: [String]

    public init(middle: Money, bars: [Bar], flips: [String] = [], worth: [String] = []) {
      self.middle = middle
      self.bars = bars
      self.flips = flips
      self.worth = worth
    }
  }
}

extension PlanFace.Sensitivity {
  /// What the engine found, as the pane says it.
  public init(_ found: Sensitivity) {
    let flips = found.flips.filter { $0.value != nil }.sorted {
      ($0.chanceBeyond ?? 0) > ($1.chanceBeyond ?? 0)
    }
    self.init(
      middle: Money(dollars: found.economicDollars),
      bars: found.bars.filter { $0.economic.swing != 0 }.map { bar in
        func number(_ value: Double) -> String { Decimals.significant(value, 3) }
        return Bar(
          bar.input.meaning,
          range: "\(number(bar.values.low)) to \(number(bar.values.high)) \(bar.input.unit)",
          low: Money(dollars: bar.economic.low), high: Money(dollars: bar.economic.high),
          share: bar.total?.value, grade: bar.input.provenance.grade.rawValue)
      },
      flips: flips.prefix(8).compactMap { flip in
        flip.condition.map { "\(flip.route.rawValue) (\(flip.label)) wins if \($0)" }
      }, worth: Self.worth(found))
  }

  private static func worth(_ found: Sensitivity) -> [String] {
    let all = found.perfectInformation.map {
      "knowing everything before choosing: \(Money(dollars: $0).short)"
    }
    let one = found.informationValues.prefix(4).map {
      "\($0.input.meaning): \(Money(dollars: $0.dollars).short)"
    }
    return [all].compactMap { $0 } + one
  }
}
