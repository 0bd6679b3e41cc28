import Catalog

/// Finds places in lists where the TOML parser takes for granted that a value begins (toml++ asserts
/// it, and goes on as if it were so where assertions are off), before it sees them.
enum ValueCheck {
  /// The first brace that closes where a value is due, or line separator of Unicode outside of texts
  /// and comments; nil when there is none.
  static func fault(in text: String, file: String) -> Fault? {
    var line = 1
    var quote: Unicode.Scalar?
    var (isEscaped, isComment) = (false, false)
    // The last scalar that is neither space nor in a text.
    var last: Unicode.Scalar = "\n"
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        line += 1
        // No text of a scenario goes over the end of its line.
        (quote, isEscaped, isComment) = (nil, false, false)
        continue
      }
      if isComment { continue }
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" && open == "\"" {
          isEscaped = true
        } else if scalar == open {
          (quote, last) = (nil, open)
        }
        continue
      }
      switch scalar {
      case "#": isComment = true
      case "\"", "'": quote = scalar
      case "}" where last == "[" || last == ",":
        return Fault(
          file: file, line: line, message: "is not TOML: a value is expected before this brace")
      case "\u{85}", "\u{2028}", "\u{2029}":
        return Fault(
          file: file, line: line,
          message: "is not TOML: it has a line separator that is neither line feed nor in quotes")
      default: if !scalar.properties.isWhitespace { last = scalar }
      }
    }
    return nil
  }
}
