import Catalog
import Quantities

/// What renting comes to at a rate, as plain scalars: cheap enough for every draw of a sample.
public struct RentalRate: Hashable, Sendable {
  public var terms: RentalTerms
  /// US dollars an hour for all instances together.
  public var dollarsPerHour: Double
  /// Negotiated share off, after it was decided whether it applies.
  public var discount: Double
  public var salvageFraction: Double
  public var discountRatePerYear: Double
  /// Billed and calendar hours per hour of work under interruptions; 1 without.
  public var billedPerUseful: Double
  public var elapsedPerUseful: Double

  public init(
    terms: RentalTerms, dollarsPerHour: Double, discount: Double = 0, salvageFraction: Double = 0,
    discountRatePerYear: Double = 0, billedPerUseful: Double = 1, elapsedPerUseful: Double = 1
  ) {
    self.terms = terms
    self.dollarsPerHour = dollarsPerHour
    self.discount = discount
    self.salvageFraction = salvageFraction
    self.discountRatePerYear = discountRatePerYear
    self.billedPerUseful = billedPerUseful
    self.elapsedPerUseful = elapsedPerUseful
  }

  /// The totals of a rental.
  public struct Totals: Hashable, Sendable {
    /// US dollars.
    public var cashDollars: Double
    /// US dollars.
    public var economicDollars: Double
    /// Hours from the request to the end of the work.
    public var elapsedHours: Double
  }

  /// Cost and calendar time of some hours of work; nil when a term is too short to ever finish.
  ///
  /// Exact to the day's rounding of the dated cash flow; allocates nothing.
  public func totals(forHours wanted: Double) -> Totals? {
    guard let hours = terms.billed(forHours: wanted * billedPerUseful) else { return nil }
    let cash = hours.billed * dollarsPerHour * (1 - discount)
    let salvage = hours.idle * dollarsPerHour * (1 - discount) * salvageFraction
    // Idle hours earn their salvage over the rest of the term: discounted from its middle.
    let middle = (hours.held + hours.idle / 2) / 24 / Finance.daysPerYear
    let factor =
      salvage == 0
      ? 0 : Finance.discountFactor(ratePerYear: discountRatePerYear, years: middle)
    let gaps = (elapsedPerUseful - billedPerUseful) * wanted
    return Totals(
      cashDollars: cash, economicDollars: cash - salvage * factor,
      elapsedHours: hours.elapsed + gaps)
  }
}

/// A rental priced and dated.
public struct RentalQuote: Hashable, Sendable {
  public var holding: ChipSizes.Holding
  /// Per instance.
  public var hours: BilledHours
  /// Hours from `start` to the end of the work.
  public var elapsedHours: Double
  public var cashFlow: CashFlow
  public var rate: RentalRate
  /// What was not known and counted as nothing.
  public var caveats: [String]
}

/// What renting costs.
public enum RentalCost {
  /// The rate of an offer for some chips, for `RentalRate.totals(forHours:)`.
  ///
  /// - Throws: `Violations` when there is no price or not so many chips are sold.
  public static func rate(
    offer: Offer, chips: Int, policy: RentalPolicy = RentalPolicy()
  ) throws(Violations) -> RentalRate {
    let holding = try ChipSizes(offer).holding(atLeast: chips)
    guard let price = offer.usdPerInstanceHour else {
      throw Violations([
        Violation(
          code: "no_price", message: "no price is known: \(offer.reason)",
          nearestChange: "put a quote for \(offer.id) into your own offers.csv")
      ])
    }
    let spot = offer.purchase == .spot ? policy.spot : nil
    return RentalRate(
      terms: RentalTerms(offer: offer, policy: policy),
      dollarsPerHour: price * Double(holding.instances),
      discount: offer.payment == .upfront ? 0 : policy.negotiatedDiscount,
      salvageFraction: policy.salvageFraction, discountRatePerYear: policy.discountRatePerYear,
      billedPerUseful: spot?.billedPerUseful ?? 1, elapsedPerUseful: spot?.elapsedPerUseful ?? 1)
  }

  /// The dated cash flow of renting some chips for some hours of work.
  ///
  /// - Parameters:
  ///   - offer: the offer; its accelerators' hosts are in its price.
  ///   - chips: chips wanted; rounded up to the next size sold.
  ///   - wantedHours: hours the chips must be held, failures of the hardware included, interruptions
  ///     of spot and restarts between terms not.
  ///   - start: the day of the request.
  /// - Throws: `Violations` with every limit in the way.
  public static func quote(
    offer: Offer, chips: Int, wantedHours: Double, start: CalendarDate,
    policy: RentalPolicy = RentalPolicy()
  ) throws(Violations) -> RentalQuote {
    let holding = try ChipSizes(offer).holding(atLeast: chips)
    let rate = try rate(offer: offer, chips: chips, policy: policy)
    let terms = rate.terms
    guard let hours = terms.billed(forHours: wantedHours * rate.billedPerUseful),
      let totals = rate.totals(forHours: wantedHours)
    else {
      throw Violations([restartTooLong(terms)])
    }
    if hours.segments > 1 && !policy.allowsChaining && terms.rule != .commitment {
      throw Violations([tooLong(terms, needed: hours.held)])
    }
    let end = start.adding(days: totals.elapsedHours / 24)
    var flow = CashFlow(
      start: start, end: end, tenure: .rent, discountRatePerYear: policy.discountRatePerYear)
    let ledger = RentalLedger(
      offer: offer, rate: rate, start: start, usefulShare: 1 / rate.billedPerUseful)
    flow.add(ledger.flows(terms.segments(forHours: hours.wanted), totals: hours))
    return RentalQuote(
      holding: holding, hours: hours, elapsedHours: totals.elapsedHours, cashFlow: flow, rate: rate,
      caveats: caveats(offer: offer, policy: policy, segments: hours.segments))
  }

  private static func restartTooLong(_ terms: RentalTerms) -> Violation {
    Violation(
      code: "restart_too_long",
      message: "a restart takes longer than the longest term, so the work never ends",
      limit: terms.maximumHours - terms.earlyStopHours, needed: terms.restartHours, unit: "hours",
      nearestChange: "a purchase with a longer term")
  }

  private static func tooLong(_ terms: RentalTerms, needed: Double) -> Violation {
    let limit = terms.maximumHours - terms.earlyStopHours
    return Violation(
      code: "term_too_long",
      message: "the work takes longer than the longest term, and terms may not be chained",
      limit: limit, needed: needed, unit: "hours",
      nearestChange: "allow several terms in a row, or use more chips")
  }

  private static func caveats(offer: Offer, policy: RentalPolicy, segments: Int) -> [String] {
    var caveats: [String] = []
    if offer.purchase == .spot && policy.spot == nil {
      caveats.append("no interruptions are counted: none are known for this spot capacity")
    }
    if offer.termRule == .flexStart && policy.queueWaitHours == nil {
      caveats.append("no wait in the queue is counted: no distribution is published")
    }
    let hasGaps = offer.termRule == .capacityBlock || offer.termRule == .calendar
    if segments > 1 && hasGaps && policy.gapHours == nil {
      caveats.append("\(segments) terms in a row, and no gap between them is counted")
    }
    return caveats
  }
}
