import Quantities
import Catalog
import Economics
import RealModule
import Throughput
import Uncertainty

/// The uncertain inputs of a plan and how they move together: the catalogue's ranges, the scatter of
/// published runs about the model, and the scenario's own ranges over them.
///
/// Listed prices are contracts and stand as points, unless the scenario gives a provider's a range.
/// Where a figure has no range, or only one end of one, it stands as a point and is not listed.
struct InputRegistry {
  let scenario: Scenario
  let catalog: Catalog
  private let ownership: OwnershipAssumptions
  private(set) var inputs: [PlanInput] = []

  /// What of an option decides which inputs are listed.
  struct Touched {
    var route: Route
    var provider: String
    var offer: String
    var accelerator: String
    var purchase: Purchase
    /// Nil before it is known: speeds are then not listed.
    var throughput: ThroughputEstimate?
  }

  /// - Parameter touched: only what touches one of these options is listed.
  init(scenario: Scenario, catalog: Catalog, touched known: [Touched]) {
    self.scenario = scenario
    self.catalog = catalog
    ownership = OwnershipAssumptions.standard(from: catalog).at(scenario.owning, catalog)
    addWork(known)
    addMachines(known)
    let owned = known.filter { $0.route == .buyGPU }
    if !owned.isEmpty {
      addOwning()
      addServers(owned)
    }
    addPrices()
  }

  /// The inputs by their names.
  var byName: [String: PlanInput] {
    Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0) })
  }

  // MARK: The work

  private mutating func addWork(_ known: [Touched]) {
    if case .published(let scope) = scenario.overheads.experiments {
      add(
        row: "development_multiplier/\(scope)", InputNames.experiments,
        "All computing over the final run's", "times", geometric: true)
    } else {
      add(InputNames.experiments, "All computing over the final run's", "times", nil, nil)
    }
    if known.contains(where: isNewStack) {
      add(
        row: "porting_time/new-stack", InputNames.portingTime, "Porting to a new software stack",
        "weeks", geometric: true)
    }
    if known.contains(where: { $0.purchase == .flexStart }) {
      add(InputNames.queueWait, "Wait of a flex-start request", "hours", nil, nil)
    }
    guard let score = try? Distribution.normal(mean: 0, standardDeviation: 1) else { return }
    inputs.append(
      PlanInput(
        name: InputNames.loss, meaning: "Constants of the scaling law, drawn together",
        unit: "standard deviations", distribution: score,
        provenance: Provenance(
          source: "https://arxiv.org/abs/2404.10102", asOf: "2024", grade: .b,
          note: "joint covariance of 600 bootstrap refits"), isGiven: false))
  }

  private func isNewStack(_ option: Touched) -> Bool {
    guard let used = scenario.overheads.stacksInUse,
      let chip = catalog.accelerator(option.accelerator)
    else { return false }
    return !used.contains(chip.kind)
  }

  // MARK: The machines

  private mutating func addMachines(_ known: [Touched]) {
    var seen: Set<String> = []
    for option in known where seen.insert(option.accelerator).inserted {
      guard let estimate = option.throughput else { continue }
      let id = option.accelerator
      let scatter = Provenance(
        source: "scatter of published runs about the model", asOf: "", grade: estimate.evidence)
      add(
        InputNames.throughput(id), "Speed of \(id) over the estimate", "times",
        Self.relative(estimate.tokensPerSecondPerChip), scatter)
      add(
        InputNames.goodput(id), "Goodput of \(id) over the estimate", "times",
        (catalog.accelerator(id)?.kind).map {
          Self.relative(ThroughputModel.builtIn.goodput($0))
        }, scatter)
    }
  }

  /// A range about 1.
  private static func relative(_ range: Percentiles) -> Interval {
    Interval(low: range.p10 / range.p50, typical: 1, high: range.p90 / range.p50)
  }

  // MARK: Owning

  private mutating func addOwning() {
    add(ownership.electricity, InputNames.electricity, "Electricity", "USD per kWh")
    add(ownership.colocation, InputNames.colocation, "Colocation", "USD per kW and month")
    add(ownership.staff, InputNames.staff, "Operations staff", "people per 1,000 chips")
    add(
      ownership.maintenance, InputNames.maintenance, "Maintenance",
      "percent of the hardware's price a year")
    add(ownership.installWeeks, InputNames.installationTime, "Delivery and installation", "weeks")
    add(ownership.burnInWeeks, InputNames.burnInTime, "Burn-in", "weeks")
    addResidualValue()
  }

  /// The value of used servers: the judgement's range about the catalogue's curve at three years, or
  /// the scenario's about the value left when the job is done.
  private mutating func addResidualValue() {
    let name = InputNames.residualValue
    guard scenario.owning.residualFraction == nil else {
      return add(name, "Value of the servers when the job is done", "of their price", nil, nil)
    }
    guard let prior = catalog.ownership("residual_value_year_3/planning-prior"),
      ownership.residualValue.count > 2, let middle = ownership.residualValue[2]?.value.central
    else { return }
    add(
      name, "Value of servers after 3 years", "of their price",
      Interval(low: prior.value.low, typical: middle, high: prior.value.high), prior.provenance)
  }

  /// Prices of all servers of the catalogue, also of those that no option is: they move together, so
  /// that leaving one out would change the draws of the others.
  private mutating func addServers(_ owned: [Touched]) {
    for quote in catalog.quotes {
      add(
        InputNames.serverPrice(quote.id), "Price of \(quote.name)", "USD a server",
        Interval(low: quote.capex.low, typical: quote.capex.central, high: quote.capex.high),
        quote.provenance)
    }
    var generations: Set<String> = []
    for option in owned {
      guard let chip = catalog.accelerator(option.accelerator),
        generations.insert(chip.generation).inserted
      else { continue }
      add(
        ownership.leadWeeks[chip.generation], InputNames.leadTime(chip.generation),
        "Lead time of \(chip.generation) servers", "weeks")
    }
  }

  /// Prices of all providers, for the same reason.
  private mutating func addPrices() {
    for provider in Set(catalog.offers.map(\.provider)).sorted() {
      add(InputNames.price(provider), "Prices of \(provider) over the listed", "times", nil, nil)
    }
  }

  // MARK: Adding

  private mutating func add(
    row id: String, _ name: String, _ meaning: String, _ unit: String, geometric: Bool
  ) {
    guard let row = catalog.ownership(id) else { return }
    let middle = geometric ? row.value.geometricCentral : row.value.central
    add(
      name, meaning, unit,
      Interval(low: row.value.low, typical: middle, high: row.value.high), row.provenance)
  }

  private mutating func add(
    _ figure: Sourced?, _ name: String, _ meaning: String, _ unit: String
  ) {
    guard let figure else { return }
    add(
      name, meaning, unit,
      Interval(
        low: figure.value.low, typical: figure.value.central, high: figure.value.high),
      figure.provenance)
  }

  /// Adds the scenario's own range, or else the catalogue's where it has both ends.
  private mutating func add(
    _ name: String, _ meaning: String, _ unit: String, _ interval: Interval?,
    _ provenance: Provenance?
  ) {
    if let given = scenario.spreads[name] {
      guard let distribution = try? given.distribution(), !distribution.isPoint else { return }
      inputs.append(
        PlanInput(
          name: name, meaning: meaning, unit: unit, distribution: distribution,
          provenance: Provenance(
            source: given.origin.description, asOf: "", grade: .a), isGiven: true))
      return
    }
    guard let low = interval?.low, let middle = interval?.typical, let high = interval?.high,
      let provenance, let distribution = try? Distribution.between(low, middle, high)
    else { return }
    inputs.append(
      PlanInput(
        name: name, meaning: meaning, unit: unit, distribution: distribution,
        provenance: provenance, isGiven: false))
  }
}

extension InputRegistry {
  /// How inputs move together: the catalogue's judgements, where both sides are drawn.
  var correlations: [InputCorrelation] {
    let names = Set(inputs.map(\.name))
    func rows(_ id: String, _ pairs: [(String, String)]) -> [InputCorrelation] {
      guard let value = catalog.ownership("correlation/\(id)")?.value.central else { return [] }
      return pairs.filter { names.contains($0.0) && names.contains($0.1) }.map {
        InputCorrelation($0.0, $0.1, value)
      }
    }
    let chips = inputs.map(\.name).filter { $0.hasPrefix("throughput.") }
    let prices = inputs.map(\.name).filter { $0.hasPrefix("price.") }
    let servers = inputs.map(\.name).filter { $0.hasPrefix("server_price.") }
    let newChips = chips.filter { name in
      let id = String(name.dropFirst("throughput.".count))
      guard let chip = catalog.accelerator(id) else { return false }
      return scenario.overheads.stacksInUse.map { !$0.contains(chip.kind) } ?? false
    }
    return rows("mfu--first-use-delay", newChips.map { (InputNames.portingTime, $0) })
      + rows("price--availability-wait", prices.map { ($0, InputNames.queueWait) })
      + rows("prices-across-providers", Self.pairs(prices) + Self.pairs(servers))
      + rows("residual-value--rent-price", prices.map { (InputNames.residualValue, $0) })
  }

  private static func pairs(_ names: [String]) -> [(String, String)] {
    names.indices.flatMap { first in
      names.indices.dropFirst(first + 1).map { (names[first], names[$0]) }
    }
  }
}

extension Assessment {
  /// Nil when it has no figures.
  var touched: InputRegistry.Touched? {
    outcome.map { outcome in
      InputRegistry.Touched(
        route: route, provider: provider, offer: offer, accelerator: accelerator,
        purchase: purchase, throughput: outcome.throughput)
    }
  }
}

extension Candidate {
  var touched: InputRegistry.Touched {
    InputRegistry.Touched(
      route: route, provider: provider, offer: offerName, accelerator: accelerator.id,
      purchase: purchase)
  }
}
