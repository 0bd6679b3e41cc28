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
      let rowHeight = isNarrow ? 62.0 : 30.0
      var plot = Plot(width: width, height: Double(bars.count) * rowHeight + 72)
      // Labels of the axis stand half beside its ends.
      let (start, end) = isNarrow ? (26.0, width - 26) : (300.0, width - 70)
      let ends = bars.flatMap { [$0.lowResult, $0.highResult] }.filter(\.isFinite) + [base]
      let x = Scale(around: ends, from: start, to: end)
      let foot = plot.height - 44
      for tick in x.ticks(isNarrow ? 3 : 5) {
        plot.line(x.place(tick), 22, x.place(tick), foot, "grid")
        plot.words(x.place(tick), foot + 16, shown(tick), anchor: "middle", "tick")
      }
      let tops = bars.indices.map { 26 + Double($0) * rowHeight }
      for (bar, top) in zip(bars, tops) { draw(bar, x, top: top, &plot) }
      plot.line(x.place(base), 18, x.place(base), foot, "deadline")
      plot.words(x.place(base), 14, shown(base), anchor: "middle")
      // Words come last: no line runs through them.
      for (bar, top) in zip(bars, tops) { drawWords(bar, x, top: top, &plot) }
      plot.words((start + end) / 2, foot + 34, result, anchor: "middle")
      return plot
    }
  }

  /// Places of a bar's upper edge and of its two ends.
  private func place(
    _ bar: Bar, _ x: Scale, top: Double, isNarrow: Bool
  ) -> (top: Double, left: Double, right: Double) {
    let ends = [bar.lowResult, bar.highResult].map { $0.isFinite ? x.place($0) : x.place(base) }
    return (isNarrow ? top + 36 : top + 4, min(ends[0], ends[1]), max(ends[0], ends[1]))
  }

  private func draw(_ bar: Bar, _ x: Scale, top: Double, _ plot: inout Plot) {
    let at = place(bar, x, top: top, isNarrow: plot.isNarrow)
    let title =
      "\(bar.input): \(bar.low) gives \(shown(bar.lowResult)), \(bar.high) gives "
      + shown(bar.highResult)
    plot.bar(at.left, at.top, at.right - at.left, 18, "swing", title: title)
  }

  private func drawWords(_ bar: Bar, _ x: Scale, top: Double, _ plot: inout Plot) {
    let at = place(bar, x, top: top, isNarrow: plot.isNarrow)
    if plot.isNarrow {
      plot.words(8, top + 14, bar.input, "halo")
      plot.words(8, top + 30, "\(bar.low) to \(bar.high)", "tick halo")
    } else {
      let isRising = bar.highResult >= bar.lowResult
      plot.words(x.from - 10, at.top + 13, bar.input, anchor: "end")
      let (left, right) = isRising ? (bar.low, bar.high) : (bar.high, bar.low)
      plot.words(at.left - 4, at.top + 13, left, anchor: "end", "tick halo")
      plot.words(at.right + 4, at.top + 13, right, "tick halo")
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
