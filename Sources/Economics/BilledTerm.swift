import Catalog

/// What a wanted length of time becomes once the seller's terms are applied, per instance.
public struct BilledTerm: Hashable, Sendable {
  /// Hours paid for.
  public var billedHours: Double
  /// Hours of work that were asked for.
  public var usefulHours: Double
  /// Blocks, requests or commitments chained, 0 when nothing is asked for.
  public var segments: Int
  /// Hours from the first start to the end of the work, with the gaps between segments.
  public var calendarHours: Double

  public init(billedHours: Double, usefulHours: Double, segments: Int, calendarHours: Double) {
    self.billedHours = billedHours
    self.usefulHours = usefulHours
    self.segments = segments
    self.calendarHours = calendarHours
  }

  static let nothing = BilledTerm(billedHours: 0, usefulHours: 0, segments: 0, calendarHours: 0)
}

/// The sellers' rules, as numbers.
public enum RentalTerms {
  /// Longest EC2 Capacity Block, days.
  public static let longestBlockDays = 182.0
  /// Days up to which a block is sold by the day; past it, by seven days.
  public static let blockDaysByTheDay = 14.0
  /// Hours before its end that the instances of a block are stopped.
  public static let blockStopHours = 0.5
  /// The same for blocks of UltraServers.
  public static let ultraServerBlockStopHours = 1.0
  /// Longest flex-start run, hours.
  public static let longestFlexStartHours = 168.0
  /// Longest a flex-start request waits in its queue, hours; each segment is taken to wait so long,
  /// because no distribution of the wait is published and a longer one ends the request.
  public static let flexStartWaitHours = 2.0
  /// Longest calendar reservation, days.
  public static let longestCalendarDays = 90.0

  /// Days paid for when some are wanted in one Capacity Block: `d` to 14, then `7 ceil(d/7)`.
  ///
  /// Source: AWS EC2 User Guide, "Capacity Blocks for ML", durations offered in 2026.
  public static func blockDays(wantedDays: Double) -> Double {
    let days = wantedDays.rounded(.up)
    return days <= blockDaysByTheDay ? days : 7 * (days / 7).rounded(.up)
  }

  /// Useful hours each block loses at its end: 30 min, for UltraServers 60.
  public static func blockStopHours(instance: String) -> Double {
    instance.hasPrefix("u-") ? ultraServerBlockStopHours : blockStopHours
  }
}

extension TermRule {
  /// What the wanted hours of one instance become under this rule.
  ///
  /// - `none`: the hours used, at least the offer's least time.
  /// - `capacityBlock`: blocks of 1 to 14 days by the day, then by 7 days to 182; longer work chains
  ///   blocks. Each block loses its last half hour (an hour for UltraServers). A next block is taken
  ///   to start when the last one ends: no gap is published, and none is promised.
  /// - `flexStart`: requests of 7 days at most, each after the longest wait in the queue.
  /// - `calendar`: reservations of up to 90 days by the day, one after the other.
  /// - `commitment`: whole terms, used or not.
  ///
  /// No hours wanted, or hours that are no number, are billed as nothing.
  public func billed(usefulHours: Double, offer: Offer) -> BilledTerm {
    guard usefulHours > 0, usefulHours.isFinite else { return .nothing }
    switch self {
    case .none: return asUsed(usefulHours, offer)
    case .capacityBlock: return blocks(usefulHours, offer)
    case .flexStart: return requests(usefulHours, offer)
    case .calendar: return reservations(usefulHours, offer)
    case .commitment: return commitments(usefulHours, offer)
    }
  }

  private func asUsed(_ hours: Double, _ offer: Offer) -> BilledTerm {
    BilledTerm(
      billedHours: max(hours, offer.minTermHours ?? 0), usefulHours: hours, segments: 1,
      calendarHours: hours)
  }

  private func blocks(_ hours: Double, _ offer: Offer) -> BilledTerm {
    let stop = RentalTerms.blockStopHours(instance: offer.instance)
    let longest = min(offer.maxTermHours ?? .infinity, RentalTerms.longestBlockDays * HoursOf.day)
    let usable = longest - stop
    guard usable > 0 else { return .nothing }
    let full = max(0, (hours / usable).rounded(.up) - 1)
    let rest = hours - full * usable
    let restDays = RentalTerms.blockDays(wantedDays: (rest + stop) / HoursOf.day)
    let last = min(restDays * HoursOf.day, longest)
    return BilledTerm(
      billedHours: full * longest + last, usefulHours: hours, segments: Self.count(full + 1),
      calendarHours: full * longest + rest)
  }

  private func requests(_ hours: Double, _ offer: Offer) -> BilledTerm {
    let longest = min(offer.maxTermHours ?? .infinity, RentalTerms.longestFlexStartHours)
    guard longest > 0 else { return .nothing }
    let segments = (hours / longest).rounded(.up)
    return BilledTerm(
      billedHours: max(hours, offer.minTermHours ?? 0), usefulHours: hours,
      segments: Self.count(segments),
      calendarHours: hours + segments * RentalTerms.flexStartWaitHours)
  }

  private func reservations(_ hours: Double, _ offer: Offer) -> BilledTerm {
    let longest = min(
      offer.maxTermHours ?? .infinity, RentalTerms.longestCalendarDays * HoursOf.day)
    guard longest > 0 else { return .nothing }
    let full = max(0, (hours / longest).rounded(.up) - 1)
    let rest = hours - full * longest
    let days = (rest / HoursOf.day).rounded(.up)
    return BilledTerm(
      billedHours: full * longest + min(days * HoursOf.day, longest), usefulHours: hours,
      segments: Self.count(full + 1), calendarHours: hours)
  }

  private func commitments(_ hours: Double, _ offer: Offer) -> BilledTerm {
    guard let term = offer.commitmentHours, term > 0 else { return asUsed(hours, offer) }
    let terms = (hours / term).rounded(.up)
    return BilledTerm(
      billedHours: terms * term, usefulHours: hours, segments: Self.count(terms),
      calendarHours: hours)
  }

  /// A count of segments; more than an `Int32` holds is a mistake upstream, not a crash here.
  private static func count(_ segments: Double) -> Int {
    Int(min(segments, Double(Int32.max)))
  }
}

extension Offer {
  /// Hours of one commitment: the row's, else those its kind of purchase names (a year is 8,760 h
  /// in both providers' contracts).
  public var commitmentHours: Double? {
    if let minTermHours { return minTermHours }
    switch purchase {
    case .commit1Year, .commit1YearNoUpfront: return 8760
    case .commit3Year, .commit3YearNoUpfront, .commit3YearAllUpfront, .savingsPlan3YearAllUpfront:
      return 26_280
    case .onDemand, .spot, .capacityBlock, .flexStart, .calendar, .own: return nil
    }
  }
}
