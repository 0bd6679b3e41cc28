import Quantities
import Throughput
import Uncertainty

extension ThroughputEstimate {
  /// The estimate with the scenario's own ranges of its speed and of its goodput.
  func taking(_ spreads: [String: SettledRange], accelerator: String) -> ThroughputEstimate {
    guard !spreads.isEmpty else { return self }
    var estimate = self
    if let range = spreads[InputDeclaration.throughput.name(of: accelerator)],
      let factor = try? range.distribution()
    {
      estimate.speedUp(factor.value(score: 0))
      func spread(_ middle: Double) -> Percentiles {
        let relative = middle / factor.value(score: 0)
        return Percentiles(
          p10: relative * factor.quantile(0.1), p50: middle, p90: relative * factor.quantile(0.9))
      }
      estimate.tokensPerSecondPerChip = spread(estimate.tokensPerSecondPerChip.p50)
      estimate.modelFlopsUtilization = spread(estimate.modelFlopsUtilization.p50)
    }
    if let range = spreads[InputDeclaration.goodput.name(of: accelerator)],
      let factor = try? range.distribution()
    {
      let middle = estimate.goodput.p50
      estimate.goodput = Percentiles(
        p10: min(1, middle * factor.quantile(0.1)), p50: min(1, middle * factor.value(score: 0)),
        p90: min(1, middle * factor.quantile(0.9)))
    }
    return estimate
  }
}
