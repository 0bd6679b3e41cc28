import Catalog
import Quantities

/// Sets a price beside those it should be like.
struct PriceComparison {
  /// Prices by `provider/instance/purchase`, ascending.
  private let regions: [String: [Double]]
  /// Prices by offer id.
  private let prices: [String: Double]
  private let builtIn: [String: Double]

  /// The same thing bought the same way costs within this factor of the median everywhere; on spot the
  /// market moves each region by itself.
  static let likelyFactor = 2.0
  static let likelySpotFactor = 5.0

  init(_ catalog: Catalog, builtIn: Catalog) {
    func priced(_ catalog: Catalog) -> [String: Double] {
      Dictionary(
        catalog.offers.compactMap { offer in offer.usdPerInstanceHour.map { (offer.id, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    prices = priced(catalog)
    self.builtIn = priced(builtIn)
    regions = Dictionary(grouping: catalog.offers.filter { $0.usdPerInstanceHour != nil }) {
      Self.key($0)
    }.mapValues { $0.compactMap(\.usdPerInstanceHour).sorted() }
  }

  private static func key(_ offer: Offer) -> String {
    "\(offer.provider)/\(offer.instance)/\(offer.purchase.rawValue)"
  }

  /// What a price is not like, with what it was compared with.
  func findings(of offer: Offer, price: Double) -> [(PriceCheck.Finding, String)] {
    var found: [(PriceCheck.Finding, String)] = []
    let factor = offer.purchase == .spot ? Self.likelySpotFactor : Self.likelyFactor
    if let detail = unlikeRegions(offer, price, factor) {
      found.append((.unlikeOtherRegions, detail))
    }
    if let old = builtIn[offer.id], price > old * factor || price < old / factor {
      found.append((.unlikeBuiltIn, "built-in \(Decimals.shortest(old))"))
    }
    for purchase in Self.dearer[offer.purchase] ?? [] {
      let neighbour = "\(offer.provider)/\(offer.instance)/\(offer.region)/\(purchase.rawValue)"
      // A thousandth is rounding.
      if let other = prices[neighbour], price > other * 1.001 {
        found.append(
          (.dearerThanNeighbour, "\(purchase.rawValue) \(Decimals.shortest(other))"))
      }
    }
    return found
  }

  private func unlikeRegions(_ offer: Offer, _ price: Double, _ factor: Double) -> String? {
    guard let all = regions[Self.key(offer)], all.count >= 3 else { return nil }
    let median = (all[(all.count - 1) / 2] + all[all.count / 2]) / 2
    guard price > median * factor || price < median / factor else { return nil }
    return "median of \(all.count) regions \(Decimals.significant(median, 6))"
  }

  /// For each purchase, those that ask less of the buyer and so should not be cheaper: capacity that
  /// can be taken back, waits in a queue, or is bound for years is sold below capacity on demand.
  private static let dearer: [Purchase: [Purchase]] = [
    .spot: [.onDemand], .flexStart: [.onDemand],
    .commit1Year: [.onDemand], .commit3Year: [.onDemand, .commit1Year],
    .commit1YearNoUpfront: [.onDemand],
    .commit1YearPartialUpfront: [.onDemand, .commit1YearNoUpfront],
    .commit1YearAllUpfront: [.onDemand, .commit1YearNoUpfront],
    .commit3YearNoUpfront: [.onDemand, .commit1YearNoUpfront],
    .commit3YearPartialUpfront: [.onDemand, .commit3YearNoUpfront],
    .commit3YearAllUpfront: [.onDemand, .commit3YearNoUpfront],
    .savingsPlan1YearNoUpfront: [.onDemand],
    .savingsPlan1YearPartialUpfront: [.onDemand, .savingsPlan1YearNoUpfront],
    .savingsPlan1YearAllUpfront: [.onDemand, .savingsPlan1YearNoUpfront],
    .savingsPlan3YearNoUpfront: [.onDemand, .savingsPlan1YearNoUpfront],
    .savingsPlan3YearPartialUpfront: [.onDemand, .savingsPlan3YearNoUpfront],
    .savingsPlan3YearAllUpfront: [.onDemand, .savingsPlan3YearNoUpfront],
  ]
}
