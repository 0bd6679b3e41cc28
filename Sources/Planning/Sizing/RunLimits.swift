import Economics

/// The money and the time there are for a run on so many instances of one candidate, and what runs
/// cost there: everything is looked up once, so that thousands of lengths can be tried.
struct RunLimits {
  private enum Pricer {
    case rented(RentalPricer)
    case owned(PurchasePricer, OwnershipFigures)
  }

  /// A world, with the figures of hardware that is bought where they are in it.
  private struct PricedWorld {
    var world = World.median
    var figures: OwnershipFigures?
  }

  private let pricer: Pricer
  private let lead: LeadTime
  /// The rest of the bill where nothing is known of the work yet.
  private let other: OtherCostRates
  private let designPoints: DesignPoints?
  /// US dollars that may be spent on it.
  private let dollars: Double
  /// The longest it may take on the calendar, at the median.
  let roomHours: Double
  /// Days from the scenario's start, to be kept with its confidence; nil without a deadline, as the
  /// longest run considered is no promise to keep.
  private let deadlineDays: Double?
  /// Worlds of dear runs and of late ones.
  private var dear = PricedWorld()
  private var late = PricedWorld()
  /// Scatter of the run's length that the worlds are for; nil when they are the median.
  private var spread: Slowness?

  init(
    _ bill: OptionBill, designPoints: DesignPoints?, dollars: Double, roomHours: Double,
    deadlineDays: Double?
  ) {
    switch bill.hardware {
    case .rented(let rental): pricer = .rented(RentalPricer(rental, of: bill))
    case .owned(let purchase):
      pricer = .owned(PurchasePricer(purchase, of: bill), purchase.figures)
    }
    lead = bill.lead
    other = bill.other
    self.designPoints = designPoints
    self.dollars = dollars
    self.roomHours = roomHours
    self.deadlineDays = deadlineDays
  }

  /// Makes the worlds those of runs whose length scatters so far.
  mutating func prepare(_ spread: Slowness) {
    guard spread != self.spread else { return }
    self.spread = spread
    dear = pricedWorld(designPoints?.cash.world(spread) ?? .median)
    late = pricedWorld(designPoints?.days?.world(spread) ?? .median)
  }

  private func pricedWorld(_ world: World) -> PricedWorld {
    guard case .owned(_, let usual) = pricer else { return PricedWorld(world: world) }
    var figures = usual
    figures.shift(from: usual, to: world)
    return PricedWorld(world: world, figures: figures)
  }

  /// The most tokens, of three significant digits, of a run that stays in the money in a dear world,
  /// and in the time at the median and in a late one.
  ///
  /// More money or more time never gives less, because the amounts tried are always the same.
  ///
  /// - Parameters:
  ///   - guess: decides where the search begins, not where it ends.
  ///   - least: nil is enough of an answer where not even so many can be had.
  ///   - run: hours at the median and other costs, by the step of the tokens.
  /// - Returns: their step (`RoundTokens`); nil when there are none.
  func last(
    near guess: Int, atLeast least: Int, run: (Int) -> (hours: Double, other: OtherCostRates)
  ) -> Int? {
    // Each kind of hardware has a search of its own, so that nothing is unpacked or copied per step.
    switch pricer {
    case .rented(let pricer):
      return last(near: guess, atLeast: least, run: run, pricer, late: pricer, dear: pricer)
    case .owned(let pricer, let usual):
      return last(
        near: guess, atLeast: least, run: run, PurchaseInWorld(pricer: pricer, figures: usual),
        late: PurchaseInWorld(pricer: pricer, figures: late.figures ?? usual),
        dear: PurchaseInWorld(pricer: pricer, figures: dear.figures ?? usual))
    }
  }

  private func last(
    near guess: Int, atLeast least: Int, run: (Int) -> (hours: Double, other: OtherCostRates),
    _ usual: some RunPricer, late latePricer: some RunPricer, dear dearPricer: some RunPricer
  ) -> Int? {
    let (median, late, dear) = (World.median, self.late.world, self.dear.world)
    let leadDays = lead.days(late)
    return RoundTokens.last(near: guess, atLeast: least) { step in
      let (hours, other) = run(step)
      guard usual.amounts(hours: hours, median, with: other).calendarHours <= roomHours else {
        return false
      }
      if let deadlineDays {
        let slow = latePricer.amounts(hours: hours * late.slowness, late, with: other)
        guard leadDays + slow.calendarHours / 24 <= deadlineDays else { return false }
      }
      return dearPricer.amounts(hours: hours * dear.slowness, dear, with: other).cash <= dollars
    }
  }

  /// Hours of run that money and time leave room for at the median, to a thousandth, before the work
  /// is known.
  var hours: Double {
    switch pricer {
    case .rented(let pricer): return hours(pricer)
    case .owned(let pricer, let usual):
      return hours(PurchaseInWorld(pricer: pricer, figures: usual))
    }
  }

  private func hours(_ pricer: some RunPricer) -> Double {
    let median = World.median
    func fits(_ hours: Double) -> Bool {
      let planned = pricer.amounts(hours: hours, median, with: other)
      guard planned.calendarHours <= roomHours, planned.cash <= dollars else { return false }
      return deadlineDays.map { lead.days() + planned.calendarHours / 24 <= $0 } ?? true
    }
    guard roomHours > 0, fits(1) else { return 0 }
    if fits(roomHours) { return roomHours }
    var low = 1.0
    var high = roomHours
    while high - low > 0.001 * low {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }
}

/// Prices runs of any length in the worlds it is made for.
private protocol RunPricer {
  func amounts(hours: Double, _ world: World, with other: OtherCostRates) -> OptionBill.CostOfRun
}

extension RentalPricer: RunPricer {}

/// A purchase at the figures of one world.
private struct PurchaseInWorld: RunPricer {
  let pricer: PurchasePricer
  let figures: OwnershipFigures

  @inline(__always)
  func amounts(hours: Double, _ world: World, with other: OtherCostRates) -> OptionBill.CostOfRun {
    pricer.amounts(hours: hours, world, shifted: figures, with: other)
  }
}

/// The other costs of work of one size, by its tokens.
struct TokenRates {
  /// Of no tokens, and of 10¹²: what lies between is in proportion.
  let none: OtherCostRates
  let trillion: OtherCostRates

  func at(tokens: Double) -> OtherCostRates {
    let share = tokens / 1e12
    var rates = none
    rates.preparationDollars += share * (trillion.preparationDollars - none.preparationDollars)
    rates.storageDollarsPerHour +=
      share * (trillion.storageDollarsPerHour - none.storageDollarsPerHour)
    return rates
  }
}
