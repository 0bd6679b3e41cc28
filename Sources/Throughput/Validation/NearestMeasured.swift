import Quantities
import Workload

/// The published step that is most like a job, and how well it is predicted.
public struct NearestMeasured: Hashable, Sendable {
  public var id: String
  /// Seconds of a step.
  public var measured: Double
  /// By a fit that has not seen its family.
  public var predicted: Double
  /// 0 for the same chip, kind of model, recipe, size, sequence length and number of chips; 1 for as far
  /// as from one generation of chips to another, or from dense to mixture.
  public var distance: Double
}

extension ThroughputEstimate {
  /// The scored published step nearest to the estimate's job; nil only when there is none.
  ///
  /// The distance adds, in squares: 1 for another kind of chip's maker's generation (half for another
  /// chip of the same), 1 for dense against mixture, 1 for a hybrid against none, a half per halving of
  /// the bits, a fifth per doubling of active parameters, a fifth per doubling of the sequence, a tenth
  /// per doubling of the chips.
  public func nearestMeasured(
    architecture: TransformerArchitecture, accelerator: String, generation: String,
    sequenceLength: Int
  ) -> NearestMeasured? {
    let isMixture = architecture.mixtureLayers > 0
    let isHybrid = architecture.layerStack.kinds.contains { $0.layer.recurrence != nil }
    func doublings(_ first: Double, _ second: Double) -> Double {
      abs(Elementary.binaryLogarithm(first / second))
    }
    var nearest: NearestMeasured?
    for row in ValidationReport.builtIn.scored where row.run.kind == .step {
      guard let measured = row.measured, let predicted = row.predicted?.p50 else { continue }
      let run = row.run
      let isSame = run.accelerator == accelerator
      var parts = [isSame ? 0 : row.generation == generation ? 0.5 : 1.0]
      if run.isMixture != isMixture { parts.append(1) }
      if run.isHybrid != isHybrid { parts.append(1) }
      let bits = Double(run.precision?.bits ?? 16)
      parts.append(0.5 * doublings(bits, Double(strategy.precision.bits)))
      if let active = run.number("active_params") {
        parts.append(0.2 * doublings(active, architecture.activeParameters))
      }
      if let length = run.number("seq_len") {
        parts.append(0.2 * doublings(length, Double(sequenceLength)))
      }
      if let count = run.number("chips") { parts.append(0.1 * doublings(count, Double(chips))) }
      let distance = parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if distance < nearest?.distance ?? .infinity {
        nearest = NearestMeasured(
          id: run.id, measured: measured, predicted: predicted, distance: distance)
      }
    }
    return nearest
  }
}
