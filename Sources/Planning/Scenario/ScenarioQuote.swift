import Catalog
import Quantities

/// An offer in the buyer's hands, as a table of the scenario: it stands among the catalogue's, first in
/// its class, at its own price.
///
///     [[quote]]
///     name = "nimbus-b300"
///     provider = "nimbus"
///     accelerator = "b300"
///     price = 5.10          # US dollars a chip-hour
///     chips_least = 256
///     chips_most = 1024
///     term = "6mo"
///     prepayment = 0.2
///     start = 2027-03-01
///     take_or_pay = 1.0
///     in_hand = true
public struct ScenarioQuote: Hashable, Sendable {
  /// What it is called; the option's id holds it.
  public var name: String
  public var provider: String
  /// Id of the chip.
  public var accelerator: String
  /// US dollars a chip-hour of rent; nil for servers to buy.
  public var dollarsPerChipHour: Double?
  /// US dollars a server to buy; nil for rent.
  public var dollarsPerServer: Double?
  public var chipsPerServer: Int?
  public var chipsLeast: Int?
  public var chipsMost: Int?
  /// Hours of the term that is owed; nil where it is paid by use.
  public var termHours: Double?
  /// Shares of the contract's value, 0 to 1.
  public var prepayment: Double?
  public var takeOrPay: Double?
  public var refund: Double?
  /// Discount on the price given, which is then the list price.
  public var discountOnList: Double?
  public var start: CalendarDate?
  /// Weeks from order to dock of servers.
  public var leadWeeks: Double?
  public var region: String
  /// Whether it is signed or granted already.
  public var isInHand: Bool
  public var origin: SettingOrigin

  /// What the offer of a quote is called in an option's id begins so.
  public static let prefix = "quote:"

  /// The keys of its table.
  public static let keys = [
    "name", "provider", "accelerator", "price", "server_price", "chips_per_server", "chips",
    "chips_least", "chips_most", "term", "prepayment", "take_or_pay", "refund",
    "discount_on_list", "start", "lead_weeks", "region", "in_hand",
  ]

  private var terms: SellerTerms {
    var terms = SellerTerms.unsaid
    terms.prepaymentShare = prepayment
    terms.takeOrPayShare = takeOrPay
    terms.refundShare = refund
    terms.chipsLeast = chipsLeast
    terms.chipsMost = chipsMost
    terms.startDate = start
    terms.listDiscountShare = discountOnList
    terms.isInHand = isInHand
    return terms
  }

  private func provenance(_ today: CalendarDate) -> Provenance {
    Provenance(
      source: origin.description, asOf: today.iso, grade: .a, note: "the buyer's own quote")
  }

  /// The offer that it stands for; nil for servers to buy, or a chip that the catalogue doesn't know.
  func offer(in catalog: Catalog, today: CalendarDate) -> Offer? {
    guard let price = dollarsPerChipHour, let chip = catalog.accelerator(accelerator) else {
      return nil
    }
    return Offer(
      quote: Self.prefix + name, provider: provider, accelerator: accelerator, region: region,
      purchase: Self.purchase(termHours), usdPerChipHour: price,
      like: catalog.offers.first { $0.accelerator == accelerator && $0.provider == provider },
      chipsPerInstance: chip.chipsPerHost ?? 8, termHours: termHours, terms: terms,
      provenance: provenance(today))
  }

  /// The servers that it stands for; nil for rent.
  func servers(in catalog: Catalog, today: CalendarDate) -> ServerQuote? {
    guard let price = dollarsPerServer, catalog.accelerator(accelerator) != nil else { return nil }
    return ServerQuote(
      quote: Self.prefix + name, name: name, accelerator: accelerator, chips: chipsPerServer,
      usdPerServer: price, leadTimeWeeks: leadWeeks,
      like: catalog.quotes.first { $0.accelerator == accelerator && $0.status == .available },
      terms: terms, provenance: provenance(today))
  }

  /// The contract nearest in length; its own term binds.
  private static func purchase(_ hours: Double?) -> Purchase {
    guard let hours else { return .onDemand }
    let contracts: [Purchase] = [
      .contract1Month, .contract3Months, .contract6Months, .contract1Year, .contract2Years,
      .contract3Years,
    ]
    func distance(_ purchase: Purchase) -> Double {
      let ratio: Double = (purchase.committedHours ?? 1) / max(1, hours)
      return max(ratio, 1 / ratio)
    }
    return contracts.min { distance($0) < distance($1) } ?? .contract1Year
  }
}
