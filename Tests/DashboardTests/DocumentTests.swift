import Screen
import Testing

@testable import Dashboard

@Suite struct DocumentTests {
  private let document = Document([
    .heading("Throughput"),
    .field(label: "MFU", value: "41%", note: "36% to 46%"),
    .field(label: "strategy", value: "tensor 8, pipeline 4, data 16 on 512 chips"),
    .blank,
    .paragraph("What has to hold for this."),
    .line([Span("as it is, and cut at the edge")]),
  ])

  private func texts(_ width: Int) -> [String] {
    document.lines(width: width, theme: .standard).map { $0.map(\.text).joined() }
  }

  @Test("Labels share a column, values wrap beside it, notes stay by short values")
  func layout() {
    #expect(
      texts(30) == [
        "Throughput", "MFU       41%  36% to 46%", "strategy  tensor 8, pipeline",
        "          4, data 16 on 512", "          chips", "", "What has to hold for this.",
        "as it is, and cut at the edge",
      ])
    #expect(texts(20).prefix(3) == ["Throughput", "MFU     41%", "        36% to 46%"])
  }

  @Test("It can be scrolled and drawn in any room", arguments: [(0, 0), (1, 1), (12, 3), (30, 2)])
  func drawing(width: Int, height: Int) {
    var grid = Grid(width: width, height: height)
    let count = document.draw(on: &grid, in: grid.bounds, top: 2, theme: .standard)
    #expect(count == texts(width).count)
    #expect(grid.lines.allSatisfy { DisplayWidth.of($0) <= width })
  }
}

@Suite struct BreakdownChartTests {
  private let chart = BreakdownChart(
    lines: [
      .init("accelerators", amount: 60, text: "$60.00"),
      .init("storage", amount: 15, text: "$15.00"),
      .init("resale", amount: -30, text: "-$30.00"),
    ], total: .init("total", amount: 45, text: "$45.00"))

  private func picture(_ width: Int, _ height: Int, _ level: ChartLevel) -> [String] {
    var grid = Grid(width: width, height: height)
    let appearance = Appearance(theme: .standard, glyphs: .ascii, chartLevel: level)
    chart.draw(on: &grid, in: grid.bounds, style: .plain, appearance: appearance)
    return grid.lines
  }

  @Test("Each amount has a bar against the largest, credits are hollow, the total closes")
  func drawing() {
    #expect(
      picture(40, 4, .block) == [
        "accelerators   $60.00  133% ████████████", "storage        $15.00   33% ███",
        "resale        -$30.00  -67% ░░░░░░", "total          $45.00  100%",
      ])
    #expect(picture(40, 4, .ascii).first?.hasSuffix("############") == true)
  }

  @Test("Rows that don't fit are counted, and the total is always there")
  func fewRows() {
    #expect(picture(40, 3, .ascii).dropFirst() == ["… 2 more", "total          $45.00  100%"])
    #expect(picture(40, 1, .ascii) == ["total          $45.00  100%"])
    #expect(picture(0, 0, .ascii) == [])
    #expect(picture(3, 2, .ascii).count == 2)
  }
}
