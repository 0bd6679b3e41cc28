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
    /// Stands behind the bar; may be empty.
    public let note: String

    public init(
      _ label: String, low: Double, high: Double, lowText: String, highText: String,
      note: String = ""
    ) {
      self.label = label
      self.low = low
      self.high = high
      self.lowText = lowText
      self.highText = highText
      self.note = note
    }
  }

  public var bars: [Bar]
  public var middle: Double

  public init(bars: [Bar], middle: Double) {
    self.bars = bars
    self.middle = middle
  }

  /// The signs of an input's low side, of its high side and of the middle.
  public static func signs(_ level: ChartLevel) -> (
    low: Character, high: Character, middle: Character
  ) {
    level == .ascii ? ("-", "=", "|") : ("░", "█", "│")
  }

  /// Draws a row for each bar, as far as there is room.
  public func draw(on grid: inout Grid, in rect: Rect, style: Style, appearance: Appearance) {
    let theme = appearance.theme
    func widest(_ text: (Bar) -> String) -> Int {
      bars.map { DisplayWidth.of(text($0)) }.max() ?? 0
    }
    let label = min(widest(\.label), max(8, rect.width / 3))
    // The left text is that of the smaller result.
    let ends = max(widest(\.lowText), widest(\.highText))
    let wish = widest(\.note)
    let room = rect.width - label - 2 * ends - 4
    let note = wish > 0 && room - wish - 2 >= 12 ? wish + 2 : 0
    let width = max(0, room - note)
    let values = bars.flatMap { [$0.low, $0.high] }.filter(\.isFinite) + [middle]
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    func place(_ value: Double) -> Int {
      guard most > least, width > 1 else { return 0 }
      return Int(((value - least) / (most - least) * Double(width - 1)).rounded())
    }
    for (line, bar) in bars.prefix(max(0, rect.height)).enumerated() {
      let row = rect.line(line)
      let (name, afterName) = row.split(left: label)
      grid.write(bar.label, in: name, style: theme.label)
      let isRising = bar.high >= bar.low
      let (left, afterLeft) = afterName.split(left: ends + 2)
      let leftText = isRising ? bar.lowText : bar.highText
      grid.write(
        leftText, in: left.split(left: ends + 1).left, style: theme.label, align: .right)
      let (area, afterBar) = afterLeft.split(left: width)
      if bar.low.isFinite, bar.high.isFinite {
        let text = Self.text(
          low: place(bar.low), high: place(bar.high), middle: place(middle), width: width,
          appearance.chartLevel)
        grid.write(text, in: area, style: style)
      }
      let (right, afterRight) = afterBar.split(left: ends + 2)
      grid.write(
        isRising ? bar.highText : bar.lowText, in: right.split(left: 1).rest, style: theme.label)
      if note > 0 { grid.write(bar.note, in: afterRight, style: theme.muted, align: .right) }
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
