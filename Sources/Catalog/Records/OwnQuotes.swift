import Quantities

extension Offer {
  /// A buyer's own quote of rented chips.
  ///
  /// - Parameters:
  ///   - name: what the quote is called in ids.
  ///   - like: an offer of the same seller and chip, whose joining of chips it has; nil takes what the
  ///     chip's row says.
  ///   - chipsPerInstance: where no offer is like it.
  ///   - termHours: that are owed; nil where it is paid by use.
  public init(
    quote name: String, provider: String, accelerator: String, region: String,
    purchase: Purchase, usdPerChipHour: Double, like: Offer?, chipsPerInstance: Int,
    termHours: Double?, terms: SellerTerms, provenance: Provenance
  ) {
    let each = like?.chipsPerInstance ?? chipsPerInstance
    self.init(
      id: "\(provider)/\(name)/\(region)/\(purchase.rawValue)", provider: provider,
      instance: name, accelerator: accelerator, chipsPerInstance: each, region: region,
      purchase: purchase, usdPerInstanceHour: usdPerChipHour * Double(each),
      payment: terms.prepaymentShare == 1 ? .upfront : .monthly, minTermHours: termHours,
      maxTermHours: nil, termRule: termHours == nil ? .none : .commitment, maxInstances: nil,
      maxInstancesTotal: nil, chipCounts: like?.chipCounts ?? [],
      multisliceMaxChips: like?.multisliceMaxChips, scaleUpDomainChips: like?.scaleUpDomainChips,
      scaleUpGBPerSecond: like?.scaleUpGBPerSecond,
      scaleOutGbitPerSecond: like?.scaleOutGbitPerSecond, leadDays: nil, obtainable: .yes,
      reason: "", provenance: provenance, terms: terms)
  }
}

extension ServerQuote {
  /// A buyer's own quote of servers.
  ///
  /// - Parameter like: a server of the same chip, whose power and network it has.
  public init(
    quote id: String, name: String, accelerator: String, chips: Int?, usdPerServer: Double,
    leadTimeWeeks: Double?, like: ServerQuote?, terms: SellerTerms, provenance: Provenance
  ) {
    self.init(
      id: id, accelerator: accelerator, chips: chips ?? like?.chips ?? 8, name: name,
      capex: Interval(low: usdPerServer, typical: usdPerServer, high: usdPerServer),
      serverKilowattsMax: like?.serverKilowattsMax, includesNetwork: like?.includesNetwork ?? "",
      leadTimeWeeks: leadTimeWeeks, rackNote: like?.rackNote ?? "", status: .available,
      reason: "", provenance: provenance, terms: terms)
  }
}
