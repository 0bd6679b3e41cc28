import Catalog
import Economics
import Quantities
import Throughput

/// Every uncertain input, in the order in which they are listed. A new one is declared here, and its
/// factor is applied where the figure is reckoned that it multiplies.
///
/// Listed prices are contracts and stand as points, unless the scenario gives a provider's a range.
/// Where a figure has no range, or only one end of one, it stands as a point and is not listed.
extension InputDeclaration {
  static let all: [InputDeclaration] = [
    experiments, portingTime, queueWait, loss, throughput, goodput, electricity, colocation, staff,
    maintenance, installationTime, burnInTime, residualValue, serverPrice, leadTime, price,
  ]

  // MARK: The work

  static let experiments = InputDeclaration(
    "experiments", unit: "times", meaning: { _ in "All computing over the final run's" },
    multiplies: .experiments, effects: .money, scenarioKey: "experiments", dimensions: ["": 0],
    bounds: Bounds(1...1000, plausible: 1...30, "times the final run")
  ) { source, _ in
    guard case .published(let scope) = source.scenario.overheads.experiments else {
      return Belief()
    }
    return source.row("development_multiplier/\(scope)")
  } settle: { figures, _, _, median in
    figures.scenario.overheads.experiments = .times(max(1, median))
  }

  static let portingTime = InputDeclaration(
    "porting_time", unit: "weeks", meaning: { _ in "Porting to a new software stack" },
    multiplies: .porting, effects: [.money, .time], dimensions: ["": 3],
    bounds: Bounds(0...1000, plausible: 0...150, "weeks")
  ) { source, _ in
    guard source.options.contains(where: source.isNewStack) else { return nil }
    return source.row("porting_time/new-stack")
  } settle: { figures, _, range, _ in
    figures.replace("porting_time/new-stack", range)
  }

  static let queueWait = InputDeclaration(
    "queue_wait", of: .rented, unit: "hours", meaning: { _ in "Wait of a flex-start request" },
    multiplies: .queueWait, effects: .time, scenarioKey: "queue_wait_hours", dimensions: ["": 10],
    bounds: FieldBounds.queueWait
  ) { source, _ in
    source.options.contains { $0.purchase == .flexStart } ? Belief() : nil
  } settle: { figures, _, _, median in
    figures.scenario.renting.queueWaitHours = median
  }

  static let loss = InputDeclaration(
    "loss", unit: "standard deviations",
    meaning: { _ in "Constants of the scaling law, drawn together" }, dimensions: ["": 2],
    isGivable: false, form: { _ in .asDrawn }
  ) { _, _ in
    Belief(
      distribution: try? .normal(mean: 0, standardDeviation: 1),
      provenance: Provenance(
        source: "https://arxiv.org/abs/2404.10102", asOf: "2024", grade: .b,
        note: "joint covariance of 600 bootstrap refits"))
  }

  // MARK: The machines

  static let throughput = InputDeclaration(
    "throughput", one: .accelerator, unit: "times", meaning: { "Speed of \($0) over the estimate" },
    bounds: Bounds(
      0.02...10, plausible: 0.25...2.5, "times the estimate (a factor about 1, not an MFU)",
      slips: [.percent])
  ) { source, accelerator in
    source.estimate(accelerator).map { source.scatter($0.tokensPerSecondPerChip, $0) }
  }

  static let goodput = InputDeclaration(
    "goodput", one: .accelerator, unit: "times",
    meaning: { "Goodput of \($0) over the estimate" },
    bounds: Bounds(
      0.05...3, plausible: 0.4...1.5, "times the estimate (a factor about 1)", slips: [.percent])
  ) { source, accelerator in
    source.estimate(accelerator).map { estimate in
      guard let kind = source.catalog.accelerator(accelerator)?.kind else { return Belief() }
      return source.scatter(ThroughputModel.builtIn.goodput(kind), estimate)
    }
  }

  // MARK: Owning

  static let electricity = InputDeclaration(
    "electricity", of: .owned, unit: "USD per kWh", meaning: { _ in "Electricity" },
    multiplies: .electricity, effects: .money, scenarioKey: "tariff", dimensions: ["": 4],
    bounds: FieldBounds.tariff
  ) { source, _ in
    source.figure(source.ownership.electricity)
  } settle: { figures, _, _, median in
    figures.scenario.owning.dollarsPerKilowattHour = median
  }

  static let colocation = InputDeclaration(
    "colocation", of: .owned, unit: "USD per kW and month", meaning: { _ in "Colocation" },
    multiplies: .colocation, effects: .money, dimensions: ["": 5],
    bounds: Bounds(0...1e6, plausible: 20...2000, "USD per kW and month")
  ) { source, _ in
    source.figure(source.ownership.colocation)
  } settle: { figures, _, range, _ in
    figures.replace(figures.usual.colocation?.id, range)
  }

  static let staff = InputDeclaration(
    "staff", of: .owned, unit: "people per 1,000 chips", meaning: { _ in "Operations staff" },
    multiplies: .staff, effects: .money, dimensions: ["": 6],
    bounds: Bounds(0...10_000, plausible: 0.2...500, "people per 1,000 chips")
  ) { source, _ in
    source.figure(source.ownership.staff)
  } settle: { figures, _, range, _ in
    figures.replace(figures.usual.staff?.id, range)
  }

  static let maintenance = InputDeclaration(
    "maintenance", of: .owned, unit: "percent of the hardware's price a year",
    meaning: { _ in "Maintenance" }, multiplies: .maintenance, effects: .money,
    dimensions: ["": 7],
    bounds: Bounds(0...100, plausible: 0...40, "percent of the price a year")
  ) { source, _ in
    source.figure(source.ownership.maintenance)
  } settle: { figures, _, range, _ in
    figures.replace(figures.usual.maintenance?.id, range)
  }

  static let installationTime = InputDeclaration(
    "installation_time", of: .owned, unit: "weeks", meaning: { _ in "Delivery and installation" },
    multiplies: .installation, effects: [.money, .time], dimensions: ["": 8],
    bounds: Bounds(0...1000, plausible: 0...100, "weeks")
  ) { source, _ in
    source.figure(source.ownership.installWeeks)
  } settle: { figures, _, range, _ in
    figures.replace(figures.usual.installWeeks?.id, range)
  }

  static let burnInTime = InputDeclaration(
    "burn_in_time", of: .owned, unit: "weeks", meaning: { _ in "Burn-in" }, multiplies: .burnIn,
    effects: [.money, .time], dimensions: ["": 9],
    bounds: Bounds(0...1000, plausible: 0...52, "weeks")
  ) { source, _ in
    source.figure(source.ownership.burnInWeeks)
  } settle: { figures, _, range, _ in
    figures.replace(figures.usual.burnInWeeks?.id, range)
  }

  /// The value of used servers: the judgement's range about the catalogue's curve at three years, or
  /// the scenario's about the value left when the job is done.
  static let residualValue = InputDeclaration(
    "residual_value", of: .owned, unit: "of their price",
    meaning: { _ in "Value of servers after 3 years" }, multiplies: .residual,
    scenarioKey: "residual", dimensions: ["": 1],
    bounds: Bounds(0...1, plausible: 0...0.95, "of the price", slips: [.percent]),
    form: { $0.owning.residualFraction == nil ? .decay : .overMedian }
  ) { source, _ in
    guard source.scenario.owning.residualFraction == nil else {
      return Belief(meaning: "Value of the servers when the job is done")
    }
    guard let prior = source.catalog.ownership("residual_value_year_3/planning-prior"),
      source.ownership.residualValue.count > 2,
      let middle = source.ownership.residualValue[2]?.value.central
    else { return nil }
    return Belief(
      range: Interval(low: prior.value.low, typical: middle, high: prior.value.high),
      provenance: prior.provenance)
  } settle: { figures, _, _, median in
    figures.scenario.owning.residualFraction = min(1, max(0, median))
  }

  /// Prices of all servers of the catalogue, also of those that no option is: they move together, so
  /// that leaving one out would change the draws of the others.
  static let serverPrice = InputDeclaration(
    "server_price", one: .server, of: .owned, unit: "USD a server", meaning: { "Price of \($0)" },
    multiplies: .server, effects: .money,
    bounds: Bounds(
      1...1e11, plausible: 1000...50_000_000, "USD a server", slips: [.thousands])
  ) { source, id in
    source.catalog.quotes.first { $0.id == id }.map { quote in
      Belief(
        range: Interval(
          low: quote.capex.low, typical: quote.capex.central, high: quote.capex.high),
        provenance: quote.provenance, meaning: "Price of \(quote.name)")
    }
  } settle: { figures, quote, range, _ in
    figures.serverPrices[quote] = range
  }

  static let leadTime = InputDeclaration(
    "lead_time", one: .generation, of: .owned, unit: "weeks",
    meaning: { "Lead time of \($0) servers" }, multiplies: .leadTime, effects: .time,
    bounds: Bounds(
      0...1000, plausible: 0...150, "weeks", slips: [Bounds.Slip(1.0 / 7, "in days")])
  ) { source, generation in
    source.figure(source.ownership.leadWeeks[generation])
  } settle: { figures, generation, range, _ in
    figures.replace(figures.usual.leadWeeks[generation]?.id, range)
    figures.generations.insert(generation)
  }

  // MARK: Renting

  /// Prices of all providers, because they move together like those of servers.
  static let price = InputDeclaration(
    "price", one: .provider, of: .rented, unit: "times",
    meaning: { "Prices of \($0) over the listed" }, multiplies: .price, effects: .money,
    dimensions: ["aws": 11, "gcp": 12],
    bounds: Bounds(0.01...100, plausible: 0.1...5, "times the listed prices", slips: [.percent])
  ) { _, _ in
    Belief()
  } settle: { figures, provider, _, median in
    figures.priceFactors[provider] = median
  }
}
