import Catalog

/// How the hours a job wants become hours on a bill, for one instance.
///
/// `billed = wanted + restarts + rounding + idle`.
public struct BilledHours: Hashable, Sendable {
  /// Hours of work asked for.
  public var wanted: Double
  /// Hours in which the instance works or restarts: `wanted` and a restart for each further term.
  public var held: Double
  /// Hours paid.
  public var billed: Double
  /// Paid because terms are sold in steps, or taken back before their end.
  public var rounding: Double
  /// The rest of a commitment.
  public var idle: Double
  /// From the request to the end of the work: waits, gaps and restarts included.
  public var elapsed: Double
  /// Terms bought one after the other.
  public var segments: Int
}

/// One term of a chain: a block, a request, a reservation or a commitment.
public struct RentalSegment: Hashable, Sendable {
  /// Hours from the request for the first term to the start of this one.
  public var startHours: Double
  /// Hours of work and restart in it.
  public var heldHours: Double
  /// Hours paid for it.
  public var billedHours: Double
}

/// The rule by which one product is sold: shortest and longest term, steps, losses between terms.
///
/// Sources: EC2 Capacity Blocks, docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-how
/// (1-day steps to 14 days, then 7-day steps to 182; taken back 30 minutes before the end, 60 for an
/// UltraServer); Google flex-start, cloud.google.com/tpu/docs/request-using-flex-start (10 minutes to
/// 7 days); calendar mode, docs.cloud.google.com/tpu/docs/calendar-mode-reservation (1 to 90 days).
public struct RentalTerms: Hashable, Sendable {
  public var rule: TermRule
  /// Shortest term, hours.
  public var minimumHours: Double
  /// Longest term, hours; infinite when terms have no end.
  public var maximumHours: Double
  /// Hours at the end of each term in which the instance is already taken back.
  public var earlyStopHours: Double
  /// Hours to get the job going again in each further term; billed.
  public var restartHours: Double
  /// Hours without an instance between two terms.
  public var gapHours: Double
  /// Hours each request waits before its term starts.
  public var waitHours: Double

  public init(
    rule: TermRule, minimumHours: Double = 0, maximumHours: Double = .infinity,
    earlyStopHours: Double = 0, restartHours: Double = 0, gapHours: Double = 0,
    waitHours: Double = 0
  ) {
    self.rule = rule
    self.minimumHours = minimumHours
    self.maximumHours = maximumHours
    self.earlyStopHours = earlyStopHours
    self.restartHours = restartHours
    self.gapHours = gapHours
    self.waitHours = waitHours
  }

  /// Longest Capacity Block, hours: 182 days.
  public static let longestBlockHours = 182.0 * 24
  /// Longest flex-start run, hours: 7 days.
  public static let longestFlexStartHours = 7.0 * 24
  /// Longest calendar reservation, hours: 90 days.
  public static let longestCalendarHours = 90.0 * 24

  /// Billed length of a Capacity Block for a wanted length, both in whole days: by the day to 14
  /// days, then by 7 days.
  public static func capacityBlockDays(wantedDays: Double) -> Double {
    let days = max(1, wantedDays.rounded(.up))
    return days <= 14 ? days : 7 * (days / 7).rounded(.up)
  }

  /// The hours on the bill for hours of work, or nil when a term is too short for its own restart
  /// and the work would never end.
  public func billed(forHours wanted: Double) -> BilledHours? {
    guard wanted.isFinite, wanted >= 0 else { return nil }
    guard wanted > 0 else {
      return BilledHours(
        wanted: 0, held: 0, billed: 0, rounding: 0, idle: 0, elapsed: 0, segments: 0)
    }
    let first = maximumHours - earlyStopHours
    let further = first - restartsAgain
    guard wanted <= first || further > 0 else { return nil }
    let more = wanted <= first ? 0 : ((wanted - first) / further).rounded(.up)
    let full = more == 0 ? 0 : more * maximumHours
    let done = more == 0 ? 0 : first + (more - 1) * further
    let lastHeld = wanted - done + (more == 0 ? 0 : restartsAgain)
    let billed = full + length(ofTermHolding: lastHeld)
    let held = wanted + more * restartsAgain
    let waits = (more + 1) * waitHours
    let between = more == 0 ? 0 : more * (maximumHours + gapHours)
    let spare = billed - held
    return BilledHours(
      wanted: wanted, held: held, billed: billed, rounding: rule == .commitment ? 0 : spare,
      idle: rule == .commitment ? spare : 0, elapsed: waits + between + lastHeld,
      segments: Int(more) + 1)
  }

  /// The chain of terms behind `billed(forHours:)`, in order.
  public func segments(forHours wanted: Double) -> [RentalSegment] {
    guard let total = billed(forHours: wanted), total.segments > 0 else { return [] }
    let heldInFull = maximumHours - earlyStopHours
    return (0..<total.segments).map { index in
      let isLast = index == total.segments - 1
      let before = Double(index)
      // Written so that an endless single term never multiplies infinity by zero.
      let elapsed = index == 0 ? 0 : before * (maximumHours + gapHours)
      let earlier = index == 0 ? 0 : before * heldInFull
      let earlierBilled = index == 0 ? 0 : before * maximumHours
      return RentalSegment(
        startHours: elapsed + (before + 1) * waitHours,
        heldHours: isLast ? total.held - earlier : heldInFull,
        billedHours: isLast ? total.billed - earlierBilled : maximumHours)
    }
  }

  /// A commitment runs on into the next without a stop.
  private var restartsAgain: Double { rule == .commitment ? 0 : restartHours }

  /// Billed length of one term in which the instance must be held for some hours.
  private func length(ofTermHolding held: Double) -> Double {
    // A whole number of days must not tip over to the next by the last bit of a sum.
    let days = (held + earlyStopHours) / 24 - 1e-9
    switch rule {
    case .none, .flexStart: return max(minimumHours, held)
    case .capacityBlock:
      return max(minimumHours, Self.capacityBlockDays(wantedDays: days) * 24)
    case .calendar: return max(minimumHours, max(1, days.rounded(.up)) * 24)
    case .commitment: return maximumHours
    }
  }
}

/// What the planner knows about how a rental is lived with; no figure is assumed that is not given.
public struct RentalPolicy: Hashable, Sendable {
  /// Hours from the start of a further term to useful work again: load the checkpoint, warm up.
  public var restartHours: Double
  /// Hours between the end of one block or reservation and the start of the next; nil when unknown,
  /// which counts as none and is said so.
  public var gapHours: Double?
  /// Hours a flex-start request waits; nil when unknown, which counts as none and is said so.
  public var queueWaitHours: Double?
  /// Whether work longer than the longest term may run in several.
  public var allowsChaining: Bool
  /// Share of the rate that an idle committed hour brings elsewhere in the company, 0...1.
  public var salvageFraction: Double
  /// Negotiated share off the list rate, 0...1; not applied to what is paid up front.
  public var negotiatedDiscount: Double
  /// Interruptions of spot capacity; nil when unknown, which counts as none and is said so.
  public var spot: SpotInterruptions?
  /// Per year, for value left.
  public var discountRatePerYear: Double

  public init(
    restartHours: Double = 0, gapHours: Double? = nil, queueWaitHours: Double? = nil,
    allowsChaining: Bool = true, salvageFraction: Double = 0, negotiatedDiscount: Double = 0,
    spot: SpotInterruptions? = nil, discountRatePerYear: Double = 0
  ) {
    self.restartHours = restartHours
    self.gapHours = gapHours
    self.queueWaitHours = queueWaitHours
    self.allowsChaining = allowsChaining
    self.salvageFraction = salvageFraction
    self.negotiatedDiscount = negotiatedDiscount
    self.spot = spot
    self.discountRatePerYear = discountRatePerYear
  }
}

extension RentalTerms {
  /// Hours an EC2 Capacity Block is taken back before its end.
  public static let blockEarlyStopHours = 0.5
  /// The same for a block of a whole UltraServer.
  public static let ultraServerEarlyStopHours = 1.0

  /// The terms of an offer under a policy.
  public init(offer: Offer, policy: RentalPolicy) {
    let isUltraServer = offer.instance.hasPrefix("u-") || offer.instance.contains("ultraserver")
    self.init(rule: offer.termRule, minimumHours: offer.minTermHours ?? 0)
    restartHours = policy.restartHours
    switch offer.termRule {
    case .none:
      maximumHours = offer.maxTermHours ?? .infinity
    case .capacityBlock:
      maximumHours = offer.maxTermHours ?? Self.longestBlockHours
      earlyStopHours = isUltraServer ? Self.ultraServerEarlyStopHours : Self.blockEarlyStopHours
      gapHours = policy.gapHours ?? 0
    case .flexStart:
      maximumHours = offer.maxTermHours ?? Self.longestFlexStartHours
      waitHours = policy.queueWaitHours ?? 0
    case .calendar:
      maximumHours = offer.maxTermHours ?? Self.longestCalendarHours
      gapHours = policy.gapHours ?? 0
    case .commitment:
      maximumHours = offer.maxTermHours ?? Self.termHours(of: offer.purchase)
    }
  }

  /// Hours of a commitment by its name: one year 8,760, three years 26,280.
  static func termHours(of purchase: Purchase) -> Double {
    switch purchase {
    case .commit1Year, .commit1YearNoUpfront: Finance.hoursPerYear
    default: 3 * Finance.hoursPerYear
    }
  }
}
