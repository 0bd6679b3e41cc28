import Economics

/// The money and the time there are for a run on so many instances of one candidate, and what runs
/// cost there: everything is looked up once, so that thousands of lengths can be tried.
struct Means {
  private enum Pricer {
    case rented(RentalPricer)
    case owned(PurchasePricer, OwnershipFigures)
  }

  /// A world, with the figures of hardware that is bought where they are in it.
  private struct Outlook {
    var world = World.median
    var figures: OwnershipFigures?
  }

  private let pricer: Pricer
  private let lead: LeadTime
  /// The rest of the bill where nothing is known of the work yet.
  private let other: OtherCostRates
  private let careful: CarefulSizing?
  /// US dollars that may be spent on it.
  private let dollars: Double
  /// The longest it may take on the calendar, at the median.
  let roomHours: Double
  /// Days from the scenario's start, to be kept with its confidence; nil without a deadline, as the
  /// longest run considered is no promise to keep.
  private let deadlineDays: Double?
  /// Worlds of dear runs and of late ones.
  private var dear = Outlook()
  private var late = Outlook()
  /// Scatter of the run's length that the worlds are for; nil when they are the median.
  private var spread: Slowness?

  init(
    _ bill: OptionBill, careful: CarefulSizing?, dollars: Double, roomHours: Double,
    deadlineDays: Double?
  ) {
    switch bill.hardware {
    case .rented(let rental): pricer = .rented(RentalPricer(rental, of: bill))
    case .owned(let purchase):
      pricer = .owned(PurchasePricer(purchase, of: bill), purchase.figures)
    }
    lead = bill.lead
    other = bill.other
    self.careful = careful
    self.dollars = dollars
    self.roomHours = roomHours
    self.deadlineDays = deadlineDays
  }

  /// Makes the worlds those of runs whose length scatters so far.
  mutating func prepare(_ spread: Slowness) {
    guard spread != self.spread else { return }
    self.spread = spread
    dear = outlook(careful?.cash.world(spread) ?? .median)
    late = outlook(careful?.days?.world(spread) ?? .median)
  }

  private func outlook(_ world: World) -> Outlook {
    guard case .owned(_, let usual) = pricer else { return Outlook(world: world) }
    var figures = usual
    figures.shift(from: usual, to: world)
    return Outlook(world: world, figures: figures)
  }

  /// Whether a run stays in the money in a dear world, and in the time at the median and in a late
  /// one.
  func suffice(hours: Double, _ other: OtherCostRates) -> Bool {
    guard amounts(hours, Outlook(), other).calendarHours <= roomHours else { return false }
    if let deadlineDays {
      let calendar = amounts(hours, late, other).calendarHours
      guard lead.days(late.world) + calendar / 24 <= deadlineDays else { return false }
    }
    return amounts(hours, dear, other).cash <= dollars
  }

  private func amounts(
    _ hours: Double, _ outlook: Outlook, _ other: OtherCostRates
  ) -> OptionBill.Amounts {
    let hours = hours * outlook.world.slowness
    switch pricer {
    case .rented(let pricer):
      return pricer.amounts(hours: hours, outlook.world, with: other)
    case .owned(let pricer, let usual):
      let figures = outlook.figures ?? usual
      return pricer.amounts(hours: hours, outlook.world, shifted: figures, with: other)
    }
  }

  /// Hours of run that money and time leave room for at the median, to a thousandth, before the work
  /// is known.
  var hours: Double {
    func fits(_ hours: Double) -> Bool {
      let planned = amounts(hours, Outlook(), other)
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
