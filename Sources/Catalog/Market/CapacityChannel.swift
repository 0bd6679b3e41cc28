import Quantities

/// Whether capacity is there, promised, or only asked for.
public enum CapacityClass: String, CaseIterable, Sendable {
  /// The user has it already: a quote that is signed, a grant. Never in a table; a quote says so.
  case inHand = "in_hand"
  /// A seller sells this size and term under a contract: a quote, a wait and a chance.
  case contract
  /// A queue or a quota without a promise.
  case request
}

/// What happens when a term is over.
public enum EndOfTerm: String, CaseIterable, Sendable {
  /// Capacity is taken back; more needs a new request.
  case stop
  /// It can be prolonged where capacity is free, up to the longest term.
  case extensionIfFree = "extension_if_free"
  /// A new term is negotiated before the old one ends.
  case renewal
  /// It runs until the buyer ends it.
  case runsOn = "runs_on"
}

/// How capacity of one channel is had: one seller's way to sell some accelerators, for one range of
/// sizes.
///
/// A row of obtainability.csv. Rows of a channel part its sizes among them; `Catalog.obtainability`
/// finds the one for a size. The row's `id` names the channel: requests on one channel, in whatever
/// region, share one draw of the market.
public struct CapacityChannel: Hashable, Identifiable, Sendable {
  /// `channel/size`.
  public var id: String
  /// Sellers it speaks of; empty for any that no other row names.
  public var providers: [String]
  /// Ways of purchase it speaks of; empty for any.
  public var purchases: [Purchase]
  /// Accelerators it speaks of; empty for any.
  public var accelerators: [String]
  public var capacityClass: CapacityClass
  /// Sizes of a request it speaks of, in chips, both ends among them; nil is no bound.
  public var chipsLeast: Int?
  public var chipsMost: Int?
  /// Most chips that the seller's rules let one buyer hold at once; nil where none is published.
  public var mostChipsAtOnce: Int?
  /// Chips that a new account may have without asking; nil where none is published.
  public var defaultQuotaChips: Int?
  /// Longest term of one purchase, days; nil where none is published.
  public var longestTermDays: Double?
  /// Terms are whole multiples of so many days; nil where any length is sold.
  public var termStepDays: Double?
  /// Days before the start at which it must be ordered at the latest, where there is such a rule.
  public var noticeDays: Double?
  /// Days from asking to the start for a buyer who gets it.
  public var waitMedianDays: Double?
  public var waitP90Days: Double?
  /// Chance that a request of such a size is granted, 0 to 1: low, typical and high belief.
  public var chance: Interval
  /// Whose shortage it shares; empty: of the maker of its accelerators.
  public var correlationGroup: String
  public var endOfTerm: EndOfTerm?
  /// Share of the price of the rest of a term that a buyer who stops early gets back, 0 to 1.
  public var refundShare: Double?
  /// Whether it can be cancelled before it starts; nil when unknown.
  public var isCancellable: Bool?
  public var provenance: Provenance

  /// Whether the row speaks of a size.
  public func covers(chips: Int) -> Bool {
    chips >= chipsLeast ?? 0 && chips <= chipsMost ?? .max
  }
}

extension CapacityChannel: CatalogTable {
  static let fileName = "obtainability.csv"
  /// Checked where they are read, in ranges of their own.
  static let bounds: [String: Bounds] = [:]
  static let requiredColumns = ["id", "providers", "purchases", "class", "source_url", "grade"]
  static let optionalColumns =
    [
      "accelerators", "chips_least", "chips_most", "most_chips_at_once", "default_quota_chips",
      "longest_term_days", "term_step_days", "notice_days", "wait_median_days", "wait_p90_days",
      "chance_low", "chance_typical", "chance_high", "correlation_group", "end_of_term",
      "refund_share", "cancellable",
    ] + provenanceColumns

  init(row: inout TableRow) {
    let count = 1...10_000_000
    let days = 0.0...10_000
    let capacityClass = row.choice("class", CapacityClass.self) ?? .request
    if capacityClass == .inHand {
      row.fail("class", "“in_hand” is said of a quote of yours, by its column in_hand")
    }
    self.init(
      id: row.requiredText("id"), providers: row.wordsOrAny("providers"),
      purchases: row.choices("purchases", Purchase.self),
      accelerators: row.wordsOrAny("accelerators"), capacityClass: capacityClass,
      chipsLeast: row.integer("chips_least", in: count),
      chipsMost: row.integer("chips_most", in: count),
      mostChipsAtOnce: row.integer("most_chips_at_once", in: count),
      defaultQuotaChips: row.integer("default_quota_chips", in: 0...10_000_000),
      longestTermDays: row.number("longest_term_days", in: days),
      termStepDays: row.number("term_step_days", in: days),
      noticeDays: row.number("notice_days", in: days),
      waitMedianDays: row.number("wait_median_days", in: days),
      waitP90Days: row.number("wait_p90_days", in: days),
      chance: row.interval("chance_low", "chance_typical", "chance_high", in: 0...1),
      correlationGroup: row.text("correlation_group"),
      endOfTerm: row.optionalChoice("end_of_term", EndOfTerm.self),
      refundShare: row.number("refund_share", in: 0...1),
      isCancellable: row.optionalChoice("cancellable", YesNo.self).map { $0 == .yes },
      provenance: row.provenance())
    if let median = waitMedianDays, let late = waitP90Days, late < median {
      row.fail("wait_p90_days", "is less than wait_median_days")
    }
    if let least = chipsLeast, let most = chipsMost, most < least {
      row.fail("chips_most", "is less than chips_least")
    }
  }
}
