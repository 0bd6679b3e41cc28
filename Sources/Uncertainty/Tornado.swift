/// What one uncertain input alone does to a result: a bar of a tornado chart.
public struct TornadoBar: Hashable, Sendable {
  public var input: String
  /// The input's own values at its 10th and 90th percentile.
  public var lowInput: Double
  public var highInput: Double
  /// The result there, every other input at its median.
  public var lowResult: Double
  public var highResult: Double

  /// How far the result moves as the input rises; negative when it falls.
  public var swing: Double { highResult - lowResult }
}

/// One input at a time (the tornado chart of decision analysis; R. A. Howard, 1988).
public enum Tornado {
  /// A bar for every input that isn't a point, widest first; equal ones in the order of inputs. A
  /// bar without a width, because the result is infinite or not a number at an end, comes last.
  ///
  /// - Parameter result: from the values of all inputs, in order.
  public static func bars(
    _ inputs: [UncertainInput], result: ([Double]) -> Double
  ) -> [TornadoBar] {
    let medians = inputs.map { $0.distribution.value(score: 0) }
    let bars = inputs.enumerated().compactMap { index, input -> TornadoBar? in
      guard !input.distribution.isPoint else { return nil }
      var values = medians
      func at(_ chance: Double) -> (input: Double, result: Double) {
        values[index] = input.distribution.quantile(chance)
        return (values[index], result(values))
      }
      let (low, high) = (at(0.1), at(0.9))
      return TornadoBar(
        input: input.name, lowInput: low.input, highInput: high.input, lowResult: low.result,
        highResult: high.result)
    }
    func width(_ bar: TornadoBar) -> Double {
      bar.swing.isFinite ? bar.swing.magnitude : -1
    }
    // Swift's sort keeps the order of equals.
    return bars.sorted { width($0) > width($1) }
  }
}
