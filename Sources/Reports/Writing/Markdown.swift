/// Pieces of GitHub Flavored Markdown.
enum Markdown {
  /// A table; cells are Markdown already.
  static func table(_ header: [String], _ rows: [[String]], numeric: [Bool]) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(header) + line(numeric.map { $0 ? "---:" : "---" }) + rows.map(line).joined()
  }

  /// A text that can't open markup: what Markdown or HTML could read as such is escaped, and a line
  /// break is a space.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "!":
        out += "\\"
        out.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20: out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
