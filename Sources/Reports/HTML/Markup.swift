/// Writes HTML and SVG: every text escaped, every element closed.
enum Markup {
  /// A text that is only text, in content and in attributes.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// A text to read: escaped, with the names of options kept whole, which browsers break after
  /// their hyphens.
  static func prose(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let words = escaped(String(word))
      return word.contains("--") ? element("span", [("class", "whole")], words) : words
    }.joined(separator: " ")
  }

  /// An element around markup that is already safe.
  static func element(
    _ name: String, _ attributes: [(String, String)] = [], _ content: String
  ) -> String {
    "<\(name)\(written(attributes))>\(content)</\(name)>"
  }

  /// An element of SVG without content.
  static func shape(_ name: String, _ attributes: [(String, String)]) -> String {
    "<\(name)\(written(attributes))/>\n"
  }

  /// A paragraph, heading or cell of plain text.
  static func text(_ name: String, _ text: String, class style: String = "") -> String {
    let words = name == "li" || name == "p" ? prose(text) : escaped(text)
    return element(name, style.isEmpty ? [] : [("class", style)], words)
  }

  private static func written(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
  }
}
