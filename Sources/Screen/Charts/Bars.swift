/// Horizontal bars.
public enum Bars {
  /// A bar as text: full blocks, and an eighth-block at its end where the level allows.
  ///
  /// A share above 0 always shows; what is not a number shows nothing.
  ///
  /// - Parameters:
  ///   - share: 0...1 of the width; other values are clamped.
  ///   - width: columns of a full bar.
  public static func text(share: Double, width: Int, level: ChartLevel) -> String {
    guard share > 0, width > 0 else { return "" }
    let length = min(1, share) * Double(width)
    guard level != .ascii else {
      return String(repeating: "#", count: max(1, Int(length.rounded())))
    }
    // Eighth blocks are U+258F (one eighth) down to U+2588 (full).
    let eighths = max(1, Int((length * 8).rounded()))
    var out = String.UnicodeScalarView(repeating: "█", count: eighths / 8)
    if eighths % 8 > 0, let part = Unicode.Scalar(0x2590 - UInt32(eighths % 8)) {
      out.append(part)
    }
    return String(out)
  }
}
