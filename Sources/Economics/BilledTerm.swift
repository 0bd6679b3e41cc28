import Catalog

/// What a wanted length of time becomes once the seller's terms are applied, per instance.
public struct BilledTerm: Hashable, Sendable {
  /// Hours paid for.
  public var billedHours: Double
  /// Hours of work that were asked for.
  public var usefulHours: Double
  /// Hours the instance spends restarting the job in the further segments; paid like work.
  public var restartHours: Double
  /// Blocks, requests or commitments chained, 0 when nothing is asked for.
  public var segments: Int
  /// Hours from the first start to the end of the work, with the gaps between segments.
  public var calendarHours: Double

  public init(
    billedHours: Double, usefulHours: Double, restartHours: Double = 0, segments: Int,
    calendarHours: Double
  ) {
    self.billedHours = billedHours
    self.usefulHours = usefulHours
    self.restartHours = restartHours
    self.segments = segments
    self.calendarHours = calendarHours
  }

  /// Hours in which the instance works or restarts.
  public var heldHours: Double { usefulHours + restartHours }

  static let nothing = BilledTerm(billedHours: 0, usefulHours: 0, segments: 0, calendarHours: 0)
}

/// What chaining terms costs the job, which no seller says: hours between them and to start again.
public struct ChainConditions: Hashable, Sendable {
  /// Hours to load the last checkpoint and work again in each further block, request or
  /// reservation; paid.
  public var restartHours: Double
  /// Hours without capacity between two blocks or reservations; free.
  public var gapHours: Double
  /// Hours a flex-start request waits before each segment; free.
  public var queueWaitHours: Double

  public init(
    restartHours: Double = 0, gapHours: Double = 0,
    queueWaitHours: Double = RentalTerms.flexStartWaitHours
  ) {
    self.restartHours = restartHours
    self.gapHours = gapHours
    self.queueWaitHours = queueWaitHours
  }

  /// Work that goes on at once in the next term; a request waits the longest a queue allows.
  public static let seamless = ChainConditions()
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
    instance.hasPrefix("u-") || instance.contains("ultraserver")
      ? ultraServerBlockStopHours : blockStopHours
  }
}

/// An offer's terms as scalars, for loops that bill many lengths of time.
public struct OfferTerms: Hashable, Sendable {
  public var rule: TermRule
  public var minTermHours: Double?
  public var maxTermHours: Double?
  public var commitmentHours: Double?
  /// Useful hours each block loses at its end.
  public var blockStopHours: Double

  public init(_ offer: Offer) {
    rule = offer.termRule
    minTermHours = offer.minTermHours
    maxTermHours = offer.maxTermHours
    commitmentHours = offer.commitmentHours
    blockStopHours =
      rule == .capacityBlock ? RentalTerms.blockStopHours(instance: offer.instance) : 0
  }

  /// What the wanted hours of one instance become under these terms.
  ///
  /// - `none`: the hours used, at least the offer's least time.
  /// - `capacityBlock`: blocks of 1 to 14 days by the day, then by 7 days to 182; longer work chains
  ///   blocks. Each block loses its last half hour (an hour for UltraServers). A next block is taken
  ///   to start when the last one ends, unless the conditions name a gap: none is published, and
  ///   none is promised.
  /// - `flexStart`: requests of 7 days at most, each after a wait in the queue.
  /// - `calendar`: reservations of up to 90 days by the day, one after the other.
  /// - `commitment`: whole terms, used or not.
  ///
  /// No hours wanted, or hours that are no number, are billed as nothing. When a restart takes longer
  /// than a term the work never ends, and the bill is infinite.
  public func billed(usefulHours: Double, conditions: ChainConditions = .seamless) -> BilledTerm {
    guard usefulHours > 0, usefulHours.isFinite else { return .nothing }
    switch rule {
    case .none: return asUsed(usefulHours)
    case .capacityBlock: return blocks(usefulHours, conditions)
    case .flexStart: return requests(usefulHours, conditions)
    case .calendar: return reservations(usefulHours, conditions)
    case .commitment: return commitments(usefulHours)
    }
  }

  private func asUsed(_ hours: Double) -> BilledTerm {
    BilledTerm(
      billedHours: max(hours, minTermHours ?? 0), usefulHours: hours, segments: 1,
      calendarHours: hours)
  }

  private func blocks(_ hours: Double, _ conditions: ChainConditions)
    -> BilledTerm
  {
    let stop = blockStopHours
    let longest = min(maxTermHours ?? .infinity, RentalTerms.longestBlockDays * HoursOf.day)
    let chain = Chain(hours: hours, usable: longest - stop, restart: conditions.restartHours)
    let lastDays = RentalTerms.blockDays(wantedDays: (chain.last + stop) / HoursOf.day)
    return term(
      hours, chain, length: longest, last: min(lastDays * HoursOf.day, longest),
      gap: conditions.gapHours)
  }

  private func requests(_ hours: Double, _ conditions: ChainConditions)
    -> BilledTerm
  {
    let longest = min(maxTermHours ?? .infinity, RentalTerms.longestFlexStartHours)
    let chain = Chain(hours: hours, usable: longest, restart: conditions.restartHours)
    var billed = term(
      hours, chain, length: longest, last: max(chain.last, minTermHours ?? 0),
      gap: conditions.queueWaitHours)
    billed.calendarHours += conditions.queueWaitHours
    return billed
  }

  private func reservations(_ hours: Double, _ conditions: ChainConditions)
    -> BilledTerm
  {
    let longest = min(
      maxTermHours ?? .infinity, RentalTerms.longestCalendarDays * HoursOf.day)
    let chain = Chain(hours: hours, usable: longest, restart: conditions.restartHours)
    let days = (chain.last / HoursOf.day).rounded(.up)
    return term(
      hours, chain, length: longest, last: min(days * HoursOf.day, longest),
      gap: conditions.gapHours)
  }

  /// A chain of terms of one length and a last one.
  private func term(
    _ hours: Double, _ chain: Chain, length: Double, last: Double, gap: Double
  ) -> BilledTerm {
    guard chain.further.isFinite else {
      return BilledTerm(
        billedHours: .infinity, usefulHours: hours, segments: Int(Int32.max),
        calendarHours: .infinity)
    }
    // An endless single term must not multiply infinity by zero.
    let before = chain.further == 0 ? 0 : chain.further * length
    return BilledTerm(
      billedHours: before + last, usefulHours: hours,
      restartHours: chain.further * chain.restart, segments: Self.count(chain.further + 1),
      calendarHours: before + chain.further * gap + chain.last)
  }

  /// How work falls on terms in a row: all full but the last, every further one begun by a restart.
  private struct Chain {
    /// Terms before the last; infinite when the work never ends.
    let further: Double
    /// Hours held in the last term, its restart included.
    let last: Double
    let restart: Double

    init(hours: Double, usable: Double, restart: Double) {
      self.restart = restart
      guard hours > usable else {
        further = usable > 0 ? 0 : .infinity
        last = hours
        return
      }
      let gained = usable - restart
      guard gained > 0 else {
        further = .infinity
        last = hours
        return
      }
      further = ((hours - usable) / gained).rounded(.up)
      last = hours - usable - (further - 1) * gained + restart
    }
  }

  private func commitments(_ hours: Double) -> BilledTerm {
    guard let term = commitmentHours, term > 0 else { return asUsed(hours) }
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

extension TermRule {
  /// What the wanted hours of one instance become under this rule, as `OfferTerms.billed`.
  public func billed(
    usefulHours: Double, offer: Offer, conditions: ChainConditions = .seamless
  ) -> BilledTerm {
    OfferTerms(offer).billed(usefulHours: usefulHours, conditions: conditions)
  }
}

extension Offer {
  /// Hours of one commitment: the row's, else those its kind of purchase names (a year is 8,760 h
  /// in both providers' contracts).
  public var commitmentHours: Double? {
    minTermHours ?? purchase.committedHours
  }
}
