/// How fine charts are drawn. Fonts decide whether braille looks right, which no program can find
/// out, so the user chooses.
public enum ChartLevel: String, Hashable, Sendable, CaseIterable {
  /// 2 × 4 dots a cell.
  case braille
  /// 2 × 2 quarters a cell.
  case block
  /// One mark a cell, in ASCII.
  case ascii

  /// Dots of one cell.
  var dots: (columns: Int, rows: Int) {
    switch self {
    case .braille: return (2, 4)
    case .block: return (2, 2)
    case .ascii: return (1, 1)
    }
  }

  /// The next level, round and round.
  public var next: ChartLevel {
    switch self {
    case .braille: return .block
    case .block: return .ascii
    case .ascii: return .braille
    }
  }

  /// A short sample, to see whether the font can show it.
  public var sample: String {
    switch self {
    case .braille: return "⣀⣤⣶⣿"
    case .block: return "▖▄▙█"
    case .ascii: return ".:*#"
    }
  }
}
