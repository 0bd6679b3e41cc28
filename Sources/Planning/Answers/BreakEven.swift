import Catalog
import Economics
import Quantities

/// Where owning begins to cost less than one way of renting.
public struct BreakEven: Hashable, Sendable {
  /// Ids of the two options.
  public var owned: String
  public var rented: String
  /// US dollars a chip-hour at work of the owned cluster, at the utilisation and life looked at.
  public var ownedDollarsPerChipHour: Double
  /// US dollars a chip-hour of the rented one as a buyer of this size is expected to pay, every hour of its
  /// term used: a standing need fills it.
  public var rentedDollarsPerChipHour: Double
  /// Useful operations a second of an owned chip over those of a rented one.
  public var speedRatio: Double
  /// Share of the time the owned chips must be at work to cost the same for the same work over
  /// their life; above 1 owning never pays, nil when its electricity alone costs more.
  public var utilisation: Double?
  /// Years after which having bought has cost less, the value left counted; nil when it has not within
  /// the limit.
  public var years: Double?
  /// The same with nothing left: from cash alone.
  public var yearsWithoutResale: Double?
  /// Whether the rented option fits money and time.
  public var isFeasible: Bool

  /// Whether some utilisation up to all the time makes owning the cheaper.
  public var paysWithinLife: Bool { (utilisation ?? .infinity) <= 1 }
}

/// Break-evens of one owned option against every rented one.
public struct BreakEvens: Sendable {
  /// The owned option's id.
  public var owned: String
  /// Years the hardware is kept.
  public var lifeYears: Double
  /// Share of the time there is work for it, where years are asked for.
  public var utilisation: Double
  /// Years after which the search for a break-even ends.
  public var limitYears: Double
  public var rows: [BreakEven]
  /// What a chip-hour of other work would rent for, US dollars; nil when not said.
  public var otherWorkDollarsPerChipHour: Double?
  /// Share of the time from which owning ties with renting such work's own chip-hours.
  public var otherWorkUtilisation: Double?
}

extension Planner {
  /// Where owning begins to cost less than renting, for each rented option that has figures.
  ///
  /// Both do the same work: chips differ in speed, and an owned chip's hour is worth `speedRatio`
  /// rented ones.
  ///
  /// - Parameters:
  ///   - id: of the owned option; nil takes the best that fits, else the cheapest.
  ///   - limitYears: the longest life looked at.
  /// - Returns: nil when no owned option has figures or no life of hardware is known.
  public func breakEvens(_ plan: Plan, owned id: String? = nil, limitYears: Double = 15)
    -> BreakEvens?
  {
    let settled = settled(plan.scenario)
    let (catalog, scenario) = (settled.planner.catalog, settled.scenario)
    guard let owned = ownedOption(plan, id), let speed = owned.outcome?.usefulSpeed,
      let quote = quote(owned.offer, catalog, scenario),
      let chip = catalog.accelerator(owned.accelerator),
      let years = scenario.owning.lifeYears
        ?? catalog.ownership("depreciation_life/range")?.value.central
    else { return nil }
    let assumptions = OwnershipAssumptions.standard(from: catalog).at(scenario.owning, catalog)
    var figures = OwnershipFigures(
      quote: quote, accelerator: chip, chips: owned.chips, assumptions: assumptions)
    figures.adjust(scenario.owning)
    let expected = catalog.expectedPrice(
      of: quote, chips: owned.chips, dollars: scenario.budgetDollars)
    if let price = expected.expected.central { figures.dollarsPerServer = price }
    if figures.kilowattsPerServer == nil {
      figures.kilowattsPerServer = PowerBound(quote, chip, catalog: catalog)?.typical
    }
    guard
      let life = OwnershipLife(
        figures: figures, chips: owned.chips, discountRate: scenario.discountRate)
    else { return nil }
    let utilisation = scenario.owning.expectedUtilisation
    let ownedRate = life.dollarsPerUsefulHour(utilisation: utilisation, lifeYears: years)
    let rows = plan.assessments.compactMap { rented -> BreakEven? in
      guard rented.route != .buyGPU, let outcome = rented.outcome,
        let rent = outcome.expectedDollarsPerChipHour, rent > 0
      else { return nil }
      let ratio = speed / outcome.usefulSpeed
      return BreakEven(
        owned: owned.id, rented: rented.id, ownedDollarsPerChipHour: ownedRate,
        rentedDollarsPerChipHour: rent, speedRatio: ratio,
        utilisation: life.breakEvenUtilisation(
          rentPerHour: rent, lifeYears: years, speedRatio: ratio),
        years: life.breakEvenYears(
          rentPerHour: rent, utilisation: utilisation, speedRatio: ratio, limitYears: limitYears),
        yearsWithoutResale: life.breakEvenYears(
          rentPerHour: rent, utilisation: utilisation, speedRatio: ratio, limitYears: limitYears,
          countsResale: false), isFeasible: rented.isFeasible)
    }
    let worth = scenario.owning.useWorth
    return BreakEvens(
      owned: owned.id, lifeYears: years, utilisation: utilisation, limitYears: limitYears,
      rows: rows, otherWorkDollarsPerChipHour: worth,
      otherWorkUtilisation: worth.flatMap {
        life.breakEvenUtilisation(rentPerHour: $0, lifeYears: years)
      })
  }

  /// A server of the catalogue, or of the buyer's own quotes.
  private func quote(_ id: String, _ catalog: Catalog, _ scenario: Scenario) -> ServerQuote? {
    let own = scenario.quotes.compactMap { $0.servers(in: catalog, today: scenario.today) }
    return (own + catalog.quotes).first { $0.id == id }
  }

  private func ownedOption(_ plan: Plan, _ id: String?) -> Assessment? {
    if let id { return plan.assessment(id) }
    if let best = plan.ranked.first(where: { $0.route == .buyGPU }) { return best }
    return plan.assessments.filter { $0.route == .buyGPU && $0.outcome != nil }.min {
      ($0.outcome?.costEconomic.p50 ?? .infinity) < ($1.outcome?.costEconomic.p50 ?? .infinity)
    }
  }
}

extension Outcome {
  /// Useful operations a second and chip: what lost time leaves.
  var usefulSpeed: Double {
    throughput.tokensPerSecondPerChip.p50 * throughput.goodput.p50 * model.flops / model.tokens
  }
}
