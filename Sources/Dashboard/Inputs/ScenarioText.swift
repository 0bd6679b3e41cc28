import Planning
import Quantities
import TOMLText

/// A scenario as the text of its file.
public enum ScenarioText {
  /// The whole file: every field that has a value, under the heading of its section.
  public static func whole(_ scenario: Scenario) -> String {
    var parts: [String] = []
    for section in ScenarioField.Section.allCases {
      let lines = ScenarioField.all.filter { $0.section == section }.compactMap { field in
        field.show(scenario).map { "\(field.key) = \(TOMLLiteral.text($0))" }
      }
      if !lines.isEmpty {
        parts.append((["[\(section.rawValue)]"] + lines).joined(separator: "\n"))
      }
    }
    return (parts + extras(scenario)).joined(separator: "\n\n") + "\n"
  }

  /// A file as somebody wrote it, with the values that differ changed where they stand and everything
  /// else left as it is, byte for byte.
  ///
  /// - Parameters:
  ///   - text: the file.
  ///   - scenario: what it is to give.
  ///   - reading: the scenario that a file's text gives.
  /// - Throws: `NotSaved` when no text was found that gives the scenario.
  public static func updated(
    _ text: String, to scenario: Scenario, reading: (String) throws -> Scenario
  ) throws -> String {
    var document = TOMLDocument(text)
    var found = try read(text, reading)
    // What was set may move what depends on it, such as a deadline that is a date.
    for _ in 0..<3 where !isSame(found, scenario) {
      document = changed(document, from: found, to: scenario)
      found = try read(document.text, reading)
    }
    try check(found, scenario)
    return document.text
  }

  /// A whole file that is known to give a scenario.
  ///
  /// - Throws: `NotSaved` when it would not.
  public static func checked(
    _ scenario: Scenario, reading: (String) throws -> Scenario
  ) throws -> String {
    let text = whole(scenario)
    try check(try read(text, reading), scenario)
    return text
  }

  private static func read(
    _ text: String, _ reading: (String) throws -> Scenario
  ) throws(NotSaved) -> Scenario {
    do {
      return try reading(text)
    } catch {
      let lines = "\(error)".split(separator: "\n")
      throw NotSaved("the file could not be read again: \(lines.first ?? "")")
    }
  }

  /// Whether two scenarios ask the same: neither the order of claims nor where a range was given
  /// matters, nor the day it is, which no file holds.
  private static func isSame(_ one: Scenario, _ other: Scenario) -> Bool {
    func plain(_ scenario: Scenario) -> Scenario {
      var scenario = scenario
      scenario.claims.sort { $0.id < $1.id }
      scenario.today = scenario.start
      for name in scenario.spreads.keys { scenario.spreads[name]?.origin = .edit }
      for index in scenario.requirements.indices { scenario.requirements[index].origin = .edit }
      for index in scenario.quotes.indices { scenario.quotes[index].origin = .edit }
      return scenario
    }
    return plain(one) == plain(other)
  }

  private static func check(_ found: Scenario, _ wanted: Scenario) throws(NotSaved) {
    guard !isSame(found, wanted) else { return }
    for field in ScenarioField.all where field.show(found) != field.show(wanted) {
      let (text, screen) = (field.show(found) ?? "none", field.show(wanted) ?? "none")
      throw NotSaved("read again, the file would give \(field.key) \(text) instead of \(screen)")
    }
    throw NotSaved("read again, the file would give other inputs than those on the screen")
  }

  // MARK: Changes

  private static func changed(
    _ document: TOMLDocument, from before: Scenario, to after: Scenario
  ) -> TOMLDocument {
    var document = document
    for field in ScenarioField.all where field.show(before) != field.show(after) {
      document = set(field, to: field.show(after), in: document)
    }
    for claim in before.claims where !after.claims.contains(where: { $0.id == claim.id }) {
      document = document.removing(["claims", claim.id])
    }
    for claim in after.claims where !before.claims.contains(claim) {
      document = document.setting(["claims", claim.id], to: literal(claim))
    }
    for name in before.spreads.keys.sorted() where after.spreads[name] == nil {
      document = document.removing(place(ofRange: name, in: document))
    }
    for (name, range) in after.spreads.sorted(by: { $0.key < $1.key }) {
      document = set(name, from: before.spreads[name], to: range, in: document)
    }
    return document
  }

  private static func set(
    _ field: ScenarioField, to text: String?, in document: TOMLDocument
  ) -> TOMLDocument {
    var places = [[field.key], [field.section.rawValue, field.key]]
    if let other = ScenarioField.otherPlaces[field.key] { places.append(other) }
    let entries = document.allEntries
    let path = places.first { path in entries.contains { $0.path.starts(with: path) } } ?? places[1]
    guard let text else { return document.removing(path) }
    let own = document.entry(path)
    // Amounts by name may stand in a table of their own.
    let parts = entries.filter { $0.path.count == path.count + 1 && $0.path.starts(with: path) }
    guard !parts.isEmpty else {
      return document.setting(path, to: literal(text, of: field, like: own?.value))
    }
    var rest = parts
    var document = document
    for pair in text.split(separator: ",").map({ $0.split(separator: "=").map(String.init) }) {
      guard let name = pair.first, let amount = pair.last, pair.count == 2 else { continue }
      let old = rest.first { $0.path.last == name }?.value
      rest.removeAll { $0.path.last == name }
      document = document.setting(path + [name], to: literal(amount, like: old ?? .number(0)))
    }
    for entry in rest { document = document.removing(entry.path) }
    return document
  }

  // MARK: Literals

  /// A field's text as a value, written as the one before it was.
  private static func literal(
    _ text: String, of field: ScenarioField, like old: TOMLValue?
  ) -> String {
    if case .text = old, case .magnitude = InputLook.of(field.key).form, let value = Double(text) {
      return literal(CompactNumber.text(value), like: old)
    }
    return literal(text, like: old)
  }

  private static func literal(_ text: String, like old: TOMLValue?) -> String {
    switch old {
    case .integer, .number:
      if Double(text)?.isFinite == true { return text }
    case .flag:
      if text == "true" || text == "false" { return text }
    case .date:
      if (try? CalendarDate(parsing: text)) != nil { return text }
    case .list:
      let words = text.split(separator: ",").map { TOMLLiteral.text(String($0)) }
      return "[\(words.joined(separator: ", "))]"
    case .text(_, isLiteral: true):
      if text.unicodeScalars.allSatisfy({ $0 != "'" && $0.value >= 0x20 }) { return "'\(text)'" }
    default: break
    }
    return TOMLLiteral.text(text)
  }

  private static func literal(_ claim: AppliedClaim) -> String {
    claim.factor.map { Decimals.shortest($0) } ?? "true"
  }

  private static func line(_ claim: AppliedClaim) -> String {
    "\(TOMLLiteral.text(claim.id)) = \(literal(claim))"
  }

  // MARK: Ranges

  /// The path of a range: `throughput.h100-sxm` may stand with or without quotes.
  private static func place(ofRange name: String, in document: TOMLDocument) -> [String] {
    for entry in document.allEntries where entry.path.first == "uncertain" {
      for length in 2..<max(2, entry.path.count + 1)
      where entry.path[1..<length].joined(separator: ".") == name {
        return Array(entry.path.prefix(length))
      }
    }
    return ["uncertain", name]
  }

  private static func set(
    _ name: String, from before: SettledRange?, to after: SettledRange, in document: TOMLDocument
  ) -> TOMLDocument {
    let path = place(ofRange: name, in: document)
    let (old, new) = (before.map(ends) ?? [:], ends(after))
    guard old != new else { return document }
    guard document.allEntries.contains(where: { $0.path.starts(with: path) }) else {
      return document.setting(path, to: literal(after))
    }
    var document = document
    for key in endNames where old[key] != new[key] {
      document =
        new[key].map { document.setting(path + [key], to: $0) }
        ?? document.removing(path + [key])
    }
    return document
  }

  private static let endNames = ["low", "typical", "high", "confidence"]

  private static func ends(_ range: SettledRange) -> [String: String] {
    let values = [range.low, range.typical, range.high, range.confidence]
    return Dictionary(
      uniqueKeysWithValues: zip(endNames, values).compactMap { name, value in
        value.map { (name, Decimals.shortest($0)) }
      })
  }

  private static func literal(_ range: SettledRange) -> String {
    let ends = ends(range)
    let parts = endNames.compactMap { name in ends[name].map { "\(name) = \($0)" } }
    return "{ \(parts.joined(separator: ", ")) }"
  }

  /// What a file holds beside the fields.
  private static func extras(_ scenario: Scenario) -> [String] {
    [
      ("[claims]", scenario.claims.map(line)), ("[uncertain]", lines(scenario.spreads)),
      ("[require]", scenario.requirements.map(\.text)),
    ]
    .filter { !$0.1.isEmpty }
    .map { heading, lines in ([heading] + lines).joined(separator: "\n") }
      + scenario.quotes.map(\.text)
  }

  private static func lines(_ spreads: [String: SettledRange]) -> [String] {
    spreads.sorted { $0.key < $1.key }.map { name, range in
      "\(TOMLLiteral.text(name)) = \(literal(range))"
    }
  }
}

/// Why a scenario was not written to its file, as a sentence.
public struct NotSaved: Error, Hashable, CustomStringConvertible {
  public let description: String

  init(_ reason: String) {
    description = "Not saved, the file is as it was: \(reason)."
  }
}
