import Catalog
import Quantities

/// How old each price of a catalogue is, and which can't be right.
public struct PriceCheck: Sendable {
  /// What is wrong with an offer's price, or nothing.
  public enum Finding: String, CaseIterable, Sendable {
    /// Of the age asked for, and like its neighbours.
    case fresh
    /// Older than the limit.
    case old
    /// Of no known day.
    case undated
    /// Of a day that is yet to come.
    case future
    /// An offer that may be had, and no price of it is known.
    case noPrice = "no_price"
    /// A chip that can be had, and no offer or quote of it has a price.
    case noPriceOfChip = "no_price_of_chip"
    /// Far from the same offer in other regions.
    case unlikeOtherRegions = "unlike_other_regions"
    /// Dearer than a purchase in the same region that asks for less.
    case dearerThanNeighbour = "dearer_than_neighbour"
    /// Far from the built-in price of the same offer.
    case unlikeBuiltIn = "unlike_built_in"
    /// Of an offer that is new, and far from what the chip costs elsewhere.
    case unlikeOthersOfChip = "unlike_others_of_chip"

    init(_ finding: PriceComparison.Finding) {
      switch finding {
      case .unlikeOtherRegions: self = .unlikeOtherRegions
      case .dearerThanNeighbour: self = .dearerThanNeighbour
      case .unlikeBuiltIn: self = .unlikeBuiltIn
      case .unlikeOthersOfChip: self = .unlikeOthersOfChip
      }
    }
  }

  /// One finding about one offer or chip.
  public struct Row: Sendable {
    /// The offer's id, or the accelerator's.
    public var id: String
    public var finding: Finding
    public var usdPerInstanceHour: Double?
    public var asOf: String
    /// Days since the price was seen; of a date of less precision, since the first day it may mean.
    public var ageDays: Int?
    /// What it was compared with.
    public var detail: String
  }

  /// Every offer at least once, in the catalogue's order, then chips without a price.
  public let rows: [Row]

  /// The rows that say something is wrong.
  public var findings: [Row] { rows.filter { $0.finding != .fresh } }

  /// Checks a catalogue.
  ///
  /// - Parameters:
  ///   - today: ages are counted to this day.
  ///   - limitDays: a price older than this is old.
  ///   - builtIn: what the catalogue's prices are compared with when it has tables laid over.
  public init(_ catalog: Catalog, today: CalendarDate, limitDays: Double, builtIn: Catalog) {
    let comparison = PriceComparison(catalog, builtIn: builtIn)
    var rows: [Row] = []
    for offer in catalog.offers {
      rows += Self.rows(of: offer, comparison, today: today, limitDays: limitDays)
    }
    let priced = Set(
      catalog.offers.filter { $0.usdPerInstanceHour != nil }.map(\.accelerator)
        + catalog.quotes.filter { $0.capex.central != nil }.map(\.accelerator))
    for chip in catalog.accelerators
    where chip.availability == .available && !priced.contains(chip.id) {
      rows.append(
        Row(
          id: chip.id, finding: .noPriceOfChip, asOf: chip.provenance.asOf,
          detail: "no offer and no quote of \(chip.name) has a price"))
    }
    self.rows = rows
  }

  private static func rows(
    of offer: Offer, _ comparison: PriceComparison, today: CalendarDate, limitDays: Double
  ) -> [Row] {
    let asOf = offer.provenance.asOf
    let age = firstDay(asOf).map { today.daysSinceEpoch - $0.daysSinceEpoch }
    func row(_ finding: Finding, _ detail: String = "") -> Row {
      Row(
        id: offer.id, finding: finding, usdPerInstanceHour: offer.usdPerInstanceHour, asOf: asOf,
        ageDays: age, detail: detail)
    }
    guard let price = offer.usdPerInstanceHour else {
      // What is not sold has no price to be missing.
      return offer.obtainable == .no ? [row(.fresh, offer.reason)] : [row(.noPrice, offer.reason)]
    }
    var rows: [Row] = []
    if let age {
      if age < 0 { rows.append(row(.future)) }
      if Double(age) > limitDays { rows.append(row(.old)) }
    } else {
      rows.append(row(.undated))
    }
    for difference in comparison.differences(of: offer, price: price) {
      rows.append(row(Finding(difference.finding), difference.detail))
    }
    return rows.isEmpty ? [row(.fresh)] : rows
  }

  /// The first day that an ISO date of full or less precision may mean.
  static func firstDay(_ text: String) -> CalendarDate? {
    let whole = text.count == 4 ? text + "-01-01" : text.count == 7 ? text + "-01" : text
    return try? CalendarDate(parsing: whole)
  }
}
