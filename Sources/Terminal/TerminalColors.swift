import Screen

/// Fits colours to what a terminal has.
enum TerminalColors {
  /// The number of the colour to use, -1 for the terminal's default.
  ///
  /// With 256 colours, the one asked for. With 16 or 8, the nearest of the basic ones: bright
  /// colours fall back to their plain twins, cube colours to the corner of the cube they are
  /// nearest to, greys to black or white.
  ///
  /// - Parameter count: colours the terminal has, at least 8.
  static func nearest(to color: Color, among count: Int) -> Int {
    let index = Int(color.index)
    if index < count { return index }
    if index < 16 { return index - 8 }
    if index >= 232 { return index >= 244 ? 7 : 0 }
    // The cube holds six steps of red, green and blue at 16 + 36 r + 6 g + b (xterm).
    let cube = index - 16
    let red = cube / 36 >= 3 ? 1 : 0
    let green = cube / 6 % 6 >= 3 ? 2 : 0
    let blue = cube % 6 >= 3 ? 4 : 0
    return red + green + blue
  }
}
