import Screen

/// What moves a result, one input at a time: bars from the result at an input's low end to that at its
/// high end, about the result when nothing is moved.
public struct TornadoChart: Hashable, Sendable {
  /// One input; texts are what is printed for its ends.
  public struct Bar: Hashable, Sendable {
    public let label: String
    /// The result at the input's low end and at its high end.
    public let low: Double
    public let high: Double
    public let lowText: String
    public let highText: String
    /// Stand behind the bar in columns of their own, the first left out first.
    public let notes: [String]

    public init(
      _ label: String, low: Double, high: Double, lowText: String, highText: String,
      notes: [String] = []
    ) {
      self.label = label
      self.low = low
      self.high = high
      self.lowText = lowText
      self.highText = highText
      self.notes = notes
    }
  }

  public var bars: [Bar]
  public var middle: Double
  /// What stands above the columns of notes.
  public var noteTitles: [String]

  public init(bars: [Bar], middle: Double, noteTitles: [String] = []) {
    self.bars = bars
    self.middle = middle
    self.noteTitles = noteTitles
  }

  /// The signs of an input's low side, of its high side and of the middle.
  public static func signs(_ level: ChartLevel) -> (
    low: Character, high: Character, middle: Character
  ) {
    level == .ascii ? ("-", "=", "|") : ("░", "█", "│")
  }

  /// How the columns share a row.
  private struct Columns {
    var label: Int
    /// Of the text at either end.
    var end: Int
    var bar: Int
    /// Of each column of notes that is shown, the last ones of all.
    var notes: [Int]
  }

  /// Columns a bar needs to be told from another.
  private static let leastBar = 12

  private func columns(width: Int) -> Columns {
    func widest(_ text: (Bar) -> String) -> Int {
      bars.map { DisplayWidth.of(text($0)) }.max() ?? 0
    }
    let label = widest(\.label)
    let end = max(widest(\.lowText), widest(\.highText))
    let notes = noteTitles.enumerated().map { index, title in
      max(DisplayWidth.of(title), widest { index < $0.notes.count ? $0.notes[index] : "" })
    }
    func bar(_ label: Int, _ shown: ArraySlice<Int>) -> Int {
      width - label - 2 * end - 4 - shown.reduce(0) { $0 + $1 + 2 }
    }
    // Names in full come before the first notes, a bar that can be seen before anything. The last
    // column alone would say too little for the row of titles.
    for dropped in notes.indices.dropLast(notes.count > 1 ? 1 : 0) {
      let shown = notes[dropped...]
      for room in [label, min(label, width / 3)] where bar(room, shown) >= Self.leastBar {
        return Columns(label: room, end: end, bar: bar(room, shown), notes: Array(shown))
      }
    }
    let room = min(label, max(8, width / 3, bar(0, []) - Self.leastBar - 2))
    return Columns(label: room, end: end, bar: max(0, bar(room, [])), notes: [])
  }

  /// Rows it takes: one for each bar, and one for the titles of the notes where there is room for any.
  public func height(width: Int) -> Int {
    bars.count + (columns(width: width).notes.isEmpty ? 0 : 1)
  }

  /// Draws a row for each bar, as far as there is room.
  public func draw(on grid: inout Grid, in rect: Rect, style: Style, appearance: Appearance) {
    let theme = appearance.theme
    let columns = columns(width: rect.width)
    let values = bars.flatMap { [$0.low, $0.high] }.filter(\.isFinite) + [middle]
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    func place(_ value: Double) -> Int {
      guard most > least, columns.bar > 1 else { return 0 }
      return Int(((value - least) / (most - least) * Double(columns.bar - 1)).rounded())
    }
    func drawNotes(_ notes: [String], in rect: Rect, style: Style) {
      var right = rect
      for (text, width) in zip(notes.suffix(columns.notes.count), columns.notes) {
        let (cell, rest) = right.split(left: width + 2)
        grid.write(text, in: cell, style: style, align: .right)
        right = rest
      }
    }
    var rows = rect
    if !columns.notes.isEmpty {
      let before = columns.label + 2 * columns.end + 4 + columns.bar
      drawNotes(noteTitles, in: rect.line(0).split(left: before).rest, style: theme.heading)
      rows = rect.split(top: 1).rest
    }
    for (line, bar) in bars.prefix(max(0, rows.height)).enumerated() {
      let (name, afterName) = rows.line(line).split(left: columns.label)
      grid.write(bar.label, in: name, style: theme.label)
      // The left text is that of the smaller result.
      let isRising = bar.high >= bar.low
      let (left, afterLeft) = afterName.split(left: columns.end + 2)
      grid.write(
        isRising ? bar.lowText : bar.highText, in: left.split(left: columns.end + 1).left,
        style: theme.label, align: .right)
      let (area, afterBar) = afterLeft.split(left: columns.bar)
      if bar.low.isFinite, bar.high.isFinite {
        let text = Self.text(
          low: place(bar.low), high: place(bar.high), middle: place(middle), width: columns.bar,
          appearance.chartLevel)
        grid.write(text, in: area, style: style)
      }
      let (right, afterRight) = afterBar.split(left: columns.end + 2)
      grid.write(
        isRising ? bar.highText : bar.lowText, in: right.split(left: 1).rest, style: theme.label)
      drawNotes(bar.notes, in: afterRight, style: theme.muted)
    }
  }

  private static func text(
    low: Int, high: Int, middle: Int, width: Int, _ level: ChartLevel
  ) -> String {
    let signs = signs(level)
    return String(
      (0..<width).map { column -> Character in
        if column == middle { return signs.middle }
        let isLow = column >= min(low, middle) && column <= max(low, middle) && low != middle
        if isLow { return signs.low }
        let isHigh = column >= min(high, middle) && column <= max(high, middle) && high != middle
        return isHigh ? signs.high : " "
      })
  }
}
