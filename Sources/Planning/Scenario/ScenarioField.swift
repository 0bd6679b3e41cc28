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
  /// Bytes of a file that a field names.
  public var readFile: (String) throws -> [UInt8]

  public init(catalog: Catalog, readFile: @escaping (String) throws -> [UInt8]) {
    self.catalog = catalog
    self.readFile = readFile
  }
}

/// One input of a scenario: its name in files and on the command line, what it means, how its text
/// is read and printed. Command line, scenario file and dashboard all go through this one list.
public struct ScenarioField: Sendable {
  /// The heading it stands under in a scenario file.
  public enum Section: String, CaseIterable, Sendable {
    case goal, job, policy, overheads, renting, owning
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

  public init(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    set: @escaping @Sendable (String, inout Scenario, FieldContext) throws -> Void,
    show: @escaping @Sendable (Scenario) -> String?
  ) {
    self.key = key
    self.section = section
    self.valueName = valueName
    self.help = help
    self.set = set
    self.show = show
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
    _ range: ClosedRange<Double>, _ path: ScenarioPath<Double?>
  ) -> ScenarioField {
    ScenarioField(key, in: section, valueName, help) { text, scenario, _ in
      scenario[keyPath: path] = try FieldText.number(text, key, range)
    } show: {
      $0[keyPath: path].map(Decimals.shortest)
    }
  }

  /// A number that always has a value.
  static func number(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    _ range: ClosedRange<Double>, _ path: ScenarioPath<Double>
  ) -> ScenarioField {
    ScenarioField(key, in: section, valueName, help) { text, scenario, _ in
      scenario[keyPath: path] = try FieldText.number(text, key, range)
    } show: {
      Decimals.shortest($0[keyPath: path])
    }
  }

  /// Amounts by name: `aws=0.1,gcp=0.2`.
  static func amounts(
    _ key: String, in section: Section, _ valueName: String, _ help: String,
    _ range: ClosedRange<Double>, names: @escaping @Sendable (Catalog) -> [String],
    _ path: ScenarioPath<[String: Double]>
  ) -> ScenarioField {
    ScenarioField(key, in: section, valueName, help) { text, scenario, context in
      var amounts: [String: Double] = [:]
      for word in FieldText.list(text) {
        let parts = word.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          throw ScenarioFault(
            "\(key): “\(Magnitude.printable(word))” is not name=amount, as in aws=0.1")
        }
        let name = try FieldText.name(String(parts[0]), key, names(context.catalog))
        amounts[name] = try FieldText.number(String(parts[1]), key, range)
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
  static func number(_ text: String, _ key: String, _ range: ClosedRange<Double>) throws -> Double {
    var value: Double
    if text.hasSuffix("%") {
      value = try Magnitude.parse(String(text.dropLast()), as: "a percentage") / 100
    } else {
      value = try Magnitude.parse(text.hasPrefix("$") ? String(text.dropFirst()) : text, as: key)
    }
    if value == 0 { value = 0 }
    guard range.contains(value) else {
      throw ScenarioFault(
        "\(key): \(Magnitude.printable(text)) is outside \(Decimals.shortest(range.lowerBound)) to "
          + Decimals.shortest(range.upperBound))
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
    guard known.contains(word) else {
      let near = NearMiss.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
      let list = known.count <= 12 ? " (\(known.joined(separator: ", ")))" : ""
      throw ScenarioFault("“\(Magnitude.printable(word))” is no \(what)\(list)\(near)")
    }
    return word
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
