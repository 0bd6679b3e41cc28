import Catalog
import Quantities

/// Limits that need no figure: policy, and what can't be bought at all.
extension Candidate {
  func standingReasons(_ scenario: Scenario) -> [Reason] {
    var reasons = policyReasons(scenario)
    if accelerator.availability != .available {
      reasons.append(
        Reason(
          code: "accelerator_\(accelerator.availability.rawValue)",
          message: accelerator.availabilityReason,
          nearestChange: "wait until it is sold, or choose another accelerator"))
    }
    if accelerator.bf16Teraflops == nil || accelerator.memoryGiB == nil
      || accelerator.memoryGBPerSecond == nil
    {
      reasons.append(
        Reason(
          code: "unknown_rates",
          message: "the 16-bit rate or the memory of \(accelerator.name) is not published",
          nearestChange: "put the figures into accelerators.csv"))
    }
    reasons += quotaReasons(scenario)
    switch source {
    case .rent(let offer): reasons += offerReasons(offer)
    case .buy(let quote): reasons += quoteReasons(quote)
    }
    return reasons
  }

  /// A quota below the smallest number of chips it comes in.
  private func quotaReasons(_ scenario: Scenario) -> [Reason] {
    guard let quota = scenario.policy.quotas[accelerator.id] else { return [] }
    var least = chipsPerInstance
    if case .rent(let offer) = source, let smallest = offer.chipCounts.first { least = smallest }
    guard quota < least else { return [] }
    return [
      Reason(
        code: "quota",
        message: "the quota of \(quota) \(accelerator.id) is below the \(least) "
          + "it comes in at least",
        limit: Double(quota), needed: Double(least), unit: "chips",
        nearestChange: "a quota of \(least) \(accelerator.id)")
    ]
  }

  private func policyReasons(_ scenario: Scenario) -> [Reason] {
    var reasons: [Reason] = []
    if scenario.containsUserData && route != .buyGPU {
      reasons.append(
        Reason(
          code: "user_data",
          message: "the job touches user data, which must stay on machines of one's own",
          nearestChange: "train without user data, or buy servers"))
    }
    reasons += placeReasons(scenario)
    if scenario.purchases.isEmpty && purchase == .spot && scenario.renting.spotMeanHours == nil {
      reasons.append(
        Reason(
          code: "interruptible",
          message: "spot capacity can be taken back at any time, and no source says how often",
          nearestChange: "--spot-mean-hours gives a rate; --purchases spot plans on it all the same"
        ))
    }
    if !scenario.purchases.isEmpty && !scenario.purchases.contains(purchase) && purchase != .own {
      reasons.append(
        Reason(
          code: "purchase_not_allowed",
          message: "purchase \(purchase.rawValue) is not among those allowed",
          nearestChange: "add \(purchase.rawValue) to --purchases"))
    }
    return reasons
  }

  private func placeReasons(_ scenario: Scenario) -> [Reason] {
    var reasons: [Reason] = []
    let policy = scenario.policy
    if !scenario.providers.isEmpty && !scenario.providers.contains(provider) {
      reasons.append(
        Reason(
          code: "provider_not_allowed", message: "provider \(provider) is not among those allowed",
          nearestChange: "add \(provider) to --providers"))
    }
    if policy.deniedProviders.contains(provider) {
      reasons.append(
        Reason(
          code: "provider_denied", message: "provider \(provider) is ruled out",
          nearestChange: "take \(provider) out of --deny-providers"))
    }
    guard route != .buyGPU else { return reasons }
    let name = region.isEmpty ? "(not stated)" : region
    if !scenario.regions.isEmpty && !scenario.regions.contains(region) {
      reasons.append(
        Reason(
          code: "region_not_allowed", message: "region \(name) is not among those allowed",
          nearestChange: "add \(name) to --regions"))
    }
    if policy.deniedRegions.contains(region) {
      reasons.append(
        Reason(
          code: "region_denied", message: "region \(name) is ruled out",
          nearestChange: "take \(name) out of --deny-regions"))
    }
    return reasons
  }

  private func offerReasons(_ offer: Offer) -> [Reason] {
    var reasons: [Reason] = []
    if offer.obtainable == .no {
      reasons.append(
        Reason(
          code: "not_sold", message: offer.reason,
          nearestChange: "another purchase type or region of \(offer.accelerator)"))
    } else if offer.usdPerInstanceHour == nil {
      reasons.append(
        Reason(
          code: "no_price", message: "no price is known: \(offer.reason)",
          nearestChange: "put a quote for \(offer.id) into your own offers.csv"))
    }
    return reasons
  }

  private func quoteReasons(_ quote: ServerQuote) -> [Reason] {
    var reasons: [Reason] = []
    if quote.status == .other || quote.status == .announced {
      reasons.append(
        Reason(
          code: "not_sold", message: quote.reason,
          nearestChange: "a quote for another server in quotes.csv"))
    }
    if quote.capex.central == nil {
      reasons.append(
        Reason(
          code: "no_price", message: "no server price is known: \(quote.reason)",
          nearestChange: "put a quote for \(quote.id) into your own quotes.csv"))
    }
    return reasons
  }
}
