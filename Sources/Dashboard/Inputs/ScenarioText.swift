import Planning
import Quantities

/// A scenario as the text of its file.
public enum ScenarioText {
  /// The whole file: every field that has a value, under the heading of its section.
  public static func whole(_ scenario: Scenario) -> String {
    var parts: [String] = []
    for section in ScenarioField.Section.allCases {
      let lines = ScenarioField.all.filter { $0.section == section }.compactMap { field in
        field.show(scenario).map { "\(field.key) = \(SettingsFile.quoted($0))" }
      }
      if !lines.isEmpty {
        parts.append((["[\(section.rawValue)]"] + lines).joined(separator: "\n"))
      }
    }
    return (parts + extras(scenario)).joined(separator: "\n\n") + "\n"
  }

  /// A file as somebody wrote it, with the fields that differ from it changed and everything else
  /// left as it is, remarks included.
  ///
  /// - Parameters:
  ///   - text: the file.
  ///   - before: the scenario it gives.
  public static func updated(_ text: String, from before: Scenario, to after: Scenario) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for field in ScenarioField.all {
      let (old, new) = (field.show(before), field.show(after))
      guard old != new else { continue }
      let place = Place(of: field, in: lines)
      switch (place.line, new) {
      case (let line?, let new?):
        lines[line] = replaced(lines[line], field.key, new)
      case (let line?, nil):
        lines.remove(at: line)
      case (nil, let new?):
        let entry = "\(field.key) = \(SettingsFile.quoted(new))"
        if let end = place.sectionEnd {
          lines.insert(entry, at: end)
        } else {
          while lines.last?.isEmpty == true { lines.removeLast() }
          lines += ["", "[\(field.section.rawValue)]", entry, ""]
        }
      case (nil, nil): break
      }
    }
    if before.claims != after.claims {
      lines = replacing("[claims]", of: lines, with: after.claims.map(line))
    }
    if before.spreads != after.spreads {
      lines = replacing("[uncertain]", of: lines, with: Self.lines(after.spreads))
    }
    return lines.joined(separator: "\n")
  }

  /// A file's lines with other ones under a heading; remarks stay.
  private static func replacing(
    _ title: String, of lines: [String], with entries: [String]
  ) -> [String] {
    var kept: [String] = []
    var isInside = false
    var heading: Int?
    for line in lines {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.first == "[" {
        isInside = text.hasPrefix(title)
        if isInside { heading = kept.count }
      } else if isInside, !text.isEmpty, text.first != "#" {
        continue
      }
      kept.append(line)
    }
    if let heading {
      kept.insert(contentsOf: entries, at: heading + 1)
    } else if !entries.isEmpty {
      while kept.last?.isEmpty == true { kept.removeLast() }
      kept += ["", title] + entries + [""]
    }
    return kept
  }

  private static func line(_ claim: AppliedClaim) -> String {
    let value = claim.factor.map { Decimals.shortest($0) } ?? "true"
    return "\(SettingsFile.quoted(claim.id)) = \(value)"
  }

  /// Where a field stands in a file.
  private struct Place {
    var line: Int?
    /// The line after the last entry of the field's section; nil when there is no such section.
    var sectionEnd: Int?

    init(of field: ScenarioField, in lines: [String]) {
      var section = ""
      for (index, line) in lines.enumerated() {
        let text = line.drop { $0 == " " || $0 == "\t" }
        if text.first == "[" {
          section = String(text.dropFirst().prefix { $0 != "]" })
          if section == field.section.rawValue { sectionEnd = index + 1 }
          continue
        }
        let key = text.prefix { $0 != "=" && $0 != " " }
        guard section.isEmpty || section == field.section.rawValue else { continue }
        if key == field.key, text.contains("=") { self.line = index }
        if section == field.section.rawValue, !text.isEmpty, text.first != "#" {
          sectionEnd = index + 1
        }
      }
    }
  }

  /// A line with another value; a remark after it stays.
  private static func replaced(_ line: String, _ key: String, _ value: String) -> String {
    let margin = line.prefix { $0 == " " || $0 == "\t" }
    var isQuoted = false
    var remark: Substring = ""
    for index in line.indices {
      if line[index] == "\"" { isQuoted.toggle() }
      if line[index] == "#", !isQuoted {
        remark = line[index...]
        break
      }
    }
    let tail = remark.isEmpty ? "" : "  \(remark)"
    return "\(margin)\(key) = \(SettingsFile.quoted(value))\(tail)"
  }

  /// Whether every value of a file ends on its line, so that single lines can be changed.
  static func isSimple(_ text: String) -> Bool {
    text.split(separator: "\n").allSatisfy { line in
      let code = line.prefix { $0 != "#" }
      func count(_ character: Character) -> Int { code.filter { $0 == character }.count }
      return count("[") == count("]") && count("{") == count("}") && !code.contains("\"\"\"")
        && !code.contains("'''")
    }
  }

  /// What a file holds beside the fields.
  private static func extras(_ scenario: Scenario) -> [String] {
    [("[claims]", scenario.claims.map(line)), ("[uncertain]", lines(scenario.spreads))]
      .filter { !$0.1.isEmpty }
      .map { heading, lines in ([heading] + lines).joined(separator: "\n") }
  }

  private static func lines(_ spreads: [String: SettledRange]) -> [String] {
    spreads.sorted { $0.key < $1.key }.map { name, range in
      let ends = [
        ("low", range.low), ("typical", range.typical), ("high", range.high),
        ("confidence", range.confidence),
      ].compactMap { key, value in value.map { "\(key) = \($0)" } }
      return "\(SettingsFile.quoted(name)) = { \(ends.joined(separator: ", ")) }"
    }
  }
}
