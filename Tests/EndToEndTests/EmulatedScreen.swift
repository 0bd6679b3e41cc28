/// What a terminal of the kind xterm would show: enough of ECMA-48 and xterm's control sequences for
/// what curses sends, one column for each character.
struct EmulatedScreen {
  private(set) var columns: Int
  private(set) var rows: Int
  private var cells: [[Character]]
  private var column = 0
  private var row = 0
  private var scrollTop = 0
  private var scrollBottom: Int
  private var last: Character = " "
  /// What the main screen showed when a program took the alternate one; nil while that isn't taken.
  private var main: (cells: [[Character]], row: Int, column: Int)?
  /// Bytes of a sequence or a character that has not ended yet.
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    self.cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    self.scrollBottom = rows - 1
  }

  /// The rows without trailing blanks.
  var lines: [String] {
    cells.map { row in
      var line = row
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  var text: String { lines.joined(separator: "\n") }

  /// Takes another size; what is in the upper left stays.
  mutating func resize(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = fitted(cells)
    (scrollTop, scrollBottom) = (0, rows - 1)
    (column, row) = (min(column, columns - 1), min(row, rows - 1))
  }

  private func fitted(_ old: [[Character]]) -> [[Character]] {
    var new = Array(repeating: Array(repeating: Character(" "), count: columns), count: rows)
    for row in 0..<min(rows, old.count) {
      for column in 0..<min(columns, old[row].count) { new[row][column] = old[row][column] }
    }
    return new
  }

  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      pending.append(byte)
      if finishPending() { pending = [] }
    }
  }

  /// Carries out what has come so far; false while more is needed.
  private mutating func finishPending() -> Bool {
    guard let first = pending.first else { return true }
    switch first {
    case 0x1B: return finishEscape()
    case 0x08: column = max(0, column - 1)
    case 0x0A: lineFeed()
    case 0x0D: column = 0
    case 0x00..<0x20: break
    case 0x20..<0x80: put(Character(Unicode.Scalar(first)))
    default:
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
      guard pending.count >= length else { return false }
      for character in String(decoding: pending, as: UTF8.self) { put(character) }
    }
    return true
  }

  private mutating func finishEscape() -> Bool {
    guard pending.count > 1 else { return false }
    switch pending[1] {
    case UInt8(ascii: "["):
      guard let final = pending.last, pending.count > 2, (0x40...0x7E).contains(final) else {
        return false
      }
      control(String(decoding: pending[2..<pending.count - 1], as: UTF8.self), final)
    case UInt8(ascii: "]"):
      return pending.last == 0x07 || pending.suffix(2) == [0x1B, UInt8(ascii: "\\")]
    case UInt8(ascii: "("), UInt8(ascii: ")"): return pending.count > 2
    case UInt8(ascii: "M"):
      if row == scrollTop { scroll(by: -1) } else { row = max(0, row - 1) }
    default: break
    }
    return true
  }

  private mutating func control(_ text: String, _ final: UInt8) {
    guard !text.hasPrefix("?") else {
      if text == "?1049" { takeAlternate(final == UInt8(ascii: "h")) }
      return
    }
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    func number(_ index: Int, _ standard: Int = 1) -> Int {
      index < numbers.count ? numbers[index] ?? standard : standard
    }
    let count = max(1, number(0))
    switch Character(Unicode.Scalar(final)) {
    case "H": (row, column) = (number(0) - 1, number(1) - 1)
    case "G": column = number(0) - 1
    case "d": row = number(0) - 1
    case "A": row -= count
    case "B": row += count
    case "C": column += count
    case "D": column -= count
    case "K": eraseLine(number(0, 0))
    case "J":
      let mode = number(0, 0)
      if mode == 0 {
        eraseLine(0)
        erase(rows: row + 1..<max(row + 1, rows))
      } else {
        erase(rows: 0..<rows)
      }
    case "X": fill(column..<min(columns, column + count))
    case "b": for _ in 0..<count { put(last) }
    case "@":
      for _ in 0..<min(count, columns - column) {
        cells[row].insert(" ", at: column)
        cells[row].removeLast()
      }
    case "P":
      for _ in 0..<min(count, columns - column) {
        cells[row].remove(at: column)
        cells[row].append(" ")
      }
    case "L": shift(from: row, by: -count)
    case "M": shift(from: row, by: count)
    case "S": scroll(by: count)
    case "T": scroll(by: -count)
    case "r":
      (scrollTop, scrollBottom) = (number(0) - 1, min(rows, number(1, rows)) - 1)
      (row, column) = (0, 0)
    default: break
    }
    row = min(max(0, row), rows - 1)
    column = min(max(0, column), columns)
  }

  /// Takes the alternate screen, blank, or shows the main one again, with its cursor (xterm's DECSET
  /// 1049).
  private mutating func takeAlternate(_ takes: Bool) {
    if takes {
      if main == nil { main = (cells, row, column) }
      erase(rows: 0..<rows)
    } else if let before = main {
      main = nil
      cells = fitted(before.cells)
      (row, column) = (min(before.row, rows - 1), min(before.column, columns))
    }
  }

  private mutating func put(_ character: Character) {
    if column >= columns {
      column = 0
      lineFeed()
    }
    cells[row][column] = character
    last = character
    column += 1
  }

  private mutating func lineFeed() {
    if row == scrollBottom { scroll(by: 1) } else { row = min(row + 1, rows - 1) }
  }

  private mutating func fill(_ range: Range<Int>) {
    for column in range { cells[row][column] = " " }
  }

  private mutating func eraseLine(_ mode: Int) {
    switch mode {
    case 0: fill(min(column, columns)..<columns)
    case 1: fill(0..<min(column + 1, columns))
    default: fill(0..<columns)
    }
  }

  private mutating func erase(rows range: Range<Int>) {
    for row in range { cells[row] = Array(repeating: " ", count: columns) }
  }

  private mutating func scroll(by lines: Int) {
    shift(from: scrollTop, by: lines)
  }

  /// Moves the lines from one to the end of the scrolled part up, or down for less than 0.
  private mutating func shift(from top: Int, by lines: Int) {
    guard top <= scrollBottom else { return }
    let blank = Array(repeating: Character(" "), count: columns)
    for _ in 0..<min(abs(lines), scrollBottom - top + 1) {
      if lines > 0 {
        cells.remove(at: top)
        cells.insert(blank, at: scrollBottom)
      } else {
        cells.remove(at: scrollBottom)
        cells.insert(blank, at: top)
      }
    }
  }
}
