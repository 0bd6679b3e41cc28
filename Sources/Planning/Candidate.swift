import Catalog
import Quantities

/// Something that could be rented or bought, before any figure is computed.
struct Candidate {
  /// What is paid for.
  enum Source {
    case rent(Offer)
    case buy(ServerQuote)
  }

  var source: Source
  /// The chip as this offer joins it.
  var accelerator: Accelerator
  var route: Route
  /// Limits that stand before any figure is computed.
  var reasons: [Reason] = []

  /// Every offer and quote of the catalogue that belongs to a route asked for.
  static func all(in catalog: Catalog, scenario: Scenario) -> [Candidate] {
    let rented = catalog.offers.compactMap { offer -> Candidate? in
      guard let chip = catalog.accelerator(offer.accelerator) else { return nil }
      return Candidate(
        source: .rent(offer), accelerator: offer.fitted(chip), route: Route(renting: chip.kind))
    }
    let bought = catalog.quotes.compactMap { quote -> Candidate? in
      guard let chip = catalog.accelerator(quote.accelerator) else { return nil }
      return Candidate(source: .buy(quote), accelerator: chip, route: .buyGPU)
    }
    return (rented + bought).filter { scenario.routes.contains($0.route) }.map {
      var candidate = $0
      candidate.reasons = candidate.standingReasons(scenario)
      return candidate
    }
  }

  var provider: String {
    switch source {
    case .rent(let offer): offer.provider
    case .buy: "own"
    }
  }

  var offerName: String {
    switch source {
    case .rent(let offer): offer.instance
    case .buy(let quote): quote.id
    }
  }

  var region: String {
    switch source {
    case .rent(let offer): offer.region
    case .buy: Self.ownRegion
    }
  }

  /// Where owned servers stand: a rented hall at the average US tariff.
  static let ownRegion = "us-colocation"

  var purchase: Purchase {
    switch source {
    case .rent(let offer): offer.purchase
    case .buy: .own
    }
  }

  var chipsPerInstance: Int {
    switch source {
    case .rent(let offer): offer.chipsPerInstance
    case .buy(let quote): quote.chips
    }
  }

  /// Chips in one slice when a job takes so many; nil when the offer is not sold by slices.
  func chipsPerSlice(of chips: Int) -> Int? {
    guard case .rent(let offer) = source, let largest = offer.chipCounts.last else { return nil }
    return min(chips, largest)
  }

  /// The option's id with a number of chips.
  func id(chips: Int) -> String {
    [
      route.rawValue, provider, offerName, region.isEmpty ? "unstated" : region, purchase.rawValue,
      String(chips),
    ].joined(separator: "/")
  }

  // MARK: Limits that need no figure

  private func standingReasons(_ scenario: Scenario) -> [Reason] {
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
    switch source {
    case .rent(let offer): reasons += offerReasons(offer)
    case .buy(let quote): reasons += quoteReasons(quote)
    }
    return reasons
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
    if !scenario.providers.isEmpty && !scenario.providers.contains(provider) {
      reasons.append(
        Reason(
          code: "provider_not_allowed", message: "provider \(provider) is not among those allowed",
          nearestChange: "add \(provider) to --providers"))
    }
    if !scenario.regions.isEmpty && route != .buyGPU && !scenario.regions.contains(region) {
      let name = region.isEmpty ? "(not stated)" : region
      reasons.append(
        Reason(
          code: "region_not_allowed", message: "region \(name) is not among those allowed",
          nearestChange: "add \(name) to --regions"))
    }
    if scenario.purchases.isEmpty && purchase == .spot {
      reasons.append(
        Reason(
          code: "interruptible",
          message: "spot capacity can be taken back at any time, and no source says how often",
          nearestChange: "--purchases spot plans on it all the same"))
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
