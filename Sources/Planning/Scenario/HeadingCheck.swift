import Catalog
import Quantities

/// Finds headings that the TOML parser takes for granted are well formed (toml++ asserts that a key
/// follows `[`, and goes on as if it did where assertions are off), before it sees them.
enum HeadingCheck {
  /// The first `[` at the start of a line that no key follows; nil when there is none.
  ///
  /// A scenario has no use for a list within a list or a text of several lines, so that such a `[`
  /// is never anything but a heading.
  static func fault(in text: String, file: String) -> Fault? {
    var line = 1
    var isAtStart = true
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if isBreak(scalar) {
        // A line feed counts lines, as every editor and the parser do.
        if scalar == "\n" { line += 1 }
        isAtStart = true
      } else if isAtStart && scalar == "[" {
        var rest = scalars.drop(while: isSpace)
        if rest.first == "[" { rest = rest.dropFirst().drop(while: isSpace) }
        guard let next = rest.first, isKeyStart(next) else {
          return Fault(
            file: file, line: line,
            message: "is not TOML: a heading like [job] is expected after this bracket")
        }
        isAtStart = false
      } else if !isSpace(scalar) && scalar.value != 0xFEFF {
        isAtStart = false
      }
    }
    return nil
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA...0xD, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\t" || (scalar.properties.isWhitespace && !isBreak(scalar))
  }

  /// Whether a key can begin with it; `]` is left to the parser, which has words for it.
  private static func isKeyStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "\"", "'", "]": true
    default: false
    }
  }
}
