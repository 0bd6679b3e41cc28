import Screen

/// Amounts that add up, each with a bar.
public struct BreakdownChart: Hashable, Sendable {
  /// One amount; `text` is what is printed for it.
  public struct Line: Hashable, Sendable {
    public let label: String
    public let amount: Double
    public let text: String

    public init(_ label: String, amount: Double, text: String) {
      self.label = label
      self.amount = amount
      self.text = text
    }
  }

  public var lines: [Line]
  public var total: Line

  public init(lines: [Line], total: Line) {
    self.lines = lines
    self.total = total
  }

  /// Draws a row for each amount and one for the total, the most that fits; rows left out are
  /// counted, so that nobody takes the shown ones for all.
  ///
  /// Bars are measured against the largest amount. Credits, below zero, are drawn hollow.
  public func draw(on grid: inout Grid, in rect: Rect, style: Style, appearance: Appearance) {
    guard !rect.isEmpty else { return }
    let theme = appearance.theme
    let room = rect.height - 1
    let shown = lines.count <= room ? lines : Array(lines.prefix(max(0, room - 1)))
    let largest = lines.map { abs($0.amount) }.filter(\.isFinite).max() ?? 0
    let widths = columnWidths(rect.width)
    for (index, line) in shown.enumerated() {
      let row = rect.line(index)
      drawTexts(line, widths, on: &grid, in: row, style: theme.label)
      let bar = row.split(left: widths.label + widths.text + widths.share + 5).rest
      let share = largest > 0 ? abs(line.amount) / largest : 0
      var text = Bars.text(share: share, width: bar.width, level: appearance.chartLevel)
      if line.amount < 0 {
        let hollow = appearance.chartLevel == .ascii ? "-" : "░"
        text = String(repeating: hollow, count: text.count)
      }
      grid.write(text, in: bar, style: style)
    }
    if shown.count < lines.count, room > 0 {
      let hidden = "… \(lines.count - shown.count) more"
      grid.write(hidden, in: rect.line(shown.count), style: theme.muted)
    }
    drawTexts(total, widths, on: &grid, in: rect.line(min(room, lines.count)), style: theme.heading)
  }

  private func drawTexts(
    _ line: Line, _ widths: (label: Int, text: Int, share: Int), on grid: inout Grid,
    in row: Rect, style: Style
  ) {
    let (label, rest) = row.split(left: widths.label)
    grid.write(line.label, in: label, style: style)
    let (text, after) = rest.split(left: widths.text + 2)
    grid.write(line.text, in: text, style: style, align: .right)
    let (share, _) = after.split(left: widths.share + 2)
    guard total.amount > 0, line.amount.isFinite else { return }
    let percent = (line.amount / total.amount * 100).rounded()
    grid.write("\(Int(percent))%", in: share, style: style, align: .right)
  }

  /// Columns of label, amount and percentage; bars take the rest.
  private func columnWidths(_ width: Int) -> (label: Int, text: Int, share: Int) {
    let all = lines + [total]
    let text = all.map { DisplayWidth.of($0.text) }.max() ?? 0
    let wish = all.map { DisplayWidth.of($0.label) }.max() ?? 0
    return (min(wish, max(8, width - text - 4 - 7 - 8)), text, 4)
  }
}
