/// Points in a frame of two axes, each with the range it may lie in.
public struct ScatterPlot: Sendable {
  /// One point; `mark` tells it apart without colour.
  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double
    /// Low and high of `x`, drawn as a line.
    public var xRange: ClosedRange<Double>?
    /// Low and high of `y`, drawn as a line.
    public var yRange: ClosedRange<Double>?
    public var mark: Unicode.Scalar
    public var style: Style
    /// Of the lines of its ranges; that of the mark when nil.
    public var rangeStyle: Style?

    public init(
      x: Double, y: Double, xRange: ClosedRange<Double>? = nil,
      yRange: ClosedRange<Double>? = nil, mark: Unicode.Scalar, style: Style = .plain,
      rangeStyle: Style? = nil
    ) {
      self.x = x
      self.y = y
      self.xRange = xRange
      self.yRange = yRange
      self.mark = mark
      self.style = style
      self.rangeStyle = rangeStyle
    }
  }

  /// Points, the most important first: it wins where two fall on one cell.
  public var points: [Point]
  public var xTitle: String
  public var yTitle: String
  /// A vertical line, such as a deadline.
  public var xLimit: Double?
  /// Stands above that line.
  public var xLimitTitle: String
  /// A horizontal line, such as a budget.
  public var yLimit: Double?
  public var axisStyle: Style
  /// Points joined by a line, from left to right.
  public var path: [(x: Double, y: Double)]
  public var pathStyle: Style

  public init(
    points: [Point], xTitle: String, yTitle: String, xLimit: Double? = nil,
    xLimitTitle: String = "",
    yLimit: Double? = nil, axisStyle: Style = .plain, path: [(x: Double, y: Double)] = [],
    pathStyle: Style = .plain
  ) {
    self.points = points
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.xLimit = xLimit
    self.xLimitTitle = xLimitTitle
    self.yLimit = yLimit
    self.axisStyle = axisStyle
    self.path = path
    self.pathStyle = pathStyle
  }

  /// Room needed for anything to be drawn.
  public static let smallest = Size(width: 20, height: 5)

  /// Draws the plot with the origin in view.
  ///
  /// - Parameters:
  ///   - xLabel: prints a value of the x axis; at most 9 columns are kept.
  ///   - yLabel: prints a value of the y axis; at most 9 columns are kept.
  /// - Returns: how many points have a mark of their own; the rest lie under others, or are not
  ///   numbers. 0 when the room is too small, then nothing is drawn.
  @discardableResult
  public func draw(
    on grid: inout Grid, in rect: Rect, level: ChartLevel,
    xLabel: (Double) -> String, yLabel: (Double) -> String
  ) -> Int {
    let shown = points.filter { $0.x.isFinite && $0.y.isFinite }
    guard rect.width >= Self.smallest.width, rect.height >= Self.smallest.height,
      let axes = axes(for: shown, in: rect)
    else { return 0 }
    let labels = axes.y.marks.map { DisplayWidth.clip(yLabel($0), to: 9) }
    let margin = max(labels.map { DisplayWidth.of($0) }.max() ?? 0, 2) + 1
    let plot = Rect(
      column: rect.column + margin, row: rect.row + 1, width: rect.width - margin,
      height: rect.height - 3)
    drawAxes(axes, yLabels: labels, plot: plot, rect: rect, on: &grid, level, xLabel)
    drawRanges(shown, axes, plot: plot, on: &grid, level)
    return drawMarks(shown, axes, plot: plot, on: &grid)
  }

  private func axes(for shown: [Point], in rect: Rect) -> (x: Axis, y: Axis)? {
    let xs = shown.flatMap { [$0.x, $0.xRange?.lowerBound ?? $0.x, $0.xRange?.upperBound ?? $0.x] }
    let ys = shown.flatMap { [$0.y, $0.yRange?.lowerBound ?? $0.y, $0.yRange?.upperBound ?? $0.y] }
    guard !shown.isEmpty,
      let x = Axis(covering: xs + [0] + [xLimit ?? 0], marks: max(1, rect.width / 16)),
      let y = Axis(covering: ys + [0] + [yLimit ?? 0], marks: max(1, (rect.height - 3) / 2))
    else { return nil }
    return (x, y)
  }

  private func drawAxes(
    _ axes: (x: Axis, y: Axis), yLabels: [String], plot: Rect, rect: Rect, on grid: inout Grid,
    _ level: ChartLevel, _ xLabel: (Double) -> String
  ) {
    let glyphs = level == .ascii ? BorderGlyphs.ascii : BorderGlyphs.unicode
    grid.write(yTitle, in: rect.line(0), style: axisStyle)
    let axisColumn = plot.column - 1
    for row in plot.row..<plot.endRow {
      grid.put(glyphs.vertical, column: axisColumn, row: row, style: axisStyle)
    }
    for column in plot.column..<plot.endColumn {
      grid.put(glyphs.horizontal, column: column, row: plot.endRow, style: axisStyle)
    }
    grid.put(glyphs.bottomLeft, column: axisColumn, row: plot.endRow, style: axisStyle)
    for (value, label) in zip(axes.y.marks, yLabels) {
      guard let place = axes.y.place(of: value, among: plot.height + 1) else { continue }
      let line = Rect(
        column: rect.column, row: plot.endRow - place, width: axisColumn - rect.column, height: 1)
      if line.row > rect.row { grid.write(label, in: line, style: axisStyle, align: .right) }
    }
    drawXLabels(axes.x, plot: plot, on: &grid, xLabel)
    drawLimits(axes, plot: plot, on: &grid, level)
  }

  private func drawXLabels(
    _ axis: Axis, plot: Rect, on grid: inout Grid, _ xLabel: (Double) -> String
  ) {
    let row = plot.endRow + 1
    let titleStart = plot.endColumn - DisplayWidth.of(xTitle) - 1
    var free = plot.column - 1
    for value in axis.marks {
      guard let place = axis.place(of: value, among: plot.width) else { continue }
      let label = DisplayWidth.clip(xLabel(value), to: 9)
      let start = plot.column + place - DisplayWidth.of(label) / 2
      let end = start + DisplayWidth.of(label)
      guard start >= free, end <= titleStart else { continue }
      grid.write(label, column: start, row: row, style: axisStyle)
      free = end + 1
    }
    grid.write(
      xTitle, in: Rect(column: plot.column, row: row, width: plot.width, height: 1),
      style: axisStyle, align: .right)
  }

  private func drawLimits(
    _ axes: (x: Axis, y: Axis), plot: Rect, on grid: inout Grid, _ level: ChartLevel
  ) {
    let (vertical, horizontal): (Unicode.Scalar, Unicode.Scalar) =
      level == .ascii ? (":", ".") : ("┊", "┄")
    if let limit = yLimit, let place = axes.y.place(of: limit, among: plot.height + 1), place > 0 {
      for column in plot.column..<plot.endColumn {
        grid.put(horizontal, column: column, row: plot.endRow - place, style: axisStyle)
      }
    }
    if let limit = xLimit, let place = axes.x.place(of: limit, among: plot.width) {
      for row in plot.row..<plot.endRow {
        grid.put(vertical, column: plot.column + place, row: row, style: axisStyle)
      }
      let width = DisplayWidth.of(xLimitTitle)
      let above = Rect(column: plot.column, row: plot.row - 1, width: plot.width, height: 1)
      let start = min(plot.column + place - width / 2, plot.endColumn - width)
      let title = Rect(column: start, row: plot.row - 1, width: width, height: 1)
      grid.write(xLimitTitle, in: title.intersection(above), style: axisStyle)
    }
  }

  private func drawRanges(
    _ shown: [Point], _ axes: (x: Axis, y: Axis), plot: Rect, on grid: inout Grid,
    _ level: ChartLevel
  ) {
    var canvas = DotCanvas(cells: Size(width: plot.width, height: plot.height), level: level)
    // Dots of the row of cells that the axis itself takes are counted in, so that a value stands
    // at the same height as its label.
    let heightInDots = canvas.size.height + level.dots.rows
    func dotX(_ value: Double) -> Int? { axes.x.place(of: value, among: canvas.size.width) }
    func dotY(_ value: Double) -> Int? {
      axes.y.place(of: value, among: heightInDots).map { heightInDots - 1 - $0 }
    }
    let joined = path.compactMap { point -> (x: Int, y: Int)? in
      guard let x = dotX(point.x), let y = dotY(point.y) else { return nil }
      return (x, y)
    }
    for (start, end) in zip(joined, joined.dropFirst()) {
      canvas.line(from: start, to: end, style: pathStyle)
    }
    for point in shown.reversed() {
      guard let x = dotX(point.x), let y = dotY(point.y) else { continue }
      if let range = point.xRange, let low = dotX(range.lowerBound),
        let high = dotX(range.upperBound)
      {
        canvas.line(from: (low, y), to: (high, y), style: point.rangeStyle ?? point.style)
      }
      if let range = point.yRange, let low = dotY(range.lowerBound),
        let high = dotY(range.upperBound)
      {
        canvas.line(from: (x, low), to: (x, high), style: point.rangeStyle ?? point.style)
      }
    }
    canvas.draw(on: &grid, column: plot.column, row: plot.row)
  }

  private func drawMarks(
    _ shown: [Point], _ axes: (x: Axis, y: Axis), plot: Rect, on grid: inout Grid
  ) -> Int {
    var taken: Set<Screen.Point> = []
    for point in shown {
      guard let x = axes.x.place(of: point.x, among: plot.width),
        let y = axes.y.place(of: point.y, among: plot.height + 1)
      else { continue }
      let place = Screen.Point(column: plot.column + x, row: plot.endRow - y)
      guard !taken.contains(place) else { continue }
      taken.insert(place)
      grid.put(point.mark, column: place.column, row: place.row, style: point.style)
    }
    return taken.count
  }
}
