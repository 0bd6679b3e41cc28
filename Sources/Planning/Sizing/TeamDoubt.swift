import Catalog
import Quantities
import RealModule
import Throughput

/// How far a buyer's own run stays behind a vendor's tuned benchmark, and how the doubt about it is
/// shared: part of it is the team's on any chip, part its way with one stack, part the chip's own.
///
/// This owns the lag of the steady rate alone. Restarts, checkpoints, stalls and idle days are the
/// goodput's; rollbacks and trials before the run are the experiments'.
struct TeamDoubt: Sendable {
  /// Rate of a first own run over the tuned one, at the median.
  let lag: Double
  /// Its tenth percentile, median and ninetieth; nil where the team's own runs were measured.
  let range: Percentiles?
  /// Standard deviation of its logarithm.
  let deviation: Double
  /// The stack whose chips it shares most with.
  let stack: String
  /// Correlation of two chips of different stacks, and of one stack.
  let between: Double
  let within: Double
  /// Correlation of the lag and the goodput.
  let withGoodput: Double

  /// - Parameters:
  ///   - isMeasured: the team's own runs on the chip are in the catalogue: what they show has its lag in
  ///     it.
  ///   - isGiven: the scenario gives the range of the speed, all doubt in it.
  init(_ chip: Accelerator, isMeasured: Bool, isGiven: Bool, catalog: Catalog) {
    let isAMD = chip.kind == .gpu && chip.vendor.lowercased() == "amd"
    stack = isAMD ? "amd" : chip.kind.rawValue
    // Nothing is judged of Trainium's own; the widest of the three stands for it.
    let row = catalog.judgement(
      "team_effect", appliesTo: chip.kind == .trainium ? "amd" : stack)?.value
    func middle(_ topic: String, _ word: String, _ usual: Double) -> Double {
      catalog.judgement(topic, appliesTo: word)?.value.central ?? usual
    }
    between = middle(
      "team_effect_correlation", chip.kind == .trainium ? "with_trainium" : "gpu_tpu", 0.5)
    within = max(between, middle("team_effect_correlation", "same_stack", 0.85))
    withGoodput = middle("team_effect_correlation", "goodput", 0.4)
    if isMeasured {
      (lag, deviation, range) = (1, 0, nil)
    } else {
      let usual = TeamEffect.builtIn.rate(chip)
      let found = Percentiles(
        p10: row?.lower ?? usual.p10, p50: row?.central ?? usual.p50, p90: row?.upper ?? usual.p90)
      lag = found.p50
      range = isGiven ? Percentiles(certain: lag) : found
      deviation = isGiven ? 0 : .log(found.p90 / found.p10) / 2 / 1.281_551_565_544_600_5
    }
  }
}
