import Catalog

/// What differs between two sets of offers, by id.
public struct OfferDifference: Sendable {
  /// How an offer differs.
  public enum Kind: String, CaseIterable, Sendable {
    case added, removed, changed
    /// The price is the same, something else about the offer isn't.
    case terms
  }

  /// One offer that differs.
  public struct Row: Sendable {
    public var id: String
    public var kind: Kind
    /// US dollars per instance and hour; nil when unknown or when there is no such offer.
    public var before: Double?
    public var after: Double?
    public var asOfBefore: String
    public var asOfAfter: String
  }

  /// In the order of the later set, then what was removed in the order of the earlier one.
  public let rows: [Row]

  /// Compares two sets; a new date or source alone is no difference.
  public init(from earlier: [Offer], to later: [Offer]) {
    let old = Dictionary(earlier.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Set(later.map(\.id))
    let present = later.compactMap { offer -> Row? in
      guard let kind = Self.kind(old[offer.id], offer) else { return nil }
      return Row(
        id: offer.id, kind: kind, before: old[offer.id]?.usdPerInstanceHour,
        after: offer.usdPerInstanceHour, asOfBefore: old[offer.id]?.provenance.asOf ?? "",
        asOfAfter: offer.provenance.asOf)
    }
    let removed = earlier.filter { !new.contains($0.id) }.map { offer in
      Row(
        id: offer.id, kind: .removed, before: offer.usdPerInstanceHour,
        asOfBefore: offer.provenance.asOf, asOfAfter: "")
    }
    rows = present + removed
  }

  private static func kind(_ old: Offer?, _ new: Offer) -> Kind? {
    guard var old else { return .added }
    if old.usdPerInstanceHour != new.usdPerInstanceHour { return .changed }
    old.provenance = new.provenance
    return old == new ? nil : .terms
  }
}
