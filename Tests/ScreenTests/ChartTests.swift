import Screen
import Testing

@Suite struct ChartTests {
  @Test(
    "Bars show their share, in eighths of a cell or in whole signs",
    arguments: [
      (1.0, ChartLevel.braille, "████"), (0.5, .block, "██"), (0.53125, .block, "██▏"),
      (0.6, .block, "██▍"), (0.001, .block, "▏"), (0, .block, ""), (-1, .block, ""),
      (2, .block, "████"), (.nan, .block, ""), (0.5, .ascii, "##"), (0.01, .ascii, "#"),
      (.infinity, .ascii, "####"),
    ])
  func bars(share: Double, level: ChartLevel, expected: String) {
    #expect(Bars.text(share: share, width: 4, level: level) == expected)
  }

  @Test(
    "Axes begin and end on round numbers and cover every value",
    arguments: [
      ([3.0, 97], 5, 0.0, 100.0, 20.0), ([0, 0.7], 4, 0, 0.8, 0.2), ([5], 2, 4.5, 5.5, 0.5),
      ([0, 0], 2, -1, 1, 1), ([-3, 12], 3, -5, 15, 5), ([.nan, 1, .infinity, 2], 1, 1, 2, 1),
    ])
  func axes(values: [Double], marks: Int, low: Double, high: Double, step: Double) throws {
    let axis = try #require(Axis(covering: values, marks: marks))
    #expect(abs(axis.low - low) < 1e-9 && abs(axis.high - high) < 1e-9)
    #expect(abs(axis.step - step) < 1e-9)
  }

  @Test("Values take their place along an axis, those outside it take none")
  func places() throws {
    let axis = try #require(Axis(covering: [0, 100], marks: 4))
    let places = [0, 50, 100, 101, -1, Double.nan].map { axis.place(of: $0, among: 11) }
    #expect(places == [0, 5, 10, nil, nil, nil])
    #expect(Axis(covering: [.nan], marks: 3) == nil)
  }

  @Test(
    "Dots land in the cell and the corner of it that they should",
    arguments: [
      (ChartLevel.braille, ["⡀⢀"]), (.block, ["▖▗"]), (.ascii, ["**"]),
    ])
  func dots(level: ChartLevel, expected: [String]) {
    var canvas = DotCanvas(cells: Size(width: 2, height: 1), level: level)
    canvas.set(0, canvas.size.height - 1)
    canvas.set(canvas.size.width - 1, canvas.size.height - 1)
    canvas.set(canvas.size.width, 0)
    canvas.set(-1, 0)
    var grid = Grid(width: 2, height: 1)
    canvas.draw(on: &grid, column: 0, row: 0)
    #expect(grid.lines == expected)
  }

  @Test(
    "A line holds both its ends and leaves no gap",
    arguments: [(4, 0, 0, 2), (0, 0, 4, 2), (2, 2, 2, 0), (1, 1, 1, 1), (0, 2, 4, 0)])
  func line(fromX: Int, fromY: Int, toX: Int, toY: Int) {
    var canvas = DotCanvas(cells: Size(width: 5, height: 3), level: .ascii)
    canvas.line(from: (fromX, fromY), to: (toX, toY))
    var grid = Grid(width: 5, height: 3)
    canvas.draw(on: &grid, column: 0, row: 0)
    // One dot a step along the longer direction (Bresenham 1965).
    let dots = grid.text.filter { $0 == "*" }.count
    #expect(dots == max(abs(toX - fromX), abs(toY - fromY)) + 1)
    #expect(grid[column: fromX, row: fromY].scalar == "*")
    #expect(grid[column: toX, row: toY].scalar == "*")
  }

  private var plot: ScatterPlot {
    ScatterPlot(
      points: [
        .init(x: 50, y: 40, xRange: 30...80, mark: "T"), .init(x: 20, y: 80, mark: "G"),
        .init(x: 20, y: 80, mark: "O"), .init(x: .nan, y: 1, mark: "X"),
      ], xTitle: "days", yTitle: "$M", xLimit: 90)
  }

  @Test("A plot shows axes, marks, ranges and limits, and says how many points it could show")
  func scatter() {
    var grid = Grid(width: 40, height: 9)
    let count = plot.draw(
      on: &grid, in: grid.bounds, level: .ascii, xLabel: { "\(Int($0))" },
      yLabel: { "\(Int($0))" })
    #expect(count == 2)
    #expect(
      grid.lines == [
        "$M",
        "100|                                :",
        "   |       G                        :",
        "   |                                :",
        " 50|                                :",
        "   |           *******T**********   :",
        "   |                                :",
        "  0+------------------------------------",
        "    0                50             days",
      ])
  }

  @Test(
    "A plot without room or without points draws nothing", arguments: [(19, 9), (40, 4), (0, 0)])
  func tooSmall(width: Int, height: Int) {
    var grid = Grid(width: width, height: height)
    let bounds = grid.bounds
    let none = ScatterPlot(points: [], xTitle: "x", yTitle: "y")
    #expect(
      plot.draw(on: &grid, in: bounds, level: .block, xLabel: { _ in "" }, yLabel: { _ in "" }) == 0
    )
    #expect(
      none.draw(on: &grid, in: bounds, level: .block, xLabel: { _ in "" }, yLabel: { _ in "" }) == 0
    )
    #expect(grid == Grid(width: width, height: height))
  }
}
