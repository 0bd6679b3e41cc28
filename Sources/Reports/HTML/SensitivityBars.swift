import Planning
import Quantities

/// What each uncertain input alone does to a result, to be drawn as a tornado.
public struct SensitivityBars: Sendable {
  /// One input.
  public struct Bar: Sendable {
    public var input: String
    /// The input's values at its 10th and 90th percentile, as people read them.
    public var low: String
    public var high: String
    /// The result there.
    public var lowResult: Double
    public var highResult: Double

    public init(
      input: String, low: String, high: String, lowResult: Double, highResult: Double
    ) {
      (self.input, self.low, self.high) = (input, low, high)
      (self.lowResult, self.highResult) = (lowResult, highResult)
    }
  }

  /// What is measured: `Economic cost, US dollars`.
  public var result: String
  /// The result with every input at its median.
  public var base: Double
  /// Widest first.
  public var bars: [Bar]
  /// Where the inputs' ranges come from.
  public var sources: [SourcedFigure]
  /// Shows a result: `$38.0M`.
  public var shown: @Sendable (Double) -> String

  public init(
    result: String, base: Double, bars: [Bar], sources: [SourcedFigure] = [],
    shown: @escaping @Sendable (Double) -> String = { Money(dollars: $0).short }
  ) {
    (self.result, self.base, self.bars, self.sources) = (result, base, bars, sources)
    self.shown = shown
  }

  /// The bars around the base, each end marked with the input's value there.
  var drawing: String {
    Plot.both("What each input alone does to \(result)") { width in
      let isNarrow = width < 500
      let rowHeight = isNarrow ? 48.0 : 30.0
      var plot = Plot(width: width, height: Double(bars.count) * rowHeight + 60)
      let start = isNarrow ? 8.0 : 300.0
      let ends = bars.flatMap { [$0.lowResult, $0.highResult] }.filter(\.isFinite) + [base]
      let x = Scale(around: ends, from: start, to: width - 70)
      for tick in x.ticks(isNarrow ? 3 : 5) {
        plot.line(x.place(tick), 22, x.place(tick), plot.height - 34, "grid")
        plot.words(x.place(tick), plot.height - 18, shown(tick), anchor: "middle", "tick")
      }
      for (index, bar) in bars.enumerated() {
        draw(bar, x, top: 26 + Double(index) * rowHeight, &plot)
      }
      plot.line(x.place(base), 18, x.place(base), plot.height - 34, "deadline")
      plot.words(x.place(base), 14, shown(base), anchor: "middle")
      plot.words((start + width - 70) / 2, plot.height - 2, result, anchor: "middle")
      return plot
    }
  }

  private func draw(_ bar: Bar, _ x: Scale, top: Double, _ plot: inout Plot) {
    let isNarrow = plot.isNarrow
    let barTop = isNarrow ? top + 20 : top + 4
    let ends = [bar.lowResult, bar.highResult].map { $0.isFinite ? x.place($0) : x.place(base) }
    let (left, right) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
    let title =
      "\(bar.input): \(bar.low) gives \(shown(bar.lowResult)), \(bar.high) gives "
      + shown(bar.highResult)
    plot.bar(left, barTop, right - left, 18, "swing", title: title)
    if isNarrow {
      plot.words(8, top + 14, "\(bar.input): \(bar.low) to \(bar.high)")
    } else {
      let isRising = bar.highResult >= bar.lowResult
      plot.words(x.from - 10, barTop + 13, bar.input, anchor: "end")
      plot.words(left - 4, barTop + 13, isRising ? bar.low : bar.high, anchor: "end", "tick")
      plot.words(right + 4, barTop + 13, isRising ? bar.high : bar.low, "tick")
    }
  }
}

extension SensitivityBars {
  /// Inputs drawn: the rest move the answer less than any of these.
  private static let most = 10

  /// What moves the economic cost of an option.
  public init(_ found: Sensitivity) {
    let moving = found.bars.filter { $0.economic.swing != 0 }.prefix(Self.most)
    self.init(
      result: "Economic cost, US dollars", base: found.economicDollars,
      bars: moving.map { bar in
        let unit = bar.input.unit.isEmpty ? "" : " \(bar.input.unit)"
        return Bar(
          input: bar.input.meaning, low: Decimals.significant(bar.values.low, 3),
          high: Decimals.significant(bar.values.high, 3) + unit, lowResult: bar.economic.low,
          highResult: bar.economic.high)
      },
      sources: moving.map {
        SourcedFigure(
          figure: "Range of \($0.input.meaning), median", value: $0.input.median,
          unit: $0.input.unit, provenance: $0.input.provenance)
      })
  }
}
