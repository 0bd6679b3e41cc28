import Catalog
import Economics
import Quantities
import Throughput

extension Assessor {
  /// The figures that are this option's own: what its evidence is graded by.
  func sources(_ candidate: Candidate, _ evaluation: Evaluation?) -> [SourcedFigure] {
    var figures: [SourcedFigure] = []
    let chip = candidate.accelerator
    if let rate = chip.bf16Teraflops {
      figures.append(
        SourcedFigure(
          figure: "Peak 16-bit rate of \(chip.name)", value: rate, unit: "TFLOP/s",
          provenance: chip.provenance))
    }
    if let own = bills.catalog.measured.first(where: { $0.id == chip.id }) {
      figures.append(
        SourcedFigure(
          figure: "Your \(own.runs) runs on \(chip.name), speed over the model's",
          value: own.speedRatio, unit: "times", provenance: own.provenance))
    }
    switch candidate.source {
    case .rent(let offer):
      guard let price = offer.usdPerInstanceHour else { break }
      let isDiscounted = scenario.renting.discounts[offer.provider] != nil
      figures.append(
        SourcedFigure(
          figure: "Price of \(offer.id)\(isDiscounted ? ", your discount taken off" : "")",
          value: price, unit: "USD per instance-hour", provenance: offer.provenance))
    case .buy(let quote):
      guard evaluation != nil else { break }
      let chips = (evaluation?.instances ?? 1) * quote.chips
      figures += OwnershipFigures.used(
        quote: quote, accelerator: chip, chips: chips, assumptions: bills.ownership
      ).map {
        SourcedFigure(
          figure: $0.name, value: $0.value, unit: $0.unit, provenance: $0.provenance)
      }
    }
    return figures
  }

  /// The terms without a figure, each with the reason.
  func notIncluded(_ candidate: Candidate, _ evaluation: Evaluation) -> [NotIncluded] {
    let owned = bills.owned(candidate, instances: evaluation.instances, hours: evaluation.hours)
    let gaps = (owned?.notIncluded ?? []).map {
      NotIncluded(term: $0.term.rawValue, reason: $0.reason)
    }
    let job = OtherCosts.Job(
      start: scenario.start, hours: evaluation.hours, runDollars: 0, cloudDollars: 0,
      countedDollars: 0)
    let others = bills.otherCosts(candidate, evaluation.job.size).bill(job).notIncluded.map(\.term)
      .filter { $0 != .contingency && $0 != .experiments }
    var missing = Set(others)
    if bills.rest.experimentsMultiplier == nil { missing.insert(.experiments) }
    if candidate.route != .buyGPU, scenario.overheads.cloudTaxFraction == nil {
      missing.insert(.taxes)
    }
    return gaps
      + missing.sorted().compactMap { term in
        bills.rest.gap(term, candidate).map { NotIncluded(term: term.rawValue, reason: $0) }
      }
      + CostChecklist.outside.map { NotIncluded(term: $0.name, reason: $0.reason) }
  }

  func warnings(_ candidate: Candidate, _ evaluation: Evaluation?) -> [String] {
    var warnings: [String] = []
    if case .rent(let offer) = candidate.source {
      switch offer.obtainable {
      case .unlikely: warnings.append("hard to get: \(offer.reason)")
      case .unknown:
        warnings.append("whether it can be had is not known\(Self.tail(offer.reason))")
      case .no, .yes: break
      }
      if offer.purchase == .spot {
        warnings.append(
          scenario.renting.spotMeanHours == nil
            ? "interruptions of spot capacity are not reckoned: time and cost are a floor"
            : "spot capacity can end at any time; its interruptions are your estimate")
      }
      if offer.termRule == .capacityBlock, let evaluation {
        let term = offer.termRule.billed(usefulHours: evaluation.hours, offer: offer)
        if term.segments > 1 {
          warnings.append("\(term.segments) blocks in a row; a gap between them is possible")
        }
      }
    }
    if case .buy(let quote) = candidate.source {
      let figures = OwnershipFigures(
        quote: quote, accelerator: candidate.accelerator, chips: quote.chips,
        assumptions: bills.ownership)
      if figures.leadDays == nil { warnings.append("its lead time is not known and not counted") }
      if quote.capex.typical == nil {
        warnings.append("its price is the middle of a wide range\(Self.tail(quote.reason))")
      }
    }
    return warnings + evidenceWarnings(candidate, evaluation)
  }

  /// Where the throughput goes beyond what was ever measured and published.
  private func evidenceWarnings(_ candidate: Candidate, _ evaluation: Evaluation?) -> [String] {
    guard let evaluation else { return [] }
    let chip = candidate.accelerator
    guard let largest = PublishedRun.largestCluster(accelerator: chip.id) else {
      return ["no measurement on \(chip.name) was ever published"]
    }
    guard evaluation.chips > largest * 2 else { return [] }
    return [
      "\(Decimals.grouped(Double(evaluation.chips))) chips are far beyond the largest published "
        + "measurement on \(chip.name) (\(Decimals.grouped(Double(largest))))"
    ]
  }

  private static func tail(_ reason: String) -> String {
    reason.isEmpty ? "" : ": \(reason)"
  }
}
