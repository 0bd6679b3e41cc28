import Economics

/// The money and the time there are for a run on so many instances of one candidate, and what runs
/// cost there: everything is looked up once, so that thousands of lengths can be tried.
struct Means {
  private enum Pricer {
    case rented(RentalPricer)
    case owned(PurchasePricer, OwnershipFigures)
  }

  private let pricer: Pricer
  /// The rest of the bill where nothing is known of the work yet.
  private let other: OtherCostRates
  /// US dollars that may be spent on it.
  private let dollars: Double
  /// The longest it may take on the calendar.
  let roomHours: Double

  init(_ bill: OptionBill, dollars: Double, roomHours: Double) {
    switch bill.hardware {
    case .rented(let rental): pricer = .rented(RentalPricer(rental, of: bill))
    case .owned(let purchase):
      pricer = .owned(PurchasePricer(purchase, of: bill), purchase.figures)
    }
    other = bill.other
    self.dollars = dollars
    self.roomHours = roomHours
  }

  /// Whether a run fits the time, and one slower by a factor the money.
  ///
  /// - Parameter other: the rest of the bill; nil for that of no work.
  func suffice(hours: Double, slowness: Double = 1, _ other: OtherCostRates? = nil) -> Bool {
    let other = other ?? self.other
    let planned = amounts(hours, other)
    guard planned.calendarHours <= roomHours else { return false }
    return (slowness == 1 ? planned : amounts(hours * slowness, other)).cash <= dollars
  }

  private func amounts(_ hours: Double, _ other: OtherCostRates) -> OptionBill.Amounts {
    switch pricer {
    case .rented(let pricer): pricer.amounts(hours: hours, .median, with: other)
    case .owned(let pricer, let figures):
      pricer.amounts(hours: hours, .median, shifted: figures, with: other)
    }
  }

  /// Hours of run that money and time leave room for, to a thousandth, before the work is known.
  var hours: Double {
    guard roomHours > 0, suffice(hours: 1) else { return 0 }
    if suffice(hours: roomHours) { return roomHours }
    var low = 1.0
    var high = roomHours
    while high - low > 0.001 * low {
      let middle = (low + high) / 2
      if suffice(hours: middle) { low = middle } else { high = middle }
    }
    return low
  }
}
