import Catalog
import Quantities
import TOMLText

/// A scenario as a TOML file: the fields of `ScenarioField` under the headings of their sections.
///
///     budget = "50M"
///     deadline = "180d"
///
///     [job]
///     model = "llama-3.1-70b"
///
/// A field may also stand before the first heading. `[claims]` holds claims to apply by id, and
/// `[uncertain]` ranges of the uncertain inputs, `[require]` limits on figures of the answer;
/// each `[[quote]]` is an offer in the buyer's hands.
public enum ScenarioFile {
  /// The text of a file's bytes.
  ///
  /// - Throws: `FaultList` with the line and the cure where they are no UTF-8.
  public static func text(_ bytes: [UInt8], path: String) throws(FaultList) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw FaultList(TOMLDocument(bytes: bytes).faults.map { fault($0, path) })
  }

  private static func fault(_ fault: TOMLFault, _ path: String) -> Fault {
    Fault(
      file: path, line: fault.line,
      message: "is not TOML: column \(fault.column): \(fault.message)")
  }

  /// What a file sets.
  ///
  /// - Parameter path: as the user gave it, for messages and origins.
  /// - Throws: `FaultList` with every unknown key, wrong kind of value and bad text, each with line
  ///   and cure.
  public static func read(_ text: String, path: String) throws(FaultList) -> ScenarioSettings {
    let document = TOMLDocument(text)
    guard document.faults.isEmpty else {
      throw FaultList(document.faults.map { fault($0, path) })
    }
    var reader = Reader(path: path)
    reader.read(document)
    guard reader.faults.isEmpty else {
      throw FaultList(reader.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }
    return reader.settings
  }

  /// A value, or a table that is put together from headings, dotted keys and inline tables.
  private struct Node {
    var value: TOMLValue?
    var members: [(key: String, node: Node)] = []
    let line: Int

    /// The node of a path below, made where there is none.
    ///
    /// - Parameters:
    ///   - depth: how many parts of the path lead here.
    ///   - value: nil for a heading.
    mutating func add(_ path: [String], from depth: Int = 0, _ value: TOMLValue?, line: Int) {
      guard path.count > depth else {
        if case .table(let entries) = value {
          for entry in entries { add(entry.path, from: depth, entry.value, line: entry.line) }
        } else {
          self.value = value
        }
        return
      }
      let key = path[depth]
      let index = members.firstIndex { $0.key == key } ?? members.count
      if index == members.count { members.append((key, Node(line: line))) }
      members[index].node.add(path, from: depth + 1, value, line: line)
    }

    /// An empty inline table is one too.
    var isTable: Bool { value == nil }
  }

  private struct Reader {
    let path: String
    var settings = ScenarioSettings()
    var faults: [Fault] = []
    /// Where fields were set.
    private var lines: [String: Int] = [:]

    init(path: String) {
      self.path = path
    }

    mutating func read(_ document: TOMLDocument) {
      var top = Node(line: 1)
      var quotes: [(line: Int, cells: [String: (text: String, line: Int)])] = []
      for statement in document.statements {
        switch statement.kind {
        case .heading(let heading) where heading.path == ["quote"] && heading.isList:
          quotes.append((heading.line, [:]))
        case .heading(let heading): top.add(heading.path, nil, line: heading.line)
        case .entry(let entry) where entry.path.first == "quote" && !quotes.isEmpty:
          let key = entry.path.dropFirst().joined(separator: ".")
          guard entry.path.count == 2, let text = Self.text(entry.value) else {
            fault(entry.line, "quote.\(key)", "must be a text, a number, a day, or true or false")
            continue
          }
          quotes[quotes.count - 1].cells[key] = (text, entry.line)
        case .entry(let entry): top.add(entry.path, entry.value, line: entry.line)
        }
      }
      read(quotes)
      let sections = Set(ScenarioField.Section.allCases.map(\.rawValue))
      let headings = sections.union(["claims", "uncertain", "require", "use_after"])
      for (key, node) in top.members {
        if node.isTable, !headings.contains(key), ScenarioField.named(key) == nil {
          heading(key, node, headings)
        } else if node.isTable, headings.contains(key) {
          for (name, inner) in node.members {
            // A table may be named for what it asks, with its own words.
            let other = ScenarioField.otherPlaces.first { $0.value == [key, name] }?.key
            if let other {
              set(other, inner, in: nil)
              continue
            }
            switch key {
            case "claims": claim(name, inner)
            case "uncertain": uncertain(name, inner)
            case "require": require(name, inner)
            default: set(name, inner, in: key)
            }
          }
        } else {
          set(key, node, in: nil)
        }
      }
    }

    private mutating func read(
      _ quotes: [(line: Int, cells: [String: (text: String, line: Int)])]
    ) {
      var names: Set<String> = []
      for (place, quote) in quotes.enumerated() {
        guard
          let found = ScenarioQuote.read(
            quote.cells, number: place + 1, path: path, line: quote.line, into: &faults)
        else { continue }
        if names.insert(found.name).inserted {
          settings.add(found)
        } else {
          fault(quote.line, "quote.name", "is the name of another quote already")
        }
      }
    }

    private mutating func set(_ key: String, _ node: Node, in section: String?) {
      guard let field = ScenarioField.named(key) else {
        let known = ScenarioField.all.map(\.key) + ["claims", "uncertain", "require"]
        let near = NearMiss.closest(to: key, among: known).map { "; did you mean \($0)?" } ?? ""
        return fault(node.line, key, "is no field of a scenario\(near)")
      }
      if let section, field.section.rawValue != section {
        return fault(
          node.line, key, "stands under [\(section)]; it belongs under [\(field.section)]")
      }
      if let first = lines[key] {
        return fault(
          max(first, node.line), key,
          "is set in line \(min(first, node.line)) already; keep one of the two")
      }
      lines[key] = node.line
      guard let text = Self.text(node) else {
        return fault(
          node.line, key, "must be \(field.valueName): a text, a number, or a list of texts")
      }
      settings.set(key, to: text, from: .file(path: path, line: node.line))
    }

    /// A heading that a scenario does not have.
    private mutating func heading(_ key: String, _ node: Node, _ known: Set<String>) {
      let near =
        NearMiss.closest(to: key, among: known.sorted())
        .map { "; did you mean [\($0)]?" } ?? " (\(known.sorted().joined(separator: ", ")))"
      fault(node.line, key, "is no heading of a scenario\(near)")
    }

    private mutating func claim(_ id: String, _ node: Node) {
      guard let text = Self.text(node) else {
        return fault(node.line, id, "must be true, or the number to apply the claim with")
      }
      guard text != "false" else { return }
      settings.apply(
        claim: text == "true" ? id : "\(id)=\(text)", from: .file(path: path, line: node.line))
    }

    private mutating func uncertain(_ name: String, _ node: Node) {
      guard node.isTable else {
        return fault(node.line, name, "must be a range: { low = 0.3, high = 0.5 }")
      }
      // `throughput.h100-sxm = …` without quotes is a table in a table.
      if !node.members.isEmpty, node.members.allSatisfy({ $0.node.isTable }) {
        for (key, inner) in node.members { uncertain("\(name).\(key)", inner) }
        return
      }
      var range = SettledRange(origin: .file(path: path, line: node.line))
      let ends = ["low", "typical", "high", "confidence"]
      for (key, inner) in node.members {
        let number: Double
        switch inner.value {
        case .number(let value): number = value
        case .integer(let value): number = Double(value)
        default:
          fault(inner.line, "\(name).\(key)", "is not a number")
          continue
        }
        switch key {
        case "low": range.low = number
        case "typical": range.typical = number
        case "high": range.high = number
        case "confidence": range.confidence = number
        default:
          let near = NearMiss.closest(to: key, among: ends)
          fault(
            inner.line, "\(name).\(key)",
            "is none of low, typical, high, confidence\(near.map { "; did you mean \($0)?" } ?? "")"
          )
        }
      }
      if let contradiction = range.contradiction { fault(node.line, name, contradiction) }
      settings.spread(name, range)
    }

    /// Limits on one figure: `{ most = "45M" }`, or both ends.
    private mutating func require(_ name: String, _ node: Node) {
      guard node.isTable, !node.members.isEmpty else {
        return fault(
          node.line, name, "must be limits: { most = \"45M\" } or { latest = 2027-12-31 }")
      }
      for (side, inner) in node.members {
        guard let text = Self.text(inner) else {
          fault(inner.line, "\(name).\(side)", "must be a number, an amount or a day")
          continue
        }
        do throws(ScenarioFault) {
          settings.require(
            try Requirement(name, side, text, from: .file(path: path, line: inner.line)))
        } catch {
          fault(inner.line, name, error.description)
        }
      }
    }

    private mutating func fault(_ line: Int?, _ key: String, _ message: String) {
      faults.append(
        Fault(file: path, line: line, column: Magnitude.printable(key), message: message))
    }

    /// A value as the text that the field reads; nil for what no field takes.
    private static func text(_ node: Node) -> String? {
      guard node.isTable else { return node.value.flatMap { text($0) } }
      let pairs = node.members.map { key, inner in
        inner.isTable ? nil : text(inner).map { "\(key)=\($0)" }
      }
      return pairs.contains { $0 == nil } ? nil : pairs.compactMap { $0 }.joined(separator: ",")
    }

    private static func text(_ value: TOMLValue) -> String? {
      switch value {
      case .text(let text, _): return text
      case .flag(let flag): return flag ? "true" : "false"
      case .integer(let whole): return String(whole)
      case .number(let number): return Decimals.shortest(number)
      case .date(let year, let month, let day):
        return CalendarDate(year: year, month: month, day: day)?.iso
      case .list(let values):
        let words = values.map { text($0) }
        return words.contains { $0 == nil } ? nil : words.compactMap { $0 }.joined(separator: ",")
      case .time, .table: return nil
      }
    }
  }
}
