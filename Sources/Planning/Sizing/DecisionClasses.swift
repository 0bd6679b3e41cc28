import Catalog
import Decisions
import Economics
import Quantities
import RealModule

/// What a cluster of one size does at the median, and how sure that is.
struct ClusterSpeed: Sendable {
  var chips: Int
  /// Work of one chip in a day: tokens of the model that is given, or operations of the best shape.
  var workPerChipDay: Double
  var doubt: SpeedDoubt
}

/// One candidate in one class of size, as the decision engine sees it, with what it was made from.
///
/// Where wait, chance or price differ between classes of size each class is an option of its own.
struct DecisionClass: Sendable {
  /// Place of the candidate among all.
  var place: Int
  /// With the expected price in place of the list's.
  var candidate: Candidate
  var capacity: Capacity
  var phases: PhaseLengths
  var price: ExpectedPrice
  /// In the order of the engine's sizes.
  var speeds: [ClusterSpeed]
  var option: Decisions.Candidate

  /// Chips at a size of the engine's list.
  func chips(_ size: Int) -> Int { speeds[size].chips }
}

extension Candidate {
  /// The candidate at the price that a buyer of its size is expected to pay.
  func at(_ price: ExpectedPrice) -> Candidate {
    guard let middle = price.expected.central else { return self }
    var candidate = self
    switch source {
    case .rent(var offer):
      offer.usdPerInstanceHour = middle * Double(offer.chipsPerInstance)
      candidate.source = .rent(offer)
    case .buy(var quote):
      quote.capex = price.expected
      candidate.source = .buy(quote)
    }
    return candidate
  }

  /// How a purchase's hours are billed.
  func grid(_ capacity: Capacity) -> BillingGrid {
    guard case .rent(let offer) = source, let terms else { return .byTheHour }
    let longest = min(
      capacity.longestTermDays.map { $0 * 24 } ?? .infinity, terms.maxTermHours ?? .infinity)
    switch terms.rule {
    case .none, .flexStart:
      return BillingGrid(first: terms.minTermHours ?? 0, step: 1)
    case .capacityBlock:
      return BillingGrid(
        first: 24, step: 24, coarseFrom: RentalTerms.blockDaysByTheDay * 24, coarseStep: 7 * 24,
        longest: min(longest, RentalTerms.longestBlockDays * 24))
    case .calendar:
      return BillingGrid(
        first: 24, step: 24, longest: min(longest, RentalTerms.longestCalendarDays * 24))
    case .commitment:
      let hours = terms.commitmentHours ?? 1
      if let share = offer.terms.takeOrPayShare {
        return .owed(share: max(share, offer.terms.prepaymentShare ?? 0), ofTermHours: hours)
      }
      return BillingGrid(first: hours, step: hours)
    }
  }
}

/// Turns candidates into what the decision engine weighs.
struct DecisionClassMaker {
  let bills: BillMaker
  let scenario: Scenario
  let catalog: Catalog

  init(_ bills: BillMaker) {
    self.bills = bills
    scenario = bills.scenario
    catalog = bills.catalog
  }

  /// The classes of a candidate: its sizes parted by how they are had.
  ///
  /// - Parameters:
  ///   - chips: all sizes it comes in, ascending.
  func classes(of candidate: Candidate, chips: [Int]) -> [(capacity: Capacity, chips: [Int])] {
    var found: [(capacity: Capacity, chips: [Int])] = []
    for count in chips {
      let capacity = candidate.capacity(chips: count, in: catalog, scenario)
      guard count <= capacity.mostChips, candidate.quoted.allows(chips: count) else { continue }
      if let last = found.indices.last, found[last].capacity == capacity {
        found[last].chips.append(count)
      } else {
        found.append((capacity, [count]))
      }
    }
    return found
  }

  /// Names of scores that a class needs beside those of its speed.
  func scores(_ candidate: Candidate, _ capacity: Capacity, _ phases: PhaseLengths) -> [String] {
    var names = phases.startDoubts
    for length in [phases.acceptance, phases.bringUp, phases.evaluation] where length.deviation > 0
    {
      names.append(length.name)
    }
    names += ["market.\(capacity.group)", "seller.\(candidate.provider)"]
    if capacity.chance != nil {
      names += ["channel.\(capacity.channel)", "doubt.\(capacity.channel)"]
    }
    return names
  }

  /// A class with its figures; nil when it has no price.
  ///
  /// - Parameter work: what the rest of the bill depends on, at each size.
  func make(
    place: Int, _ listed: Candidate, _ capacity: Capacity, speeds: [ClusterSpeed],
    work: (Int) -> WorkSize, into draws: inout OutcomeDraws
  ) -> DecisionClass? {
    guard let first = speeds.first, let last = speeds.last else { return nil }
    let price = listed.expectedPrice(chips: last.chips, in: catalog, scenario)
    let candidate = listed.at(price)
    let phases = bills.phases(candidate, chips: first.chips)
    let unit = first.workPerChipDay
    var option = Decisions.Candidate(
      id: "\(place)/\(first.chips)", route: candidate.route.rawValue,
      obtaining: Self.obtaining(capacity.kind),
      sizes: speeds.map {
        ClusterSize(chips: Double($0.chips), scale: $0.workPerChipDay / unit)
      },
      terms: [Terms(candidate.purchase.rawValue, candidate.grid(capacity))],
      speed: .logLinear(
        median: unit, first.doubt.loadings(candidate.accelerator, draws)),
      startDays: draws.startDays(phases))
    option.isYardstick = candidate.route == .rentGPU
    option.keptDays = draws.figure(phases.evaluation) + phases.margin
    option.idleDays = draws.figure(phases.acceptance) + draws.figure(phases.bringUp)
    let inputs = candidate.inputs
    let multiple = bills.experimentsMultiplier
    option.experimentsShare =
      multiple > 1 ? draws.value(inputs.name(.experiments), usual: multiple) + -1 : .zero
    setOther(&option, candidate, work(last.chips), draws)
    switch candidate.source {
    case .rent(let offer): setRent(&option, candidate, offer, price, capacity, draws)
    case .buy(let quote):
      guard setPurchase(&option, candidate, quote, chips: first.chips, draws) else { return nil }
    }
    setGrant(&option, capacity, phases, draws)
    return DecisionClass(
      place: place, candidate: candidate, capacity: capacity, phases: phases, price: price,
      speeds: speeds, option: option)
  }

  private static func obtaining(_ kind: CapacityClass) -> Decisions.Obtaining {
    switch kind {
    case .inHand: .inHand
    case .contract: .contract
    case .request: .request
    }
  }

  /// Data, porting, storage, egress, support and tax.
  func setOther(
    _ option: inout Decisions.Candidate, _ candidate: Candidate, _ work: WorkSize,
    _ draws: OutcomeDraws
  ) {
    let rates = OtherCostRates(bills.otherCosts(candidate, work))
    let tax =
      candidate.route == .buyGPU ? 0 : scenario.overheads.cloudTaxFraction ?? 0
    let overhead: Double = (1 + rates.supportFraction) * (1 + tax) - 1
    option.overheadShare = .constant(overhead)
    // Support is no share of people's work and of data: what the overhead adds to them is taken off.
    let people: Double = 1 / (1 + rates.supportFraction)
    option.fixedUsd =
      .constant(rates.preparationDollars * people + rates.egressDollars)
      + draws.factor(candidate.inputs.name(.porting)) * (rates.portingDollars * people)
    option.useUsdPerHour = .constant(rates.storageDollarsPerHour)
  }

  private func setRent(
    _ option: inout Decisions.Candidate, _ candidate: Candidate, _ offer: Offer,
    _ price: ExpectedPrice, _ capacity: Capacity, _ draws: OutcomeDraws
  ) {
    var dollars = price.expected.central ?? 0
    if let spot = bills.spotRun(offer) {
      let calendar = max(1, spot.calendarPerCleanHour)
      option.speed = option.speed * (1 / calendar)
      dollars *= spot.billedPerCleanHour / calendar
    }
    var deviation = 0.0
    if let low = price.expected.lower, let high = price.expected.upper, low > 0, high > low {
      deviation = .log(high / low) / 2 / 1.281_551_565_544_600_5
    }
    // Dear when scarce: the price leans on the market that grants.
    let tie = min(
      1, abs(catalog.judgement("dependence_of_grants", appliesTo: "price")?.value.central ?? -0.5))
    let loadings =
      draws.loading("market.\(capacity.group)", deviation * tie)
      + draws.loading("seller.\(candidate.provider)", deviation * .sqrt(1 - tie * tie))
    option.usdPerChipHour =
      .logLinear(median: dollars, loadings) * draws.factor(candidate.inputs.name(.price))
    if candidate.terms?.rule == .capacityBlock {
      // Instances are stopped before the block's end.
      option.idleDays = option.idleDays + 1.0 / 24
    }
  }

  private func setPurchase(
    _ option: inout Decisions.Candidate, _ candidate: Candidate, _ quote: ServerQuote, chips: Int,
    _ draws: OutcomeDraws
  ) -> Bool {
    let figures = bills.figures(quote, candidate, chips: chips)
    guard let rates = OwnershipRates(figures: figures, chips: chips) else { return false }
    let inputs = candidate.inputs
    let server = draws.factor(inputs.name(.server))
    let upkeep = draws.factor(inputs.name(.maintenance))
    option.pricedBy = .units
    option.unitUsd = server * rates.serverDollars
    option.depositUsd = .constant(rates.attachedDollars)
    option.usdPerChipHour = draws.factor(inputs.name(.colocation)) * rates.colocationPerHour
    let energy: Figure = draws.factor(inputs.name(.electricity)) * rates.energyPerHour
    let staff: Figure = draws.factor(inputs.name(.staff)) * rates.staffPerHour
    let serverUpkeep: Figure = server * upkeep * rates.serverUpkeepPerHour
    option.useUsdPerChipHour =
      energy + staff + serverUpkeep + upkeep * rates.attachedUpkeepPerHour
    return true
  }

  private func setGrant(
    _ option: inout Decisions.Candidate, _ capacity: Capacity, _ phases: PhaseLengths,
    _ draws: OutcomeDraws
  ) {
    option.refusalDays = phases.decide.days + phases.contract.days
    guard let chance = capacity.chance, let middle = chance.central,
      let market = draws.sets.column("market.\(capacity.group)"),
      let own = draws.sets.column("channel.\(capacity.channel)")
    else { return }
    let correlation =
      catalog.judgement("dependence_of_grants", appliesTo: "sellers")?.value.central ?? 0.6
    var grant = Grant(
      channel: capacity.channel, chance: middle,
      score: Loading.shared(market, own: own, correlation: correlation))
    if let low = chance.lower, let high = chance.upper, low > 0, high < 1, high > low,
      let doubt = draws.sets.column("doubt.\(capacity.channel)")
    {
      grant.doubt = Grant.doubt(low: low, high: high, doubt)
    }
    option.grant = grant
  }
}
