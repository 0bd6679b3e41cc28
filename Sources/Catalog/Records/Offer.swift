/// The ways capacity is sold.
public enum Purchase: String, CaseIterable, Sendable {
  case onDemand = "on_demand"
  case spot
  case capacityBlock = "capacity_block"
  case flexStart = "flex_start"
  case calendar
  case commit1Year = "commit_1y"
  case commit3Year = "commit_3y"
  case commit1YearNoUpfront = "commit_1y_no_upfront"
  case commit1YearPartialUpfront = "commit_1y_partial_upfront"
  case commit1YearAllUpfront = "commit_1y_all_upfront"
  case commit3YearNoUpfront = "commit_3y_no_upfront"
  case commit3YearPartialUpfront = "commit_3y_partial_upfront"
  case commit3YearAllUpfront = "commit_3y_all_upfront"
  case savingsPlan1YearNoUpfront = "savings_plan_1y_no_upfront"
  case savingsPlan1YearPartialUpfront = "savings_plan_1y_partial_upfront"
  case savingsPlan1YearAllUpfront = "savings_plan_1y_all_upfront"
  case savingsPlan3YearNoUpfront = "savings_plan_3y_no_upfront"
  case savingsPlan3YearPartialUpfront = "savings_plan_3y_partial_upfront"
  case savingsPlan3YearAllUpfront = "savings_plan_3y_all_upfront"
  /// Contracts of GPU clouds and private ones: the whole term is owed, used or not. Where a row names
  /// a least term of its own, that one binds.
  case contract1Month = "contract_1m"
  case contract3Months = "contract_3m"
  case contract6Months = "contract_6m"
  case contract1Year = "contract_1y"
  case contract2Years = "contract_2y"
  case contract3Years = "contract_3y"
  /// Servers bought and owned; never in an offer, only in an option.
  case own
}

extension Purchase {
  /// Hours a commitment of this kind binds for (a year is 8,760 h in the providers' contracts, a month
  /// a twelfth of it); nil where nothing is committed to.
  public var committedHours: Double? {
    switch self {
    case .commit1Year, .commit1YearNoUpfront, .commit1YearPartialUpfront, .commit1YearAllUpfront,
      .savingsPlan1YearNoUpfront, .savingsPlan1YearPartialUpfront, .savingsPlan1YearAllUpfront,
      .contract1Year:
      8760
    case .commit3Year, .commit3YearNoUpfront, .commit3YearPartialUpfront, .commit3YearAllUpfront,
      .savingsPlan3YearNoUpfront, .savingsPlan3YearPartialUpfront, .savingsPlan3YearAllUpfront,
      .contract3Years:
      26_280
    case .contract1Month: 730
    case .contract3Months: 2190
    case .contract6Months: 4380
    case .contract2Years: 17_520
    case .onDemand, .spot, .capacityBlock, .flexStart, .calendar, .own: nil
    }
  }
}

/// When the money for a term is due.
public enum PaymentSchedule: String, CaseIterable, Sendable {
  case hourly, upfront, monthly
}

/// How a wanted length of time becomes a billed one.
public enum TermRule: String, CaseIterable, Sendable {
  /// Billed for the hours used.
  case none
  /// 1 to 14 days by the day, then by 7 days to 182 days; longer work chains blocks.
  case capacityBlock = "capacity_block"
  /// Up to 7 days at a time, after a wait in a queue; longer work chains requests.
  case flexStart = "flex_start"
  /// 1 to 90 days reserved by the day; longer work chains reservations.
  case calendar
  /// The whole term is paid, used or not.
  case commitment
}

/// Whether an offer that is listed can really be had.
public enum Obtainability: String, CaseIterable, Sendable {
  case yes, no, unlikely, unknown
}

/// Something with accelerators that can be rented: one instance type or slice in one region under
/// one kind of purchase.
public struct Offer: Hashable, Identifiable, Sendable {
  /// `provider/instance/region/purchase`.
  public var id: String
  public var provider: String
  public var instance: String
  public var accelerator: String
  public var chipsPerInstance: Int
  /// Empty when no region is known to sell it.
  public var region: String
  public var purchase: Purchase
  /// Unknown when no price was found; the note or the reason says why.
  public var usdPerInstanceHour: Double?
  public var payment: PaymentSchedule
  public var minTermHours: Double?
  public var maxTermHours: Double?
  public var termRule: TermRule
  /// Instances in one purchase.
  public var maxInstances: Int?
  /// Instances over all purchases together.
  public var maxInstancesTotal: Int?
  /// Slice sizes sold, in chips, ascending; empty when any multiple of an instance is.
  public var chipCounts: [Int]
  /// Largest job over several slices, in chips.
  public var multisliceMaxChips: Int?
  /// Where this instance joins fewer or more chips than the accelerator's row says.
  public var scaleUpDomainChips: Int?
  /// Where this instance has another scale-up rate, per chip and direction.
  public var scaleUpGBPerSecond: Double?
  /// Where this instance has another scale-out rate, per chip.
  public var scaleOutGbitPerSecond: Double?
  /// Days until it can start.
  public var leadDays: Double?
  public var obtainable: Obtainability
  /// Why it can't be bought or priced.
  public var reason: String
  public var provenance: Provenance
  /// What a quote says beside its price.
  public var terms = SellerTerms.unsaid

  /// US dollars per chip and hour.
  public var usdPerChipHour: Double? {
    usdPerInstanceHour.map { $0 / Double(chipsPerInstance) }
  }

  /// The accelerator as this instance joins it: its networks where they differ from the chip's row.
  public func fitted(_ accelerator: Accelerator) -> Accelerator {
    var fitted = accelerator
    if let scaleUpDomainChips { fitted.scaleUpDomainChips = scaleUpDomainChips }
    if let scaleUpGBPerSecond { fitted.scaleUpGBPerSecond = scaleUpGBPerSecond }
    if let scaleOutGbitPerSecond { fitted.scaleOutGbitPerSecond = scaleOutGbitPerSecond }
    return fitted
  }
}
