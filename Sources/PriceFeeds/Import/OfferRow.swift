import Catalog
import Quantities

/// A line of offers.csv.
struct OfferRow: Equatable {
  /// Cells in the order of `Offer.columns`.
  var cells: [String]
  /// Cells in the order of `Offer.termColumns`: what a quote of the user's says beside its price.
  var terms: [String]

  /// Whether the row needs the columns of a quote's terms.
  var hasTerms: Bool { terms.contains { !$0.isEmpty } }

  /// The line as the file has it, each cell in its column.
  init(_ row: inout TableRow) {
    cells = Offer.columns.map { row.text($0) }
    terms = Offer.termColumns.map { row.text($0) }
  }

  /// An imported price on what is known of its instance.
  ///
  /// - Parameters:
  ///   - price: what the file says.
  ///   - known: the catalogue's offers of the instance; chips and networks are copied from them, the
  ///     rules of sale only from one bought the same way.
  init?(_ price: FeedPrice, known: [Offer]) {
    guard let same = known.first(where: { $0.id == price.id }) ?? Self.closest(price, known) else {
      return nil
    }
    var offer = same
    if same.purchase != price.purchase { Self.setTerms(of: price.purchase, &offer) }
    // What one quote says of its contract holds for no other.
    if same.id != price.id { offer.terms = .unsaid }
    if same.usdPerInstanceHour == nil || same.id != price.id {
      offer.obtainable = Self.obtainability(price, like: same)
      offer.reason = ""
    }
    if price.isOfferedToReader { (offer.obtainable, offer.reason) = (.yes, "") }
    (offer.id, offer.region, offer.purchase) = (price.id, price.region, price.purchase)
    offer.usdPerInstanceHour = Self.rounded(price.usdPerInstanceHour)
    offer.provenance = Provenance(
      source: price.source, asOf: price.asOf, grade: price.grade, note: price.note)
    self.init(offer)
  }

  /// The offer of the instance that is sold most alike.
  private static func closest(_ price: FeedPrice, _ known: [Offer]) -> Offer? {
    known.first { $0.purchase == price.purchase && $0.usdPerInstanceHour != nil }
      ?? known.first { $0.purchase == price.purchase } ?? known.first
  }

  /// A listed price is no promise that there is capacity, above all on spot; it says no more than what
  /// is known of the same purchase elsewhere.
  private static func obtainability(_ price: FeedPrice, like other: Offer) -> Obtainability {
    let isAlike = other.purchase == price.purchase && other.obtainable == .yes
    return isAlike && price.purchase != .spot ? .yes : .unknown
  }

  /// The rules that go with a kind of purchase, as the catalogue's tables have them.
  private static func setTerms(of purchase: Purchase, _ offer: inout Offer) {
    (offer.maxInstances, offer.maxInstancesTotal, offer.leadDays) = (nil, nil, nil)
    (offer.minTermHours, offer.maxTermHours) = (0, nil)
    (offer.payment, offer.termRule) = (.hourly, .none)
    switch purchase {
    case .capacityBlock:
      (offer.minTermHours, offer.maxTermHours) = (24, 4368)
      (offer.payment, offer.termRule) = (.upfront, .capacityBlock)
    case .flexStart:
      (offer.minTermHours, offer.maxTermHours, offer.termRule) = (0.1667, 168, .flexStart)
    case .calendar:
      (offer.minTermHours, offer.maxTermHours) = (24, 2160)
      (offer.payment, offer.termRule) = (.monthly, .calendar)
    case .onDemand, .spot, .own: break
    default:
      (offer.minTermHours, offer.maxTermHours) = (purchase.committedHours, purchase.committedHours)
      offer.payment = purchase.isPaidUpfront ? .upfront : .monthly
      offer.termRule = .commitment
    }
  }

  /// Millionths of a dollar, as fine as any price list; a smaller price stays as it is.
  static func rounded(_ price: Double) -> Double {
    let rounded = (price * 1e6).rounded() / 1e6
    return rounded > 0 ? rounded : price
  }

  /// An offer as a line.
  init(_ offer: Offer) {
    func text(_ value: Double?) -> String { value.map { Decimals.shortest($0) } ?? "" }
    func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }
    let step: Double? =
      switch offer.termRule {
      case .capacityBlock, .calendar: 24
      case .commitment: offer.minTermHours
      case .none, .flexStart: nil
      }
    cells = [
      offer.id, offer.provider, offer.instance, offer.accelerator, String(offer.chipsPerInstance),
      offer.region, offer.purchase.rawValue, text(offer.usdPerInstanceHour),
      offer.payment.rawValue, text(offer.minTermHours), text(step), text(offer.maxTermHours),
      offer.termRule.rawValue, text(offer.maxInstances), text(offer.maxInstancesTotal),
      offer.chipCounts.map { String($0) }.joined(separator: " "), text(offer.multisliceMaxChips),
      text(offer.scaleUpDomainChips), text(offer.scaleUpGBPerSecond),
      text(offer.scaleOutGbitPerSecond), text(offer.leadDays), offer.obtainable.rawValue,
      offer.reason, offer.provenance.source, offer.provenance.asOf,
      offer.provenance.grade.rawValue, offer.provenance.note,
    ]
    terms = offer.terms.cells
  }

  /// The line, RFC 4180, ending in a line feed. Cells are kept as they are: the file is read back by
  /// this program before anybody else.
  func line(withTerms: Bool) -> String { Self.line(withTerms ? cells + terms : cells) }

  static func line(_ cells: [String]) -> String {
    cells.map { cell in
      let needsQuotes = cell.unicodeScalars.contains {
        $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
      }
      return needsQuotes ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
    }.joined(separator: ",") + "\n"
  }
}

extension Purchase {
  /// Whether a commitment's fee, or part of it, is due when it is signed.
  var isPaidUpfront: Bool {
    rawValue.hasSuffix("_all_upfront") || rawValue.hasSuffix("_partial_upfront")
  }
}
