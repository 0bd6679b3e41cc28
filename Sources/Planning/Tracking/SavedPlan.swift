import Catalog
import Economics
import Quantities
import Workload

/// What tracking needs of one option of a plan that was saved with `--format json`.
public struct SavedOption: Hashable, Sendable {
  public var id: String
  public var purchase: Purchase
  /// The first day of training, and the last by the median.
  public var start: CalendarDate
  public var finish: CalendarDate
  public var runDays: Percentiles
  public var tokens: Double
  public var cash: Percentiles
  /// The median run's cash, US dollars.
  public var breakdown: [CostTerm: Double]
  /// The median run's payments, US dollars.
  public var payments: [SavedPayment]
  public var budgetDollars: Double
  public var deadline: CalendarDate?
  /// Tokens a day that the option's chips would train at their peak; nil when the plan doesn't say.
  public var peakTokensPerDay: Double?
}

/// One dated payment of a saved plan, US dollars.
public struct SavedPayment: Hashable, Sendable {
  public var date: CalendarDate
  public var term: CostTerm
  public var dollars: Double
}

/// A plan that was saved with `--format json`, as far as it is needed to compare what happened.
public struct SavedPlan {
  private let file: String
  private let root: SavedObject
  private let options: [SavedObject]

  /// Reads the document.
  ///
  /// - Throws: `Fault` with file, line and what to do about it.
  public init(_ text: String, file: String) throws(Fault) {
    self.file = file
    root = try SavedObject(try JSONReader.read(text, file: file), file: file)
    let version = try? root.text("schema_version")
    guard version?.hasPrefix("1.") == true || version?.hasPrefix("2.") == true else {
      throw Fault(
        file: file, line: 1,
        message: "is no plan saved with --format json"
          + (version.map { " that this program knows (schema_version \(Magnitude.printable($0)))" }
            ?? " (it has no schema_version)"))
    }
    options = try root.list("options").map { node throws(Fault) in
      try SavedObject(node, file: file)
    }
  }

  /// The option of an id or rank; the recommended one when none is named.
  ///
  /// - Throws: `Fault` when the plan has no such option, or the option no figures.
  public func option(_ name: String? = nil) throws(Fault) -> SavedOption {
    let ranking = try root.list("ranking").compactMap(\.string)
    guard
      let id = name.flatMap({ Int($0) }).map({ rank in
        ranking.indices.contains(rank - 1) ? ranking[rank - 1] : ""
      }) ?? name ?? ranking.first
    else {
      throw Fault(file: file, message: "no option fits in this plan; --option names one of it")
    }
    var ids: [String] = []
    for option in options {
      let found = try option.text("id")
      if found == id { return try read(option, id: found) }
      ids.append(found)
    }
    let near = NearMiss.closest(to: name ?? "", among: ids).map { "; did you mean \($0)?" }
    throw Fault(
      file: file,
      message: "has no option “\(Magnitude.printable(name ?? ""))”"
        + (near ?? "; \(ranking.count) have a rank"))
  }

  private func read(_ option: SavedObject, id: String) throws(Fault) -> SavedOption {
    guard let cash = try option.percentiles("cost_cash_usd"),
      // The first edition called the days of the run alone so.
      let days = try option.percentiles(option.keys.contains("run_days") ? "run_days" : "days"),
      days.p10 > 0,
      let tokens = try option.object("model").number("tokens"), tokens > 0
    else {
      throw option.fault("cost_cash_usd", "\(id) has no figures to compare with")
    }
    let scenario = try root.object("scenario")
    guard let budget = try scenario.number("budget_usd") else {
      throw scenario.fault("budget_usd", "is missing")
    }
    guard let purchase = Purchase(rawValue: try option.text("purchase")) else {
      throw option.fault("purchase", "is no way to buy that this program knows")
    }
    return SavedOption(
      id: id, purchase: purchase, start: try option.date("start"),
      finish: try option.date("finish"), runDays: days, tokens: tokens, cash: cash,
      breakdown: try breakdown(option), payments: try payments(option), budgetDollars: budget,
      deadline: scenario.isNull("deadline") ? nil : try scenario.date("deadline"),
      peakTokensPerDay: try peak(option))
  }

  /// From the speed, the share of the peak that it is, and the chips.
  private func peak(_ option: SavedObject) throws(Fault) -> Double? {
    for key in ["mfu", "tokens_per_second_per_chip", "chips"] where !option.keys.contains(key) {
      return nil
    }
    guard let share = try option.percentiles("mfu")?.p50, share > 0,
      let speed = try option.percentiles("tokens_per_second_per_chip")?.p50, speed > 0,
      let chips = try option.number("chips"), chips > 0
    else { return nil }
    return speed / min(1, share) * chips * 86_400
  }

  private func breakdown(_ option: SavedObject) throws(Fault) -> [CostTerm: Double] {
    let object = try option.object("breakdown_usd")
    var terms: [CostTerm: Double] = [:]
    for key in object.keys {
      guard let term = CostTerm(rawValue: key) else {
        throw object.fault(key, "is no cost term that this program knows")
      }
      terms[term] = try object.number(key) ?? 0
    }
    return terms
  }

  private func payments(_ option: SavedObject) throws(Fault) -> [SavedPayment] {
    guard option.keys.contains("payments") else {
      throw option.fault(
        "id", "the option has no payments; save the plan again with this program's --format json")
    }
    var payments: [SavedPayment] = []
    for node in try option.list("payments") {
      let payment = try SavedObject(node, file: file)
      guard let term = CostTerm(rawValue: try payment.text("term")) else {
        throw payment.fault("term", "is no cost term that this program knows")
      }
      guard let dollars = try payment.number("usd") else {
        throw payment.fault("usd", "is missing")
      }
      payments.append(
        SavedPayment(date: try payment.date("date"), term: term, dollars: dollars))
    }
    return payments
  }
}

/// An object of a saved plan that is asked for its keys; what is missing or of the wrong kind is a
/// fault with its line.
struct SavedObject {
  private let file: String
  private let line: Int
  private let members: [JSONMember]

  init(_ node: JSONNode, file: String) throws(Fault) {
    guard case .object(let members) = node.value else {
      throw Fault(
        file: file, line: node.position.line,
        message: "\(node.kind) stands where an object is expected")
    }
    (self.file, self.line, self.members) = (file, node.position.line, members)
  }

  var keys: [String] { members.map(\.key) }

  func fault(_ key: String, _ message: String) -> Fault {
    let place = members.first { $0.key == key }?.node.position.line ?? line
    return Fault(file: file, line: place, column: Magnitude.printable(key), message: message)
  }

  func isNull(_ key: String) -> Bool {
    members.first { $0.key == key }.map { $0.node.value == .null } ?? true
  }

  private func node(_ key: String) throws(Fault) -> JSONNode {
    guard let member = members.first(where: { $0.key == key }) else {
      throw fault(key, "is missing; save the plan again with --format json")
    }
    return member.node
  }

  func text(_ key: String) throws(Fault) -> String {
    guard let text = try node(key).string else { throw fault(key, "a text is expected") }
    return text
  }

  func date(_ key: String) throws(Fault) -> CalendarDate {
    guard let date = try? CalendarDate(parsing: try text(key)) else {
      throw fault(key, "a date like 2026-11-23 is expected")
    }
    return date
  }

  /// A number, or nil when null.
  func number(_ key: String) throws(Fault) -> Double? {
    switch try node(key).value {
    case .null: return nil
    case .number(let digits):
      guard let value = Double(digits), value.isFinite, abs(value) < 1e30 else { break }
      return value
    default: break
    }
    throw fault(key, "a number is expected")
  }

  func object(_ key: String) throws(Fault) -> SavedObject {
    try SavedObject(try node(key), file: file)
  }

  func list(_ key: String) throws(Fault) -> [JSONNode] {
    guard case .array(let nodes) = try node(key).value else {
      throw fault(key, "an array is expected")
    }
    return nodes
  }

  /// Percentiles in ascending order, or nil when they are null.
  func percentiles(_ key: String) throws(Fault) -> Percentiles? {
    let object = try object(key)
    guard let low = try object.number("p10"), let middle = try object.number("p50"),
      let high = try object.number("p90")
    else { return nil }
    guard low <= middle, middle <= high else {
      throw fault(key, "the percentiles are not in ascending order")
    }
    return Percentiles(p10: low, p50: middle, p90: high)
  }
}

extension JSONNode {
  /// The text that it is, or nil.
  fileprivate var string: String? {
    if case .string(let text) = value { return text }
    return nil
  }
}
