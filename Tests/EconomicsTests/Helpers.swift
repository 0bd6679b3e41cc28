import Quantities

@testable import Catalog

/// Seeded random numbers: SplitMix64 (Steele, Lea and Flood 2014).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

let anyProvenance = Provenance(source: "https://example.org", asOf: "2026-01-01", grade: .c)

/// An offer with the terms a test needs; the price is 10 dollars an instance-hour.
func offer(
  _ rule: TermRule, payment: PaymentSchedule = .hourly, purchase: Purchase = .onDemand,
  price: Double? = 10, instance: String = "x", minTermHours: Double? = nil,
  maxTermHours: Double? = nil
) -> Offer {
  Offer(
    id: "test", provider: "aws", instance: instance, accelerator: "trn2", chipsPerInstance: 16,
    region: "here", purchase: purchase, usdPerInstanceHour: price, payment: payment,
    minTermHours: minTermHours, maxTermHours: maxTermHours, termRule: rule, maxInstances: nil,
    maxInstancesTotal: nil, chipCounts: [], multisliceMaxChips: nil, scaleUpDomainChips: nil,
    scaleUpGBPerSecond: nil, scaleOutGbitPerSecond: nil, leadDays: nil, obtainable: .yes,
    reason: "", provenance: anyProvenance)
}

/// The n-th day of 2026.
func day(_ number: Int) -> CalendarDate { CalendarDate(daysSinceEpoch: 20_453 + number) }

func near(_ left: Double, _ right: Double, relative: Double = 1e-9) -> Bool {
  abs(left - right) <= relative * max(1, abs(left), abs(right))
}
