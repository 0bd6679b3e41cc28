import Catalog
import Quantities

/// Where a setting was made.
public enum SettingOrigin: Hashable, Sendable {
  /// A scenario file, at a line.
  case file(path: String, line: Int)
  case commandLine
  case edit

  /// Whether both are the same file, or the same line of command, or both edits.
  func isSameSource(as other: SettingOrigin) -> Bool {
    guard case .file(let path, _) = self, case .file(let otherPath, _) = other else {
      return self == other
    }
    return path == otherPath
  }

  /// `big-run.toml:12`, `command line`.
  public var description: String {
    switch self {
    case .file(let path, let line): "\(path):\(line)"
    case .commandLine: "command line"
    case .edit: "edit"
    }
  }
}

/// A range as somebody gave it.
public struct SettledRange: Hashable, Sendable {
  public var low: Double?
  public var typical: Double?
  public var high: Double?
  /// Chance that the value lies between low and high; 0.8 when not given.
  public var confidence: Double?
  public var origin: SettingOrigin

  public init(
    low: Double? = nil, typical: Double? = nil, high: Double? = nil, confidence: Double? = nil,
    origin: SettingOrigin
  ) {
    self.low = low
    self.typical = typical
    self.high = high
    self.confidence = confidence
    self.origin = origin
  }

  /// What is wrong with it, as the rest of a sentence; nil when nothing is.
  var contradiction: String? {
    let known = [low, typical, high].compactMap { $0 }
    if known.isEmpty { return "has neither low, typical nor high" }
    if zip(known, known.dropFirst()).contains(where: { $0 > $1 }) {
      return "must rise from low over typical to high"
    }
    if typical == nil, low == nil || high == nil { return "needs both low and high, or typical" }
    if let confidence, !(confidence > 0 && confidence < 1) {
      return "has a confidence that is not between 0 and 1"
    }
    return nil
  }
}

/// What was set, by field, each with its text and where that was done; later ones win.
public struct ScenarioSettings: Hashable, Sendable {
  public struct Setting: Hashable, Sendable {
    public var text: String
    public var origin: SettingOrigin
  }

  /// By key of `ScenarioField`.
  public private(set) var settings: [String: Setting] = [:]
  /// Claims to apply: an id, or an id and the number to apply it with.
  public private(set) var claims: [Setting] = []
  /// Ranges of uncertain inputs, by name.
  public private(set) var spreads: [String: SettledRange] = [:]
  /// Offers in the buyer's hands.
  public private(set) var quotes: [ScenarioQuote] = []
  /// Limits on figures of the answer.
  public private(set) var requirements: [Requirement] = []

  public init() {}

  /// Sets a field; an earlier setting is replaced.
  public mutating func set(_ key: String, to text: String, from origin: SettingOrigin) {
    settings[key] = Setting(text: text, origin: origin)
    // The two name the same thing: one on the command line takes the place of the other in a file.
    let twins = ["model": "params", "params": "model"]
    if let twin = twins[key], let other = settings[twin], !other.origin.isSameSource(as: origin) {
      settings[twin] = nil
    }
  }

  /// Applies a claim: `id` or `id=number`.
  public mutating func apply(claim text: String, from origin: SettingOrigin) {
    claims.append(Setting(text: text, origin: origin))
  }

  /// Gives an uncertain input its range.
  public mutating func spread(_ name: String, _ range: SettledRange) {
    spreads[name] = range
  }

  /// Adds an offer in the buyer's hands.
  public mutating func add(_ quote: ScenarioQuote) { quotes.append(quote) }

  /// Requires something of the answer; one on the same side of the same figure is replaced.
  public mutating func require(_ requirement: Requirement) {
    requirements.removeAll { $0.figure == requirement.figure && $0.side == requirement.side }
    requirements.append(requirement)
  }

  /// These settings with others over them.
  public func overlaid(with others: ScenarioSettings) -> ScenarioSettings {
    var all = self
    for (key, setting) in others.settings { all.set(key, to: setting.text, from: setting.origin) }
    all.claims += others.claims
    all.spreads.merge(others.spreads) { _, later in later }
    for requirement in others.requirements { all.require(requirement) }
    all.quotes += others.quotes
    return all
  }

  /// The scenario: defaults with the settings over them, in the order of the fields.
  ///
  /// - Parameter budgetDollars: when no setting names one.
  /// - Throws: `FaultList` with file and line of every bad setting of a file; otherwise what the field
  ///   throws.
  public func scenario(_ context: FieldContext, budgetDollars: Double) throws -> Scenario {
    let today = try context.today ?? CalendarDate(parsing: context.catalog.asOf)
    var scenario = Scenario(budgetDollars: budgetDollars, start: today)
    var faults: [Fault] = []
    /// Keeps a fault of a file for the list of all of them; passes on any other.
    func attempt(_ setting: Setting, _ column: String, _ work: () throws -> Void) throws {
      do {
        try work()
      } catch let error as MissingFile {
        throw error
      } catch let error as any CustomStringConvertible & Error {
        guard case .file(let path, let line) = setting.origin else { throw error }
        // Some messages name the field themselves.
        let text = error.description
        let message =
          text.hasPrefix("\(column): ") ? String(text.dropFirst(column.count + 2)) : text
        faults.append(Fault(file: path, line: line, column: column, message: message))
      }
    }
    for field in ScenarioField.all {
      guard let setting = settings[field.key] else { continue }
      let context = context.beside(setting.origin)
      try attempt(setting, field.key) { try field.set(setting.text, &scenario, context) }
    }
    for claim in claims {
      try attempt(claim, "claims") {
        scenario.claims.append(try AppliedClaim(parsing: claim.text, catalog: context.catalog))
      }
    }
    for (name, range) in spreads.sorted(by: { $0.key < $1.key }) {
      let setting = Setting(text: name, origin: range.origin)
      try attempt(setting, "uncertain") {
        try InputDeclaration.check(name, context.catalog)
        try range.check(name)
        _ = try range.distribution()
        scenario.spreads[name] = range
      }
    }
    scenario.requirements = requirements
    let chips = context.catalog.accelerators.map(\.id)
    for quote in quotes where !chips.contains(quote.accelerator) {
      guard case .file(let path, let line) = quote.origin else { continue }
      let near = NearMiss.closest(to: quote.accelerator, among: chips)
      faults.append(
        Fault(
          file: path, line: line, column: "quote.accelerator",
          message: "\(Magnitude.printable(quote.accelerator)) is no chip of the catalogue"
            + (near.map { "; did you mean \($0)?" } ?? "; plan catalog accelerators lists them")))
    }
    scenario.quotes = quotes
    guard faults.isEmpty else {
      throw FaultList(faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }
    return scenario
  }
}
