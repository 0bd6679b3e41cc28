extension String {
  /// The text without the blanks around it, of whatever kind: spaces, no-break spaces, and the signs
  /// without width that are copied along from web pages.
  public var withoutOuterBlanks: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar.value == 0x200B || scalar.value == 0xFEFF
    }
    let scalars = unicodeScalars.drop(while: isBlank)
    guard let last = scalars.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(scalars[...last])
  }
}
