import Quantities

/// A limit that the scenario puts on a figure of the answer: the plan is made all the same, and a
/// broken one is named.
///
///     [require]
///     cash_p80_usd = { most = "45M" }
///     end = { latest = 2027-12-31 }
///     chance = { least = 0.8 }
public struct Requirement: Hashable, Sendable {
  /// A figure of the answer that can be limited.
  public enum RequiredFigure: String, CaseIterable, Sendable {
    case cashP50 = "cash_p50_usd"
    case cashP80 = "cash_p80_usd"
    case cashP90 = "cash_p90_usd"
    case economicP50 = "economic_p50_usd"
    case economicP80 = "economic_p80_usd"
    /// The day that 8 in 10 outcomes end by.
    case end
    case endP50 = "end_p50"
    case endP90 = "end_p90"
    /// Chance that budget and end are both kept, once granted.
    case chance
    /// Chance that the seller or the queue grants it.
    case grant
    /// Chance of being the best of the routes asked about.
    case chanceBest = "chance_best"
    /// Share of the budget that goes to the answer's supplier.
    case supplierShare = "supplier_share"
    /// Days since the answer's price was read.
    case priceAge = "price_age_days"
    case chips
    case tokens

    /// Whether it is a day.
    public var isDay: Bool { self == .end || self == .endP50 || self == .endP90 }

    /// Whether amounts are dollars.
    public var isMoney: Bool { rawValue.hasSuffix("_usd") }
  }

  /// On which side of the limit the figure must lie.
  public enum Side: String, CaseIterable, Sendable {
    case least, most, earliest, latest

    var isUpper: Bool { self == .most || self == .latest }
  }

  public var figure: RequiredFigure
  public var side: Side
  /// A number, or days since the epoch.
  public var limit: Double
  public var origin: SettingOrigin

  /// Reads one limit.
  ///
  /// - Throws: `ScenarioFault` with what is allowed.
  init(
    _ name: String, _ side: String, _ text: String, from origin: SettingOrigin
  ) throws(ScenarioFault) {
    let names = RequiredFigure.allCases.map(\.rawValue)
    guard let figure = RequiredFigure(rawValue: name) else {
      let near = NearMiss.closest(to: name, among: names).map { "; did you mean \($0)?" }
      throw ScenarioFault(
        "\(Magnitude.printable(name)) is no figure of an answer"
          + (near ?? " (\(names.joined(separator: ", ")))"))
    }
    let sides = figure.isDay ? ["earliest", "latest"] : ["least", "most"]
    guard let bound = Side(rawValue: side), sides.contains(side) else {
      throw ScenarioFault(
        "\(name) takes \(sides.joined(separator: " or ")), such as \(figure.example)")
    }
    self.figure = figure
    self.side = bound
    self.origin = origin
    do {
      if figure.isDay {
        limit = Double(try CalendarDate(parsing: text).daysSinceEpoch)
      } else if figure.isMoney {
        limit = try Money(parsing: text).dollars
      } else if figure == .tokens || figure == .chips {
        limit = try Count.parse(text, as: "a count")
      } else if let number = Double(text), number.isFinite {
        limit = number
      } else {
        throw QuantityError("\(Magnitude.printable(text)) is no number")
      }
    } catch {
      throw ScenarioFault("\(name): \(error); write \(figure.example)")
    }
  }
}

extension Requirement.RequiredFigure {
  /// How a limit on it is written.
  var example: String {
    if isDay { return "\(rawValue) = { latest = 2027-12-31 }" }
    if isMoney { return "\(rawValue) = { most = \"45M\" }" }
    switch self {
    case .priceAge: return "price_age_days = { most = 90 }"
    case .chips: return "chips = { most = 4096 }"
    case .tokens: return "tokens = { least = \"10T\" }"
    case .supplierShare: return "supplier_share = { most = 0.5 }"
    default: return "\(rawValue) = { least = 0.8 }"
    }
  }

  /// A value of it, as people read it.
  func shown(_ value: Double) -> String {
    if isDay { return CalendarDate(daysSinceEpoch: Int(value)).iso }
    if isMoney { return Money(dollars: value).short }
    switch self {
    case .priceAge: return "\(Decimals.grouped(value)) days"
    case .chips: return Decimals.grouped(value)
    case .tokens: return Count.short(value)
    default: return "\(Decimals.fixed(value * 100, 0)) %"
    }
  }
}

extension Requirement {
  /// As a line of a scenario file under `[require]`.
  public var text: String {
    let value =
      figure.isDay
      ? CalendarDate(daysSinceEpoch: Int(limit)).iso : Decimals.shortest(limit)
    return "\(figure.rawValue).\(side.rawValue) = \(value)"
  }
}

/// A requirement held against the answer.
public struct RequirementFinding: Hashable, Sendable {
  public var requirement: Requirement
  /// Nil where the answer has no such figure, which breaks it.
  public var value: Double?
  public var isKept: Bool

  /// `cash_p80_usd is $47.1M; at most $45.0M is required (run.toml:12)`.
  public var sentence: String {
    let figure = requirement.figure
    let word =
      switch requirement.side {
      case .least: "at least"
      case .most: "at most"
      case .earliest: "no day before"
      case .latest: "no day after"
      }
    let found = value.map { "is \(figure.shown($0))" } ?? "is not known"
    return "\(figure.rawValue) \(found); \(word) \(figure.shown(requirement.limit)) is required "
      + "(\(requirement.origin.description))"
  }
}
