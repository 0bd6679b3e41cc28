import Catalog
import Quantities
import TOMLKit

/// A scenario as a TOML file: the fields of `ScenarioField` under the headings of their sections.
///
///     budget = "50M"
///     deadline = "180d"
///
///     [job]
///     model = "llama-3.1-70b"
///
/// A field may also stand before the first heading. `[claims]` holds claims to apply by id, and
/// `[uncertain]` ranges of the uncertain inputs.
public enum ScenarioFile {
  /// What a file sets.
  ///
  /// - Parameter path: as the user gave it, for messages and origins.
  /// - Throws: `FaultList` with every unknown key, wrong kind of value and bad text, each with line
  ///   and cure.
  public static func read(_ text: String, path: String) throws(FaultList) -> ScenarioSettings {
    let trap = HeadingCheck.fault(in: text, file: path) ?? ValueCheck.fault(in: text, file: path)
    if let trap { throw FaultList([trap]) }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw FaultList([
        Fault(
          file: path, line: error.source.begin.line,
          message: "is not TOML: \(Self.sentence(error.description))")
      ])
    } catch {
      throw FaultList([Fault(file: path, message: "is not TOML")])
    }
    var reader = Reader(path: path, lines: KeyLines(text))
    reader.read(table)
    guard reader.faults.isEmpty else { throw FaultList(reader.faults) }
    return reader.settings
  }

  /// The parser's own words, in pieces short enough to be shown whole.
  private static func sentence(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).map { Magnitude.printable(String($0)) }
    return words.prefix(40).joined(separator: " ")
  }

  private struct Reader {
    let path: String
    let lines: KeyLines
    var settings = ScenarioSettings()
    var faults: [Fault] = []

    mutating func read(_ table: TOMLTable) {
      let sections = Set(ScenarioField.Section.allCases.map(\.rawValue))
      for key in table.keys {
        let isHeading = sections.contains(key) || key == "claims" || key == "uncertain"
        if !isHeading, ScenarioField.named(key) == nil, table[key]?.table != nil {
          heading(key, sections.union(["claims", "uncertain"]))
          continue
        }
        if sections.contains(key), let inner = table[key]?.table {
          for name in inner.keys { set(name, inner[name], in: key) }
        } else if key == "claims", let inner = table[key]?.table {
          for name in inner.keys { claim(name, inner[name]) }
        } else if key == "uncertain", let inner = table[key]?.table {
          for name in inner.keys { uncertain(name, inner[name]) }
        } else {
          set(key, table[key], in: nil)
        }
      }
    }

    private mutating func set(_ key: String, _ value: TOMLValueConvertible?, in section: String?) {
      let line = lines.line(of: key, in: section)
      guard let field = ScenarioField.named(key) else {
        let known = ScenarioField.all.map(\.key) + ["claims", "uncertain"]
        let near = NearMiss.closest(to: key, among: known).map { "; did you mean \($0)?" } ?? ""
        return fault(line, key, "is no field of a scenario\(near)")
      }
      if let section, field.section.rawValue != section {
        return fault(line, key, "stands under [\(section)]; it belongs under [\(field.section)]")
      }
      guard let value, let text = Self.text(value) else {
        return fault(line, key, "must be \(field.valueName): a text, a number, or a list of texts")
      }
      settings.set(key, to: text, from: .file(path: path, line: line ?? 1))
    }

    /// A heading that a scenario does not have.
    private mutating func heading(_ key: String, _ known: Set<String>) {
      let near =
        NearMiss.closest(to: key, among: known.sorted())
        .map { "; did you mean [\($0)]?" } ?? " (\(known.sorted().joined(separator: ", ")))"
      fault(lines.heading(key), key, "is no heading of a scenario\(near)")
    }

    private mutating func claim(_ id: String, _ value: TOMLValueConvertible?) {
      let line = lines.line(of: id, in: "claims")
      guard let value, let text = Self.text(value) else {
        return fault(line, id, "must be true, or the number to apply the claim with")
      }
      guard text != "false" else { return }
      settings.apply(
        claim: text == "true" ? id : "\(id)=\(text)", from: .file(path: path, line: line ?? 1))
    }

    private mutating func uncertain(_ name: String, _ value: TOMLValueConvertible?) {
      let line = lines.line(of: name, in: "uncertain")
      guard let range = value?.table else {
        return fault(line, name, "must be a range: { low = 0.3, high = 0.5 }")
      }
      // `throughput.h100-sxm = …` without quotes is a table in a table.
      let ends = ["low", "typical", "high", "confidence"]
      if !range.keys.isEmpty, range.keys.allSatisfy({ range[$0]?.table != nil }) {
        for key in range.keys { uncertain("\(name).\(key)", range[key]) }
        return
      }
      var spread = SettledRange(origin: .file(path: path, line: line ?? 1))
      for key in range.keys {
        guard let number = range[key]?.double ?? range[key]?.int.map(Double.init) else {
          fault(line, "\(name).\(key)", "is not a number")
          continue
        }
        switch key {
        case "low": spread.low = number
        case "typical": spread.typical = number
        case "high": spread.high = number
        case "confidence": spread.confidence = number
        default:
          let near = NearMiss.closest(to: key, among: ends)
          fault(
            line, "\(name).\(key)",
            "is none of low, typical, high, confidence\(near.map { "; did you mean \($0)?" } ?? "")"
          )
        }
      }
      if let contradiction = spread.contradiction { fault(line, name, contradiction) }
      settings.spread(name, spread)
    }

    private mutating func fault(_ line: Int?, _ key: String, _ message: String) {
      faults.append(
        Fault(file: path, line: line, column: Magnitude.printable(key), message: message))
    }

    /// A value as the text that the field reads; nil for what no field takes.
    private static func text(_ value: TOMLValueConvertible) -> String? {
      if let text = value.string { return text }
      if let flag = value.bool { return flag ? "true" : "false" }
      if let whole = value.int { return String(whole) }
      if let number = value.double { return Decimals.shortest(number) }
      if let date = value.date {
        return CalendarDate(year: date.year, month: date.month, day: date.day)?.iso
      }
      if let array = value.array {
        let words = array.map { text($0) }
        return words.contains { $0 == nil } ? nil : words.compactMap { $0 }.joined(separator: ",")
      }
      if let table = value.table {
        let pairs = table.keys.map { key in table[key].flatMap(text).map { "\(key)=\($0)" } }
        return pairs.contains { $0 == nil } ? nil : pairs.compactMap { $0 }.joined(separator: ",")
      }
      return nil
    }
  }

  /// Where keys stand, which the parser does not keep: the first line that begins with the key under
  /// its heading.
  private struct KeyLines {
    private var lines: [String: Int] = [:]
    private var headings: [String: Int] = [:]

    init(_ text: String) {
      var section = ""
      // A carriage return and a line feed are one character.
      let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      for (index, line) in all.enumerated() {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        if trimmed.first == "[" {
          section = String(trimmed.dropFirst().prefix { $0 != "]" })
          if headings[section] == nil { headings[section] = index + 1 }
          continue
        }
        // `a.b = 1` may be meant as the key a, or as the whole.
        let whole = trimmed.prefix { $0 != "=" && $0 != " " }.filter { $0 != "\"" }
        for key in [whole, String(whole.prefix { $0 != "." })] where !key.isEmpty {
          let name = "\(section)/\(key)"
          if lines[name] == nil { lines[name] = index + 1 }
        }
      }
    }

    func heading(_ name: String) -> Int? { headings[name] ?? lines["/\(name)"] }

    func line(of key: String, in section: String?) -> Int? {
      lines["\(section ?? "")/\(key)"]
    }
  }
}
