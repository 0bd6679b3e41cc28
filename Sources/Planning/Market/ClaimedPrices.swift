import Catalog
import Quantities
import Throughput

extension Candidate {
  /// The candidate with the claims that touch it, and their prices.
  func taking(_ claims: [AppliedClaim]) -> Candidate {
    let touching = claims.filter { $0.touches(route: route, accelerator: accelerator.id) }
    guard !touching.isEmpty else { return self }
    var candidate = self
    candidate.claims = touching
    for claim in touching {
      switch claim.effect {
      case .output, .utilization: continue
      case .cost(let factor): candidate.scalePrice(factor)
      case .price(let dollars):
        guard case .rent(var offer) = candidate.source else { continue }
        offer.usdPerInstanceHour = dollars * Double(offer.chipsPerInstance)
        candidate.source = .rent(offer)
      }
    }
    return candidate
  }

  private mutating func scalePrice(_ factor: Double) {
    switch source {
    case .rent(var offer):
      offer.usdPerInstanceHour = offer.usdPerInstanceHour.map { $0 * factor }
      source = .rent(offer)
    case .buy(var quote):
      quote.capex = Interval(
        low: quote.capex.low.map { $0 * factor }, typical: quote.capex.typical.map { $0 * factor },
        high: quote.capex.high.map { $0 * factor })
      source = .buy(quote)
    }
  }
}

extension ThroughputEstimate {
  /// The estimate as claims would have it.
  func taking(_ claims: [AppliedClaim]) -> ThroughputEstimate {
    var estimate = self
    for claim in claims {
      switch claim.effect {
      case .output(let factor): estimate.speedUp(factor)
      case .utilization(let share):
        estimate.speedUp(share / estimate.modelFlopsUtilization.p50)
      case .cost, .price: continue
      }
    }
    return estimate
  }

  /// More work in the same time.
  mutating func speedUp(_ factor: Double) {
    func scaled(_ range: Percentiles) -> Percentiles {
      Percentiles(
        p10: range.p10 * factor, p50: range.p50 * factor, p90: range.p90 * factor)
    }
    stepSeconds /= factor
    tokensPerSecondPerChip = scaled(tokensPerSecondPerChip)
    modelFlopsUtilization = scaled(modelFlopsUtilization)
    hardwareFlopsUtilization *= factor
    breakdown = breakdown.map { NamedPart(name: $0.name, value: $0.value / factor) }
  }
}
