import Catalog
import Economics
import Quantities

/// Something that could be rented or bought, before any figure is computed.
struct Candidate: Sendable {
  /// What is paid for.
  enum Source: Sendable {
    case rent(Offer)
    case buy(ServerQuote)
  }

  var source: Source
  /// The chip as this offer joins it.
  var accelerator: Accelerator
  var route: Route
  /// Limits that stand before any figure is computed.
  var reasons: [Reason] = []
  /// Claims that change its figures.
  var claims: [AppliedClaim] = []
  /// What a rented one's seller bills; nil when bought.
  var terms: OfferTerms?
  /// The rest of its bill, as far as it doesn't depend on the size of the work.
  var otherCosts = OtherCosts()

  /// Every offer and quote of the catalogue that belongs to a route asked for, without the rest of
  /// their bills.
  static func sold(in catalog: Catalog, scenario: Scenario) -> [Candidate] {
    let own = scenario.quotes.compactMap { $0.offer(in: catalog, today: scenario.today) }
    let servers = scenario.quotes.compactMap { $0.servers(in: catalog, today: scenario.today) }
    let rented = (own + catalog.offers).compactMap { listed -> Candidate? in
      guard let chip = catalog.accelerator(listed.accelerator) else { return nil }
      let offer = scenario.renting.discounted(listed)
      return Candidate(
        source: .rent(offer), accelerator: offer.fitted(chip), route: Route(renting: chip.kind),
        terms: OfferTerms(offer))
    }
    let bought = (servers + catalog.quotes).compactMap { quote -> Candidate? in
      guard let chip = catalog.accelerator(quote.accelerator) else { return nil }
      return Candidate(source: .buy(quote), accelerator: chip, route: .buyGPU)
    }
    return (rented + bought).filter { scenario.routes.contains($0.route) }.map {
      var candidate = $0.taking(scenario.claims)
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
}

extension Candidate {
  /// What tells which uncertain inputs it hangs on.
  var inputs: OptionInputs {
    OptionInputs(
      route: route, provider: provider, offer: offerName, accelerator: accelerator.id,
      generation: accelerator.generation)
  }
}
