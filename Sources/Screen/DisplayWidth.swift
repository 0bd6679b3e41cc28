/// How many columns of a terminal text takes.
///
/// Follows what `wcwidth` of current C libraries does: combining marks take none, East Asian wide
/// and full-width characters and emoji take two (Unicode Standard Annex 11, East Asian Width, W
/// and F), all else takes one. Characters that could steer the terminal or the reading direction
/// are never shown: `replacement` stands in for them.
public enum DisplayWidth {
  /// Shown in the place of characters that must not reach a terminal.
  public static let replacement: Unicode.Scalar = "?"

  /// Blocks that are wide as a whole; wide emoji outside them come from the character's own
  /// properties. Unassigned places in these blocks count as wide, as in the annex (section 5.1).
  private static let wideBlocks: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
    0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
    0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]

  /// Whether the character would steer the terminal, break the line or turn the reading
  /// direction; it is shown as `replacement`.
  public static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    if scalar.value < 0xA0 { return true }
    if isPlainSymbol(scalar.value) { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
    case .format: return !(scalar.value == 0xAD || isJoiner(scalar.value))
    default: return false
    }
  }

  /// Columns of one character: 0, 1 or 2. A character that is shown as `replacement` takes 1.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 || isPlainSymbol(value) { return 1 }
    // Vowels and final consonants of decomposed Korean syllables join the lead before them.
    if isJoiner(value) || (0x1160...0x11FF).contains(value) { return 0 }
    if wideBlocks.contains(where: { $0.contains(value) }) {
      return scalar.properties.generalCategory == .nonspacingMark ? 0 : 2
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// Columns of a text.
  public static func of(_ text: String) -> Int {
    var columns = 0
    for scalar in text.unicodeScalars { columns += of(scalar) }
    return columns
  }

  /// The text, shortened to so many columns; the last column then holds `…`, so that nothing is
  /// cut off in silence.
  public static func clip(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    var out = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let width = of(scalar)
      guard used + width <= columns - 1 else { break }
      out.append(scalar)
      used += width
    }
    return String(out) + "…"
  }

  /// Box drawing, block elements and braille: most of what a screen is drawn with, and all narrow.
  private static func isPlainSymbol(_ value: UInt32) -> Bool {
    (0x2500...0x25FC).contains(value) || (0x2800...0x28FF).contains(value)
  }

  /// Zero-width non-joiner, joiner and the variation selectors' invisible company.
  static func isJoiner(_ value: UInt32) -> Bool {
    value == 0x200C || value == 0x200D
  }
}
