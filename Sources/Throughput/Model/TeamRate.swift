import Quantities

extension ThroughputEstimate {
  /// The estimate after a team's lag behind tuned software: rate and utilisation fall by its middle,
  /// their ranges widen by its own; `tunedTokensPerSecondPerChip` stays.
  public func after(_ lag: Percentiles) -> ThroughputEstimate {
    func slowed(_ range: Percentiles) -> Percentiles {
      let middle = range.p50 * lag.p50
      func end(_ own: Double, _ others: Double) -> Double {
        let (first, second) = (Elementary.ln(own), Elementary.ln(others))
        return Elementary.exponential((first * first + second * second).squareRoot())
      }
      return Percentiles(
        p10: middle / end(range.p50 / range.p10, lag.p50 / lag.p10), p50: middle,
        p90: middle * end(range.p90 / range.p50, lag.p90 / lag.p50))
    }
    var estimate = self
    estimate.stepSeconds /= lag.p50
    estimate.tokensPerSecondPerChip = slowed(tokensPerSecondPerChip)
    estimate.modelFlopsUtilization = slowed(modelFlopsUtilization)
    estimate.hardwareFlopsUtilization *= lag.p50
    estimate.breakdown = breakdown.map {
      NamedPart(name: $0.name, value: $0.value)
    }
    estimate.breakdown.append(
      NamedPart(name: "team_lag", value: estimate.stepSeconds - stepSeconds))
    return estimate
  }
}
