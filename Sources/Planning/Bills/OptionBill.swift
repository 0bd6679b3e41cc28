import Catalog
import Economics
import Quantities
import RealModule

/// What a number of chips of one candidate costs for hours of work, in any world: prices, terms and
/// rates as scalars, so that a draw is priced without looking anything up.
struct OptionBill: Hashable, Sendable {
  enum Hardware: Hashable, Sendable {
    case rented(RentedHardware)
    case owned(OwnedHardware)
  }

  /// Money for hours of work, US dollars; infinite where the hours can't be had.
  struct CostOfRun: Sendable {
    var cash: Double
    var economic: Double
    /// Hours from the first to the last of the run: waits and interruptions included.
    var calendarHours: Double

    static let impossible = CostOfRun(
      cash: .infinity, economic: .infinity, calendarHours: .infinity)
  }

  struct RentedHardware: Hashable, Sendable {
    var terms: OfferTerms
    /// Of all instances together, US dollars.
    var dollarsPerHour: Double
    var conditions: ChainConditions
    /// Hours the machines stand, and are paid, before the first useful step.
    var idleHours = 0.0
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

  struct OwnedHardware: Hashable, Sendable {
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
  func amounts(hours: Double, _ world: World = .median) -> CostOfRun {
    switch hardware {
    case .rented(let rental): RentalPricer(rental, of: self).amounts(hours: hours, world)
    case .owned(let purchase):
      PurchasePricer(purchase, of: self).amounts(hours: hours, world, in: purchase.figures)
    }
  }

  /// What hours of work come to in many worlds, one after the other.
  ///
  /// - Parameters:
  ///   - hours: at the median; slower worlds take longer, unless `keepsHours`.
  ///   - body: gets each world's number, the world, the amounts and the days before the first hour.
  @inline(__always)
  func price(
    hours: Double, keepsHours: Bool = false, count: Int, world: (Int) -> World,
    body: (Int, World, CostOfRun, Double) -> Void
  ) {
    // Each kind of hardware has a loop of its own, so that nothing is unpacked or copied per world.
    switch hardware {
    case .rented(let rental):
      let pricer = RentalPricer(rental, of: self)
      for index in 0..<count {
        let world = world(index)
        let amounts = pricer.amounts(hours: keepsHours ? hours : hours * world.slowness, world)
        body(index, world, amounts, pricer.lead.days(world))
      }
    case .owned(let purchase):
      let pricer = PurchasePricer(purchase, of: self)
      var figures = purchase.figures
      for index in 0..<count {
        let world = world(index)
        figures.shift(from: purchase.figures, to: world)
        let amounts = pricer.amounts(
          hours: keepsHours ? hours : hours * world.slowness, world, shifted: figures)
        body(index, world, amounts, pricer.lead.days(world))
      }
    }
  }
}

/// Prices one rental in world after world: scalars only.
struct RentalPricer {
  private let rental: OptionBill.RentedHardware
  private let experiments: Double
  private let other: OtherCostRates
  private let taxFraction: Double
  private let discountRate: Double
  let lead: LeadTime

  init(_ rental: OptionBill.RentedHardware, of bill: OptionBill) {
    self.rental = rental
    experiments = bill.experiments
    other = bill.other
    taxFraction = bill.taxFraction
    discountRate = bill.discountRate
    lead = bill.lead
  }

  @inline(__always)
  func amounts(hours: Double, _ world: World) -> OptionBill.CostOfRun {
    amounts(hours: hours, world, with: other)
  }

  /// - Parameter other: the rest of the bill, in place of the one it was made with.
  @inline(__always)
  func amounts(
    hours: Double, _ world: World, with other: OtherCostRates
  ) -> OptionBill.CostOfRun {
    // Experiments come first, on the same machines: their hours are billed, and pass, like the run's.
    let useful: Double = hours * max(1, experiments * world[.experiments])
    let held: Double = rental.idleHours + useful * rental.heldPerHour
    var conditions = rental.conditions
    conditions.queueWaitHours *= world[.queueWait]
    guard
      let term = RentalCost.billed(
        terms: rental.terms, usefulHours: held, conditions: conditions)
    else { return .impossible }
    let rate: Double = rental.dollarsPerHour * world[.price]
    let rent: Double = rate * term.billedHours
    let eligible = rental.countsForPromise ? rent : 0
    let accelerators: Double = rent + max(0, rental.promisedDollars - eligible)
    let calendar: Double =
      rental.spotCalendarPerHour.map { $0 * useful } ?? term.calendarHours - rental.idleHours
    let rest = other.cashDollars(
      hours: calendar, runDollars: 0, cloudDollars: accelerators, countedDollars: 0,
      portingFactor: world[.porting])
    let cash: Double = (accelerators + rest) * (1 + taxFraction)
    var economic = cash
    if rental.idleValue > 0, rental.terms.rule == .commitment {
      economic -= idleWorth(term, rate: rate, world)
    }
    return OptionBill.CostOfRun(cash: cash, economic: economic, calendarHours: calendar)
  }

  /// What other work gives for the unused hours of a commitment, discounted from the last of them.
  private func idleWorth(
    _ term: BilledTerm, rate: Double, _ world: World
  ) -> Double {
    let idle = term.billedHours - term.heldHours
    // Less than a second is a rounding error of the sums, as in the flows.
    guard idle >= 1.0 / 3600 else { return 0 }
    let worth: Double = rental.idleValue * rate * idle
    // A term begins when the machines stand, idle hours included.
    var day = max(0, (lead.machineDays(world) - 1e-6).rounded(.up))
    if rental.isUpfront {
      let each = rental.terms.commitmentHours ?? term.billedHours
      day += (Double(term.segments - 1) * each / 24).rounded(.down)
    } else {
      day += max(0, (max(term.calendarHours, term.billedHours) / 24).rounded(.up) - 1)
    }
    return worth / .pow(1 + discountRate, day / 365.25)
  }
}

/// Prices one purchase in world after world.
struct PurchasePricer {
  private let chips: Int
  private let charge: OwnershipCharge
  private let experiments: Double
  private let other: OtherCostRates
  private let discountRate: Double
  let lead: LeadTime

  init(_ purchase: OptionBill.OwnedHardware, of bill: OptionBill) {
    chips = purchase.chips
    charge = purchase.charge
    experiments = bill.experiments
    other = bill.other
    discountRate = bill.discountRate
    lead = bill.lead
  }

  /// - Parameter usual: the figures at the median.
  func amounts(
    hours: Double, _ world: World, in usual: OwnershipFigures
  ) -> OptionBill.CostOfRun {
    var figures = usual
    figures.shift(from: usual, to: world)
    return amounts(hours: hours, world, shifted: figures)
  }

  /// - Parameter figures: of the world.
  @inline(__always)
  func amounts(
    hours: Double, _ world: World, shifted figures: OwnershipFigures
  ) -> OptionBill.CostOfRun {
    amounts(hours: hours, world, shifted: figures, with: other)
  }

  /// - Parameters:
  ///   - figures: of the world.
  ///   - other: the rest of the bill, in place of the one it was made with.
  @inline(__always)
  func amounts(
    hours: Double, _ world: World, shifted figures: OwnershipFigures, with other: OtherCostRates
  ) -> OptionBill.CostOfRun {
    let useful: Double = hours * max(1, experiments * world[.experiments])
    guard
      let dollars = OwnershipCost.dollars(
        figures: figures, chips: chips, usefulHours: useful, charge: charge,
        discountRate: discountRate)
    else { return .impossible }
    let rest = other.cashDollars(
      hours: useful, runDollars: 0, cloudDollars: dollars.cash, countedDollars: 0,
      portingFactor: world[.porting])
    // What is left is discounted from the order on; the order comes once the contract stands.
    let left: Double = dollars.cash - dollars.economic
    let day = max(0, (lead.signedDays - 1e-6).rounded(.up))
    let economic: Double = dollars.cash - left / .pow(1 + discountRate, day / 365.25)
    return OptionBill.CostOfRun(
      cash: dollars.cash + rest, economic: economic + rest, calendarHours: useful)
  }
}

extension OwnershipFigures {
  /// Moves the uncertain figures to where they are in a world; the others are left alone.
  mutating func shift(from usual: OwnershipFigures, to world: World) {
    dollarsPerServer = usual.dollarsPerServer.map { $0 * world[.server] }
    electricityDollarsPerKilowattHour = usual.electricityDollarsPerKilowattHour.map {
      $0 * world[.electricity]
    }
    colocationDollarsPerKilowattMonth = usual.colocationDollarsPerKilowattMonth.map {
      $0 * world[.colocation]
    }
    staffPerThousandChips = usual.staffPerThousandChips.map { $0 * world[.staff] }
    maintenanceFractionPerYear = usual.maintenanceFractionPerYear.map { $0 * world[.maintenance] }
    leadWeeks = usual.leadWeeks.map { $0 * world[.leadTime] }
    installWeeks = usual.installWeeks.map { $0 * world[.installation] }
    burnInWeeks = usual.burnInWeeks.map { $0 * world[.burnIn] }
    if let fixed = usual.residualFractions.fixed {
      residualFractions.fixed = min(1, fixed * world[.residual])
    } else {
      residualFractions.decay = usual.residualFractions.decay * world[.residual]
    }
  }
}
