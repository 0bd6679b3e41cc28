/// A patch of dots finer than cells, for lines and clouds of points.
///
/// Dots count from the top left corner; those outside are let go.
public struct DotCanvas: Sendable {
  public let level: ChartLevel
  /// Size in dots.
  public let size: Size
  private let cellColumns: Int
  private let cellRows: Int
  private var masks: [UInt8]
  private var styles: [Style]

  /// A blank canvas of so many cells.
  public init(cells: Size, level: ChartLevel) {
    self.level = level
    self.cellColumns = cells.width
    self.cellRows = cells.height
    self.size = Size(
      width: cells.width * level.dots.columns, height: cells.height * level.dots.rows)
    self.masks = Array(repeating: 0, count: cells.width * cells.height)
    self.styles = Array(repeating: .plain, count: cells.width * cells.height)
  }

  /// Sets one dot; its style becomes that of the whole cell.
  public mutating func set(_ x: Int, _ y: Int, style: Style = .plain) {
    guard x >= 0, y >= 0, x < size.width, y < size.height else { return }
    let (columns, rows) = level.dots
    let cell = (y / rows) * cellColumns + x / columns
    masks[cell] |= bit(x % columns, y % rows)
    styles[cell] = style
  }

  /// Sets the dots of a straight line, both ends included (Bresenham 1965).
  public mutating func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), style: Style = .plain
  ) {
    let (dx, dy) = (abs(end.x - start.x), -abs(end.y - start.y))
    let (stepX, stepY) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
    var (x, y) = start
    var error = dx + dy
    while true {
      set(x, y, style: style)
      if x == end.x && y == end.y { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// Draws the cells that hold any dot, the rest is left as it was.
  public func draw(on grid: inout Grid, column: Int, row: Int) {
    for y in 0..<cellRows {
      for x in 0..<cellColumns where masks[y * cellColumns + x] != 0 {
        let cell = y * cellColumns + x
        grid.put(glyph(masks[cell]), column: column + x, row: row + y, style: styles[cell])
      }
    }
  }

  /// Braille numbers its dots 1-2-3-7 down the left and 4-5-6-8 down the right (Unicode, chapter
  /// Braille Patterns); quarters are numbered here from the left and from the top.
  private func bit(_ x: Int, _ y: Int) -> UInt8 {
    switch level {
    case .braille: return y == 3 ? 0x40 << x : 1 << (x * 3 + y)
    case .block: return 1 << (y * 2 + x)
    case .ascii: return 1
    }
  }

  private func glyph(_ mask: UInt8) -> Unicode.Scalar {
    switch level {
    case .braille: return Unicode.Scalar(0x2800 + UInt32(mask)) ?? "*"
    case .block: return Self.quarters[Int(mask)]
    case .ascii: return "*"
    }
  }

  /// Quadrants by mask: bit 0 upper left, 1 upper right, 2 lower left, 3 lower right.
  private static let quarters: [Unicode.Scalar] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]
}
