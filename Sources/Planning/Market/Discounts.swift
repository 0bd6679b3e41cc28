import Catalog

extension RentalAssumptions {
  /// An offer at the scenario's price: the provider's discount taken off where list prices hold.
  ///
  /// Capacity Blocks and spot have prices of their own, which agreements don't lower.
  func discounted(_ offer: Offer) -> Offer {
    guard let discount = discounts[offer.provider], isEligible(offer.purchase) else { return offer }
    var offer = offer
    offer.usdPerInstanceHour = offer.usdPerInstanceHour.map { $0 * (1 - discount) }
    return offer
  }

  /// Whether spending on a purchase type counts towards an agreement with the provider.
  func isEligible(_ purchase: Purchase) -> Bool {
    purchase != .capacityBlock && purchase != .spot
  }
}
