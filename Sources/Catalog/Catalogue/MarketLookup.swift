/// Finding what the market's tables say of a purchase.
///
/// In each table the rows that name the seller go before those for any; of several that fit, the
/// last one read wins, so that a user's own row wins over the built-in ones.
extension Catalog {
  /// How capacity is had: class, limits, wait and chance of a request of some size.
  ///
  ///     catalog.obtainability(
  ///       provider: "gcp", purchase: .flexStart, accelerator: "tpu-v6e", chips: 256)?.chance.typical
  ///
  /// A pure function of the tables. The class is the market's: a quote in hand, and a quota that the
  /// user has, are for the caller to know. A chain of several terms is a request, whatever one term is.
  ///
  /// - Parameters:
  ///   - provider: a seller's id; `own` for servers to buy.
  ///   - purchase: how it is bought; `.own` for servers.
  ///   - accelerator: the chip's id.
  ///   - chips: how many are asked for at once.
  /// - Returns: nil where no row fits, which no offer and no quote of the built-in catalogue meets.
  public func obtainability(
    provider: String, purchase: Purchase, accelerator: String, chips: Int
  ) -> CapacityChannel? {
    Self.best(
      channels.filter {
        $0.fits(provider, purchase, accelerator) && $0.covers(chips: chips)
      })
  }

  /// The same of an offer.
  public func obtainability(of offer: Offer, chips: Int) -> CapacityChannel? {
    obtainability(
      provider: offer.provider, purchase: offer.purchase, accelerator: offer.accelerator,
      chips: chips)
  }

  /// The same of a server to buy.
  public func obtainability(of quote: ServerQuote, chips: Int) -> CapacityChannel? {
    obtainability(
      provider: Self.ownProvider, purchase: .own, accelerator: quote.accelerator, chips: chips)
  }

  /// Whose shortage a channel shares: the row's word, else the maker of the accelerator.
  public func correlationGroup(of channel: CapacityChannel, accelerator: String) -> String {
    guard channel.correlationGroup.isEmpty else { return channel.correlationGroup }
    return self.accelerator(accelerator)?.vendor ?? ""
  }

  /// The discount on record for a buyer of some size; nil where no row fits.
  ///
  /// - Parameters:
  ///   - provider: a seller's id; `own` for servers to buy.
  ///   - purchase: how it is bought; `.own` for servers.
  ///   - accelerator: the chip's id.
  ///   - chips: the size of the purchase.
  ///   - dollars: what the whole purchase comes to at list.
  public func discount(
    provider: String, purchase: Purchase, accelerator: String, chips: Int, dollars: Double
  ) -> DiscountRecord? {
    Self.best(
      discounts.filter {
        $0.fits(provider, purchase, accelerator) && $0.covers(chips: chips, dollars: dollars)
      })
  }

  /// List and expected price of an offer, US dollars per chip and hour.
  ///
  /// A user's own quote stands as it is: one in hand, one of grade A, and one that names its discount
  /// on the list, which is taken off.
  public func expectedPrice(of offer: Offer, chips: Int, dollars: Double) -> ExpectedPrice {
    let list = offer.usdPerChipHour
    if let price = offer.terms.settled(list, offer.provenance.grade) { return price }
    let record = discount(
      provider: offer.provider, purchase: offer.purchase, accelerator: offer.accelerator,
      chips: chips, dollars: dollars)
    return Self.expected(list, Interval(low: list, typical: list, high: list), record)
  }

  /// List and expected price of a server, US dollars apiece; the list is the quote's typical price.
  public func expectedPrice(of quote: ServerQuote, chips: Int, dollars: Double) -> ExpectedPrice {
    let list = quote.capex.central
    if let price = quote.terms.settled(list, quote.provenance.grade) { return price }
    let record = discount(
      provider: Self.ownProvider, purchase: .own, accelerator: quote.accelerator, chips: chips,
      dollars: dollars)
    return Self.expected(list, quote.capex, record)
  }

  private static func expected(
    _ list: Double?, _ listed: Interval, _ record: DiscountRecord?
  ) -> ExpectedPrice {
    guard let record else { return ExpectedPrice(list: list, expected: listed) }
    let low = record.expected(list: listed.lower ?? 0)
    let typical = record.expected(list: list ?? 0)
    let high = record.expected(list: listed.upper ?? 0)
    guard list != nil || record.basis == .dollarsPerChipHour else {
      return ExpectedPrice(list: nil, expected: listed, record: record)
    }
    return ExpectedPrice(
      list: list,
      expected: Interval(low: low.lower, typical: typical.central, high: high.upper),
      record: record)
  }

  /// The judgement on a topic for a case; nil when there is none.
  ///
  ///     catalog.judgement("lead_time", appliesTo: "b300")?.days?.typical
  public func judgement(_ topic: String, appliesTo word: String) -> Judgement? {
    judgements.last { $0.topic == topic && $0.appliesTo.contains(word) }
  }

  /// What stands for a provider where servers are bought.
  public static let ownProvider = "own"

  /// The last of the rows that name a seller, else of those for any.
  private static func best<Row: MarketRow>(_ rows: [Row]) -> Row? {
    rows.last { !$0.providers.isEmpty } ?? rows.last
  }
}

/// A row that speaks of sellers, ways of purchase and accelerators.
protocol MarketRow {
  var providers: [String] { get }
  var purchases: [Purchase] { get }
  var accelerators: [String] { get }
}

extension MarketRow {
  func fits(_ provider: String, _ purchase: Purchase, _ accelerator: String) -> Bool {
    (purchases.isEmpty || purchases.contains(purchase))
      && (accelerators.isEmpty || accelerators.contains(accelerator))
      && (providers.isEmpty || providers.contains(provider))
  }
}

extension CapacityChannel: MarketRow {}
extension DiscountRecord: MarketRow {}

extension SellerTerms {
  /// The price of a quote that no record changes; nil where the tables have a say.
  fileprivate func settled(_ list: Double?, _ grade: EvidenceGrade) -> ExpectedPrice? {
    guard isInHand || grade == .a || listDiscountShare != nil else { return nil }
    let price = list.map { $0 * (1 - (listDiscountShare ?? 0)) }
    return ExpectedPrice(
      list: list, expected: Interval(low: price, typical: price, high: price))
  }
}
