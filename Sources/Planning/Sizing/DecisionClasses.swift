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
  /// What stands at a bound because no source gives it.
  var blanks: [ClassBlank]
  /// In the order of the engine's sizes.
  var speeds: [ClusterSpeed]
  var option: Decisions.Candidate

  /// Chips at a size of the engine's list.
  func chips(_ size: Int) -> Int { speeds[size].chips }
}

/// Turns candidates into what the decision engine weighs.
struct DecisionClassMaker {
  let bills: BillMaker
  let scenario: Scenario
  let catalog: Catalog

  /// - Parameter buyer: whose budget prices are expected for; nil takes the bills' scenario.
  init(_ bills: BillMaker, buyer: Scenario? = nil) {
    self.bills = bills
    scenario = buyer ?? bills.scenario
    catalog = bills.catalog
  }

  /// The classes of a candidate: its sizes parted by how they are had.
  ///
  /// - Parameters:
  ///   - chips: all sizes it comes in, ascending.
  func classes(of candidate: Candidate, chips: [Int]) -> [(capacity: Capacity, chips: [Int])] {
    var found: [(capacity: Capacity, chips: [Int])] = []
    for count in chips {
      let capacity = bills.capacity(candidate, chips: count)
      guard count <= capacity.mostChips, candidate.quoted.allows(chips: count) else { continue }
      if let last = found.indices.last, found[last].capacity == capacity,
        network(candidate, chips: found[last].chips[0]) == network(candidate, chips: count)
      {
        found[last].chips.append(count)
      } else {
        found.append((capacity, [count]))
      }
    }
    return found.flatMap { part in
      pricedAlike(candidate, part.chips).map { (part.capacity, $0) }
    }
  }

  /// Sizes parted where a seller gives more off to who takes more.
  private func pricedAlike(_ candidate: Candidate, _ chips: [Int]) -> [[Int]] {
    func price(_ chips: Int) -> Interval {
      candidate.expectedPrice(chips: chips, in: catalog, scenario).expected
    }
    guard let first = chips.first, let last = chips.last, price(first) != price(last) else {
      return [chips]
    }
    var parts: [(price: Interval, chips: [Int])] = []
    for count in chips {
      let own = price(count)
      if parts.last?.price == own {
        parts[parts.count - 1].chips.append(count)
      } else {
        parts.append((own, [count]))
      }
    }
    return parts.map(\.chips)
  }

  /// US dollars a chip of a bought cluster's network, whose kind changes with its size.
  private func network(_ candidate: Candidate, chips: Int) -> Double? {
    guard case .buy(let quote) = candidate.source else { return nil }
    return bills.figures(quote, candidate, chips: chips).networkDollarsPerChip
  }

  /// Names of scores that a class needs beside those of its speed.
  func scores(_ candidate: Candidate, _ capacity: Capacity, _ phases: PhaseLengths) -> [String] {
    var names = phases.startDoubts
    for length in [phases.acceptance, phases.bringUp, phases.evaluation] where length.deviation > 0
    {
      names.append(length.name)
    }
    names += ["market.\(capacity.group)", "seller.\(candidate.provider)"]
    if case .buy(let quote) = candidate.source, power(quote, candidate.accelerator) != nil {
      names.append(PowerBound.score(candidate.accelerator.id))
    }
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
      guard setPurchase(&option, candidate, quote, chips: last.chips, draws) else { return nil }
      option.sizes = option.sizes.map {
        billed($0, candidate, quote, as: last.chips)
      }
    }
    setGrant(&option, capacity, phases, draws)
    return DecisionClass(
      place: place, candidate: candidate, capacity: capacity, phases: phases, price: price,
      blanks: blanks(candidate, capacity, phases), speeds: speeds, option: option)
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

  /// A size of bought servers, whose spares come in whole ones, in chips at another size's rates.
  private func billed(
    _ size: ClusterSize, _ candidate: Candidate, _ quote: ServerQuote, as reference: Int
  ) -> ClusterSize {
    func share(_ chips: Int) -> Double {
      let figures = bills.figures(quote, candidate, chips: chips)
      return OwnershipRates(figures: figures, chips: chips)?.sparesPerServer ?? 0
    }
    let ratio: Double = (1 + share(Int(size.chips))) / (1 + share(reference))
    return ClusterSize(chips: size.chips, billedChips: size.chips * ratio, scale: size.scale)
  }

  func setPurchase(
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
    // Where the power is a bound, space and electricity go with it.
    let bound = power(quote, candidate.accelerator)
    let chip = candidate.accelerator.id
    let power = Figure.logLinear(
      median: 1,
      bound.map {
        draws.loading(
          PowerBound.score(chip), .log($0.high / $0.low) / 2 / ClassBlank.endScore)
      } ?? [])
    option.usdPerChipHour =
      power * draws.factor(inputs.name(.colocation)) * rates.colocationPerHour
    let energy: Figure = power * draws.factor(inputs.name(.electricity)) * rates.energyPerHour
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
