import Catalog
import Economics
import Quantities
import RealModule

/// What a number of chips of one candidate costs for hours of work, in any world: prices, terms and
/// rates as scalars, so that a draw is priced without looking anything up.
struct OptionBill: Sendable {
  enum Hardware: Sendable {
    case rented(Rental)
    case owned(Purchase)
  }

  /// Money for hours of work, US dollars; infinite where the hours can't be had.
  struct Amounts: Sendable {
    var cash: Double
    var economic: Double
    /// Hours from the first to the last of the run: waits and interruptions included.
    var calendarHours: Double

    static let impossible = Amounts(cash: .infinity, economic: .infinity, calendarHours: .infinity)
  }

  struct Rental: Sendable {
    var terms: OfferTerms
    /// Of all instances together, US dollars.
    var dollarsPerHour: Double
    var conditions: ChainConditions
    /// Hours held for an hour of work: above 1 where capacity is taken back.
    var heldPerHour = 1.0
    /// Hours on the calendar for an hour of work on spot capacity; nil where the terms say.
    var spotCalendarPerHour: Double?
    /// US dollars promised to the provider, and whether this spending counts towards them.
    var promisedDollars = 0.0
    var countsForPromise = false
    /// What an unused hour of a commitment is worth to other work, over its price.
    var idleValue = 0.0
    var isUpfront = false
  }

  struct Purchase: Sendable {
    var figures: OwnershipFigures
    var chips: Int
    var charge: OwnershipCharge
  }

  var hardware: Hardware
  /// All computing over the final run's, at least 1.
  var experiments: Double
  var other: OtherCostRates
  /// Of the cloud bill.
  var taxFraction = 0.0
  var lead: LeadTime
  /// A year, for the value of what is left over.
  var discountRate: Double

  /// What hours of work come to.
  func amounts(hours: Double, _ world: World = .median) -> Amounts {
    switch hardware {
    case .rented(let rental): rented(rental, hours, world)
    case .owned(let purchase): owned(purchase, hours, world)
    }
  }

  // MARK: Renting

  private func rented(_ rental: Rental, _ hours: Double, _ world: World) -> Amounts {
    let held = hours * rental.heldPerHour
    var conditions = rental.conditions
    conditions.queueWaitHours *= world.queueWait
    guard
      let term = RentalCost.billed(
        terms: rental.terms, usefulHours: held, conditions: conditions)
    else { return .impossible }
    let rate: Double = rental.dollarsPerHour * world.price
    let beside = ExperimentHours(
      multiplier: experiments * world.experiments, hours: held, terms: rental.terms,
      billedHours: term.billedHours)
    let rent: Double = rate * (term.billedHours + beside.paidHours)
    let eligible = rental.countsForPromise ? rent : 0
    let accelerators: Double = rent + max(0, rental.promisedDollars - eligible)
    let calendar = rental.spotCalendarPerHour.map { $0 * hours } ?? term.calendarHours
    let rest = other.cashDollars(
      hours: calendar, runDollars: 0, cloudDollars: accelerators, countedDollars: 0,
      portingFactor: world.porting)
    let cash: Double = (accelerators + rest) * (1 + taxFraction)
    var economic = cash
    if rental.idleValue > 0, rental.terms.rule == .commitment {
      economic -= idleWorth(rental, term, beside, rate: rate, world)
    }
    return Amounts(cash: cash, economic: economic, calendarHours: calendar)
  }

  /// What other work gives for the unused hours of a commitment, discounted from the last of them.
  private func idleWorth(
    _ rental: Rental, _ term: BilledTerm, _ beside: ExperimentHours, rate: Double, _ world: World
  ) -> Double {
    let idle = term.billedHours - term.heldHours
    // Less than a second is a rounding error of the sums, as in the flows.
    guard idle >= 1.0 / 3600 else { return 0 }
    let worth: Double = rental.idleValue * rate * idle * (1 - beside.shareOfIdle)
    var day = max(0, (lead.days(world) - 1e-6).rounded(.up))
    if rental.isUpfront {
      let each = rental.terms.commitmentHours ?? term.billedHours
      day += (Double(term.segments - 1) * each / 24).rounded(.down)
    } else {
      day += max(0, (max(term.calendarHours, term.billedHours) / 24).rounded(.up) - 1)
    }
    return worth / .pow(1 + discountRate, day / 365.25)
  }

  // MARK: Owning

  private func owned(_ purchase: Purchase, _ hours: Double, _ world: World) -> Amounts {
    var figures = purchase.figures
    figures.shift(by: world)
    let multiplier = max(1, experiments * world.experiments)
    guard
      let dollars = OwnershipCost.dollars(
        figures: figures, chips: purchase.chips, usefulHours: hours,
        experimentHours: (multiplier - 1) * hours, charge: purchase.charge,
        discountRate: discountRate)
    else { return .impossible }
    let rest = other.cashDollars(
      hours: hours, runDollars: 0, cloudDollars: dollars.cash, countedDollars: 0,
      portingFactor: world.porting)
    return Amounts(
      cash: dollars.cash + rest, economic: dollars.economic + rest, calendarHours: hours)
  }
}

/// Where experiments beside a run fit: first in the unused hours of a commitment, the rest rented at
/// the same price without least terms, because they are small and divisible.
struct ExperimentHours {
  /// The share of the idle hours they take.
  var shareOfIdle: Double
  /// Hours of all instances paid for outside.
  var paidHours: Double

  /// - Parameters:
  ///   - multiplier: all computing over the final run's.
  ///   - hours: the run holds.
  ///   - billedHours: of the run's terms.
  init(multiplier: Double, hours: Double, terms: OfferTerms, billedHours: Double) {
    let wanted = max(0, multiplier - 1) * hours
    let idle = terms.rule == .commitment ? max(0, billedHours - hours) : 0
    let inside = min(wanted, idle)
    shareOfIdle = idle > 0 ? inside / idle : 0
    paidHours = wanted - inside
  }
}

extension OwnershipFigures {
  /// Moves the uncertain figures to where they are in a world.
  mutating func shift(by world: World) {
    func times(_ figure: inout Double?, _ factor: Double) {
      if let value = figure { figure = value * factor }
    }
    times(&dollarsPerServer, world.server)
    times(&electricityDollarsPerKilowattHour, world.electricity)
    times(&colocationDollarsPerKilowattMonth, world.colocation)
    times(&staffPerThousandChips, world.staff)
    times(&maintenanceFractionPerYear, world.maintenance)
    times(&leadWeeks, world.leadTime)
    times(&installWeeks, world.installation)
    times(&burnInWeeks, world.burnIn)
    if let fixed = residualFractions.fixed {
      residualFractions.fixed = min(1, fixed * world.residual)
    } else {
      residualFractions.decay *= world.residual
    }
  }
}
