import Catalog
import Quantities
import Workload

/// Why a scenario can't be asked that way, as a sentence with the cure.
public struct ScenarioFault: Error, Hashable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) {
    self.description = description
  }
}

/// What reading a field may need beside its text.
public struct FieldContext {
  public var catalog: Catalog
  /// The day it is; nil takes the day of the catalogue's newest price, and no start is too early.
  public var today: CalendarDate?
  /// Bytes of a file that a field names.
  public var readFile: (String) throws -> [UInt8]
  /// The folder of the scenario file, beside which files that it names are looked for first; nil for
  /// the working folder alone.
  public var folder: String?

  public init(
    catalog: Catalog, today: CalendarDate? = nil, folder: String? = nil,
    readFile: @escaping (String) throws -> [UInt8]
  ) {
    self.catalog = catalog
    self.today = today
    self.folder = folder
    self.readFile = readFile
  }

  /// What a setting of a scenario file is read with: files beside it come first.
  func beside(_ origin: SettingOrigin) -> FieldContext {
    guard case .file = origin, let folder else { return self }
    var context = self
    context.readFile = { [readFile] path in
      guard !path.hasPrefix("/"), path != "-" else { return try readFile(path) }
      do {
        return try readFile("\(folder)/\(path)")
      } catch is MissingFile {
        return try readFile(path)
      }
    }
    return context
  }
}

/// One input of a scenario: its name in files and on the command line, what it means, how its text
/// is read and printed. Command line, scenario file and dashboard all go through this one list.
public struct ScenarioField: Sendable {
  /// The heading it stands under in a scenario file.
  public enum Section: String, CaseIterable, Sendable {
    case goal, job, purpose, policy, overheads, renting, owning, calendar
  }

  /// In a scenario file; with dashes for underscores, the option of the command line.
  public let key: String
  public let section: Section
  /// What a value looks like: `amount`, `list`, `fraction`.
  public let valueName: String
  /// One sentence.
  public let help: String
  /// Puts a text into a scenario.
  public let set: @Sendable (String, inout Scenario, FieldContext) throws -> Void
  /// The text that `set` would read back; nil when nothing is set.
  public let show: @Sendable (Scenario) -> String?
  /// What its numbers can be, and what they are for anybody who means them; nil for what is no number.
  public let bounds: Bounds?
  /// The numbers that a scenario has for it, in the unit of the bounds.
  public let numbers: @Sendable (Scenario) -> [Double]

  public init(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    bounds: Bounds? = nil, numbers: @escaping @Sendable (Scenario) -> [Double] = { _ in [] },
    set: @escaping @Sendable (String, inout Scenario, FieldContext) throws -> Void,
    show: @escaping @Sendable (Scenario) -> String?
  ) {
    self.key = key
    self.section = section
    self.valueName = valueName
    self.help = help
    self.set = set
    self.show = show
    self.bounds = bounds
    self.numbers = numbers
  }

  /// What is implausible in a scenario's value; nil when nothing is.
  public func doubt(_ scenario: Scenario) -> String? {
    guard let bounds else { return nil }
    for value in numbers(scenario) {
      if case .implausible(let message) = bounds.verdict(on: value) {
        return "check \(key): \(message)"
      }
    }
    return nil
  }

  /// The option's name on the command line.
  public var option: String { "--" + key.replacing("_", with: "-") }
}

/// A path to a value of a scenario, shared by all threads because it is nothing but a name.
typealias ScenarioPath<Value> = WritableKeyPath<Scenario, Value> & Sendable

extension ScenarioField {
  /// A number that may be left open.
  static func number(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    _ bounds: Bounds, _ path: ScenarioPath<Double?>
  ) -> ScenarioField {
    ScenarioField(
      key, in: section, valueName, help, bounds: bounds,
      numbers: { $0[keyPath: path].map { [$0] } ?? [] }
    ) { text, scenario, _ in
      scenario[keyPath: path] = try FieldText.number(text, key, bounds)
    } show: {
      $0[keyPath: path].map(Decimals.shortest)
    }
  }

  /// A number that always has a value.
  static func number(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    _ bounds: Bounds, _ path: ScenarioPath<Double>
  ) -> ScenarioField {
    ScenarioField(
      key, in: section, valueName, help, bounds: bounds, numbers: { [$0[keyPath: path]] }
    ) { text, scenario, _ in
      scenario[keyPath: path] = try FieldText.number(text, key, bounds)
    } show: {
      Decimals.shortest($0[keyPath: path])
    }
  }

  /// Amounts by name: `aws=0.1,gcp=0.2`.
  static func amounts(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    _ bounds: Bounds, names: @escaping @Sendable (Catalog) -> [String],
    _ path: ScenarioPath<[String: Double]>
  ) -> ScenarioField {
    ScenarioField(
      key, in: section, valueName, help, bounds: bounds,
      numbers: { $0[keyPath: path].values.sorted() }
    ) { text, scenario, context in
      var amounts: [String: Double] = [:]
      for word in FieldText.list(text) {
        let parts = word.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          throw ScenarioFault(
            "\(key): “\(Magnitude.printable(word))” is not name=amount, as in aws=0.1")
        }
        let name = try FieldText.name(String(parts[0]), key, names(context.catalog))
        guard amounts[name] == nil else {
          throw ScenarioFault("\(key): \(name) is given twice; keep one of the two")
        }
        amounts[name] = try FieldText.number(String(parts[1]), key, bounds)
      }
      scenario[keyPath: path] = amounts
    } show: { scenario in
      let amounts = scenario[keyPath: path].sorted { $0.key < $1.key }
      return amounts.isEmpty
        ? nil : amounts.map { "\($0.key)=\(Decimals.shortest($0.value))" }.joined(separator: ",")
    }
  }

  /// A set of names of the catalogue.
  static func names(
    _ key: String, in section: Section, _ help: String, one: String,
    known: @escaping @Sendable (Catalog) -> [String], _ path: ScenarioPath<Set<String>>
  ) -> ScenarioField {
    ScenarioField(key, in: section, "list", help) { text, scenario, context in
      scenario[keyPath: path] = Set(
        try FieldText.list(text).map { try FieldText.name($0, one, known(context.catalog)) })
    } show: {
      FieldText.joined($0[keyPath: path])
    }
  }

  /// A set of the cases of an enumeration.
  static func choices<Choice: RawRepresentable & CaseIterable & Hashable & Sendable>(
    _ key: String, in section: Section, _ help: String, one: String,
    _ path: ScenarioPath<Set<Choice>>
  ) -> ScenarioField where Choice.RawValue == String {
    ScenarioField(key, in: section, "list", help) { text, scenario, _ in
      scenario[keyPath: path] = try FieldText.choices(text, one)
    } show: {
      FieldText.joined(Set($0[keyPath: path].map(\.rawValue)))
    }
  }
}

/// How the texts of fields are read.
enum FieldText {
  /// A number, plain or with a magnitude, or a percentage where a fraction is meant.
  static func number(_ text: String, _ key: String, _ bounds: Bounds) throws -> Double {
    var value: Double
    if text.hasSuffix("%") {
      value = try Magnitude.parse(String(text.dropLast()), as: "a percentage") / 100
    } else {
      value = try Magnitude.parse(text.hasPrefix("$") ? String(text.dropFirst()) : text, as: key)
    }
    if value == 0 { value = 0 }
    return try within(bounds, value, key, text)
  }

  /// A value within what is possible.
  static func within(
    _ bounds: Bounds, _ value: Double, _ key: String, _ text: String
  ) throws -> Double {
    if case .impossible(let message) = bounds.verdict(on: value, written: text) {
      throw ScenarioFault("\(key): \(message)")
    }
    return value
  }

  static func whole(_ text: String, _ key: String, _ range: ClosedRange<Int>) throws -> Int {
    let value = try Count.parse(text, as: key)
    guard value == value.rounded(), value <= 1e15, range.contains(Int(value)) else {
      throw ScenarioFault(
        "\(key): “\(Magnitude.printable(text))” is not a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return Int(value)
  }

  /// The words between commas, trimmed.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
  }

  static func name(_ word: String, _ what: String, _ known: [String]) throws -> String {
    // Rules hold however a name is written.
    let lowered = word.lowercased()
    let spelled = known.first { $0 == word } ?? known.first { $0.lowercased() == lowered }
    guard let spelled else {
      let near = NearMiss.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
      let list = known.count <= 12 ? " (\(known.joined(separator: ", ")))" : ""
      throw ScenarioFault("“\(Magnitude.printable(word))” is no \(what)\(list)\(near)")
    }
    return spelled
  }

  static func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ text: String, _ what: String
  ) throws -> Set<Choice> where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    return Set(try list(text).compactMap { Choice(rawValue: try name($0, what, words)) })
  }

  static func flag(_ text: String, _ key: String) throws -> Bool {
    switch text {
    case "true", "yes": true
    case "false", "no": false
    default: throw ScenarioFault("\(key): “\(Magnitude.printable(text))” is not true or false")
    }
  }

  static func joined(_ words: Set<String>) -> String? {
    words.isEmpty ? nil : words.sorted().joined(separator: ",")
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
