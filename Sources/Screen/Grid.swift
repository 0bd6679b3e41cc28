/// One place of a grid: a character, up to two marks on it, and its style.
public struct Cell: Hashable, Sendable {
  /// The character; U+0000 in the right half of the wide character to the left.
  public var scalar: Unicode.Scalar
  /// Combining marks on the character; U+0000 for none. Further marks are not kept.
  public var marks: Marks
  public var style: Style

  public init(_ scalar: Unicode.Scalar = " ", _ style: Style = .plain) {
    self.scalar = scalar
    self.marks = Marks()
    self.style = style
  }

  /// Whether this is the right half of a wide character.
  public var isContinuation: Bool { scalar.value == 0 }
  /// Whether the character needs the cell to its right as well.
  public var isWide: Bool { !isContinuation && DisplayWidth.of(scalar) == 2 }
}

/// Up to two combining marks, held in place so that a grid is one flat array.
public struct Marks: Hashable, Sendable {
  public private(set) var first: Unicode.Scalar = "\0"
  public private(set) var second: Unicode.Scalar = "\0"

  init() {}

  mutating func append(_ mark: Unicode.Scalar) {
    if first.value == 0 {
      first = mark
    } else if second.value == 0 {
      second = mark
    }
  }

  /// The marks that are there.
  public var all: [Unicode.Scalar] {
    [first, second].filter { $0.value != 0 }
  }
}

/// A screenful of styled cells, row by row in one flat array; any size from 0 × 0 up.
///
/// Everything that is drawn is clipped to it, wide characters are never left cut in half, and no
/// control character can get in: what reaches a terminal is what a test can read.
public struct Grid: Hashable, Sendable {
  public let size: Size
  private var cells: [Cell]

  public init(_ size: Size, style: Style = .plain) {
    self.size = size
    self.cells = Array(repeating: Cell(" ", style), count: size.width * size.height)
  }

  public init(width: Int, height: Int) {
    self.init(Size(width: width, height: height))
  }

  public var width: Int { size.width }
  public var height: Int { size.height }
  public var bounds: Rect { Rect(size) }

  /// The cell at a place of the grid.
  ///
  /// - Precondition: `0 <= column < width` and `0 <= row < height`.
  public subscript(column column: Int, row row: Int) -> Cell {
    precondition(column >= 0 && column < width && row >= 0 && row < height, "outside the grid")
    return cells[row * width + column]
  }

  /// Whether a row is the same, to the cell, as in another grid of the same size.
  public func hasSameRow(_ row: Int, as other: Grid) -> Bool {
    let range = row * width..<(row + 1) * width
    return size == other.size && cells[range] == other.cells[range]
  }

  /// Puts one character down, blanking what is left of a wide character it cuts in half.
  ///
  /// - Returns: columns taken: 0 for a mark (joined to the character on its left) and for a place
  ///   outside the grid.
  @discardableResult
  public mutating func put(
    _ scalar: Unicode.Scalar, column: Int, row: Int, style: Style = .plain
  ) -> Int {
    guard row >= 0, row < height else { return 0 }
    let shown = DisplayWidth.isUnprintable(scalar) ? DisplayWidth.replacement : scalar
    let columns = DisplayWidth.of(shown)
    guard columns > 0 else {
      join(shown, toCellBefore: column, row: row)
      return 0
    }
    guard column >= 0, column + columns <= width else { return 0 }
    for offset in 0..<columns { blankWideCharacter(column: column + offset, row: row) }
    let index = row * width + column
    cells[index] = Cell(shown, style)
    if columns == 2 { cells[index + 1] = Cell("\0", style) }
    return columns
  }

  /// Changes the style of the cells in a rectangle and leaves their characters.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let part = rect.intersection(bounds)
    for row in part.row..<part.row + part.height {
      for column in part.column..<part.column + part.width {
        cells[row * width + column].style = change(cells[row * width + column].style)
      }
    }
  }

  /// The same picture with every cell passed through `change`, one for one.
  func mapCells(_ change: (Cell) -> Cell) -> Grid {
    var copy = self
    for index in copy.cells.indices { copy.cells[index] = change(copy.cells[index]) }
    return copy
  }

  /// Turns both halves of the wide character at a place into blanks, if there is one.
  private mutating func blankWideCharacter(column: Int, row: Int) {
    let index = row * width + column
    if cells[index].isContinuation {
      cells[index - 1] = Cell(" ", cells[index - 1].style)
      cells[index] = Cell(" ", cells[index].style)
    } else if cells[index].isWide {
      cells[index] = Cell(" ", cells[index].style)
      cells[index + 1] = Cell(" ", cells[index + 1].style)
    }
  }

  /// Adds a combining mark to the character left of a place; invisible joiners are let go.
  private mutating func join(_ mark: Unicode.Scalar, toCellBefore column: Int, row: Int) {
    let invisible =
      DisplayWidth.isJoiner(mark.value) || mark.properties.isVariationSelector
    guard !invisible, column > 0, column <= width else { return }
    var index = row * width + column - 1
    if cells[index].isContinuation { index -= 1 }
    cells[index].marks.append(mark)
  }
}
