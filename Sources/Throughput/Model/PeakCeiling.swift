import Quantities

extension ThroughputEstimate {
  /// The estimate with no figure above what the chip can do: own measurements, claims and given ranges
  /// multiply an estimate, and none of them can take it past the dense peak of the precision in use.
  public func heldToPeak() -> ThroughputEstimate {
    var estimate = self
    let known = modelFlopsUtilization
    guard known.p90 > 1 || hardwareFlopsUtilization > 1 else { return self }
    // Recomputed operations are done as well: the middle can be no faster than the chip does both.
    let work = max(known.p50, hardwareFlopsUtilization)
    let slower = max(1, work)
    func held(_ rate: Double, _ utilization: Double) -> Double {
      rate / max(slower, utilization)
    }
    let rate = tokensPerSecondPerChip
    estimate.tokensPerSecondPerChip = Percentiles(
      p10: min(held(rate.p50, known.p50), rate.p10 / max(1, known.p10)),
      p50: held(rate.p50, known.p50), p90: rate.p90 / max(1, known.p90))
    estimate.modelFlopsUtilization = Percentiles(
      p10: min(held(known.p50, known.p50), known.p10), p50: held(known.p50, known.p50),
      p90: min(1, known.p90))
    estimate.hardwareFlopsUtilization /= slower
    estimate.stepSeconds *= slower
    estimate.breakdown = breakdown.map { NamedPart(name: $0.name, value: $0.value * slower) }
    return estimate
  }
}
