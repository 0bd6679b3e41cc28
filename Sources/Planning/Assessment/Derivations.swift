import Catalog
import Economics
import Quantities

extension Assessor {
  /// How each term of an option's median bill came to be.
  func derivations(_ candidate: Candidate, _ evaluation: Evaluation) -> [CostDerivation] {
    let accelerators: [CostDerivation]
    switch candidate.source {
    case .rent(let offer): accelerators = rental(candidate, offer, evaluation)
    case .buy(let quote):
      let chips = evaluation.instances * quote.chips
      accelerators = bills.figures(quote, candidate, chips: chips).derivations(
        chips: chips, usefulHours: evaluation.hours,
        experimentHours: (bills.experimentsMultiplier - 1) * evaluation.hours,
        used: OwnershipFigures.used(
          quote: quote, accelerator: candidate.accelerator, chips: chips,
          assumptions: bills.ownership))
    }
    return accelerators + others(candidate, evaluation)
  }

  private func rental(
    _ candidate: Candidate, _ offer: Offer, _ evaluation: Evaluation
  ) -> [CostDerivation] {
    guard let dollars = offer.usdPerInstanceHour else { return [] }
    let instances = DerivationInput("instances", Double(evaluation.instances), "")
    let price = DerivationInput(
      "expected price of \(offer.id)", dollars, "USD per instance-hour", offer.provenance)
    let run = bills.heldHours(offer, hours: evaluation.hours)
    let multiple = bills.experimentsMultiplier
    let useful = bills.heldHours(offer, hours: evaluation.hours * multiple)
    let idle = bills.idleHours(candidate, chips: evaluation.chips)
    let term = offer.termRule.billed(
      usefulHours: idle + useful, offer: offer,
      conditions: bills.conditions(candidate, chips: evaluation.chips))
    let rate = dollars * Double(evaluation.instances)
    let worked = DerivationInput(
      "hours of the run: tokens ÷ (tokens a second and chip × chips × goodput × 3,600)"
        + (run > evaluation.hours ? " × what interruptions cost" : ""), run, "h")
    let before = DerivationInput("hours of bring-up", idle, "h")
    var list = [
      CostDerivation(
        .acceleratorRent, "instances × (hours of bring-up + hours of the run) × price",
        [instances, before, worked, price], dollars: rate * (idle + run + term.restartHours))
    ]
    let unused = term.billedHours - idle - useful - term.restartHours
    if unused > 1.0 / 3600 {
      let isCommitment = offer.termRule == .commitment
      list.append(
        CostDerivation(
          isCommitment ? .idleCommitment : .minimumTermRounding,
          "instances × hours paid and not used × price",
          [
            instances, DerivationInput("hours billed", term.billedHours, "h"),
            DerivationInput("hours used", idle + useful, "h"), price,
          ], dollars: rate * unused))
    }
    if multiple > 1 {
      list.append(
        CostDerivation(
          .experiments,
          "(all computing ÷ the final run's − 1) × hours of the run × instances × price",
          [bills.rest.experimentsInput, worked, instances, price].compactMap { $0 },
          dollars: rate * (useful - run)))
    }
    return list
  }

  private func others(_ candidate: Candidate, _ evaluation: Evaluation) -> [CostDerivation] {
    let work = evaluation.job.size
    let costs = bills.otherCosts(candidate, work)
    let sources = bills.rest.sources(candidate)
    func figure(_ name: String) -> DerivationInput? {
      sources.first { $0.figure == name }.map {
        DerivationInput($0.figure, $0.value, $0.unit, $0.provenance)
      }
    }
    let job = bills.otherJob(
      candidate, chips: evaluation.chips, hours: evaluation.hours, cloudDollars: 0)
    let months = DerivationInput("months of 730.5 h", job.hours / 730.5, "")
    let bill = Dictionary(grouping: costs.bill(job).cashFlow.flows, by: \.term)
    func dollars(_ term: CostTerm) -> Double { (bill[term] ?? []).reduce(0) { $0 + $1.dollars } }
    let all: [(CostTerm, String, [DerivationInput?])] = [
      (
        .dataPreparation, "tokens ÷ tokens an instance prepares in an hour × price",
        [
          DerivationInput("tokens", work.tokens, ""),
          scenario.overheads.preparedTokensPerInstanceHour.map {
            DerivationInput("tokens per instance-hour", $0, "", .yours)
          }, figure("CPU instance for data preparation"),
        ]
      ),
      (
        .objectStorage, "GB of corpus × price × months",
        [
          DerivationInput("tokens", work.tokens, ""),
          DerivationInput("bytes a token", scenario.overheads.corpusBytesPerToken, ""),
          figure("Object storage"), months,
        ]
      ),
      (
        .checkpointStorage, "GB of checkpoints × price × months",
        [
          costs.checkpointGigabytes.map { DerivationInput("checkpoints kept", $0, "GB") },
          figure("Object storage"), months,
        ]
      ),
      (
        .egress, "GB taken out at the provider's falling prices",
        [
          costs.egressGigabytes.map { DerivationInput("final weights, or as given", $0, "GB") },
          figure("Egress, first step"),
        ]
      ),
      (
        .porting, "person-weeks ÷ weeks a year × pay",
        [
          costs.portingPersonWeeks.map { DerivationInput("person-weeks", $0, "") },
          figure("Porting time"), figure("Cost of staff"),
        ]
      ),
    ]
    return all.compactMap { term, formula, inputs in
      let amount = dollars(term)
      guard amount > 0 else { return nil }
      return CostDerivation(term, formula, inputs.compactMap { $0 }, dollars: amount)
    } + shares(candidate, evaluation)
  }

  /// Terms that are a share of the others.
  private func shares(_ candidate: Candidate, _ evaluation: Evaluation) -> [CostDerivation] {
    let flows = bills.flows(
      candidate, instances: evaluation.instances, hours: evaluation.hours,
      work: evaluation.job.size)
    let all: [(CostTerm, String, Double?)] = [
      (.supportPlan, "share × cloud bill", scenario.overheads.supportFraction),
      (.taxes, "rate × cloud bill", scenario.overheads.cloudTaxFraction),
    ]
    return all.compactMap { term, formula, share in
      let amount = (flows?.flows ?? []).filter { $0.term == term }.reduce(0) { $0 + $1.dollars }
      guard let share, amount > 0 else { return nil }
      return CostDerivation(
        term, formula,
        [
          DerivationInput("share", share, "", .yours),
          DerivationInput("cloud bill", amount / share, "USD"),
        ], dollars: amount)
    }
  }
}
