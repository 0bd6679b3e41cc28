import Catalog
import Economics
import RealModule
import Throughput
import Uncertainty

/// What it is worth to know more before choosing: everything, one input, or what a benchmark shows.
///
/// Costs are those of `Judgement` in US dollars, of the best option of each offer, over the first
/// worlds. Of a model sized from the budget they are what the budget would have to be for the loss
/// that is reached.
struct Learning {
  private let options: RankedOptions
  private let scenario: Scenario
  private let catalog: Catalog
  private let trial: TrialSize
  private let sampling: Sampling
  /// US dollars in each world, of the options that are best in some world or on the whole.
  private let costs: [[Double]]
  /// Accelerators of those options.
  private let accelerators: [String]
  /// US dollars; nil when nothing has a finite expected cost.
  let perfect: Double?
  let samples: Int

  init?(_ options: RankedOptions, scenario: Scenario, catalog: Catalog, trial: TrialSize) {
    var some = scenario
    some.samples = min(
      Sampling.weighedWorlds, scenario.samples > 0 ? scenario.samples : Sampling.weighedWorlds)
    let leaders = options.leaders
    guard !leaders.isEmpty,
      let sampling = try? Sampling(options, scenario: some, catalog: catalog)
    else { return nil }
    let contenders = sampling.run(contenders: Set(leaders)).contenders
    let known = leaders.compactMap { index in contenders[index].map { (index, $0.dollars) } }
    var tally = BestTally(draws: some.samples)
    for (option, cost) in known.enumerated() { tally.add(option, cost.1) }
    let means = known.map { $0.1.reduce(0, +) / Double(max(1, $0.1.count)) }
    perfect = ValueOfInformation.perfect(means: means, best: tally.best)
    // An option that is never the best one is not what learning would lead to.
    let chances = tally.chances(options: known.count)
    let usual = means.indices.min { means[$0] < means[$1] }
    let kept = known.indices.filter { chances[$0].value > 0 || $0 == usual }
    costs = kept.map { known[$0].1 }
    var seen: Set<String> = []
    accelerators = kept.map { options.assessments[known[$0].0].accelerator }.filter {
      seen.insert($0).inserted
    }
    samples = some.samples
    self.options = options
    self.scenario = scenario
    self.catalog = catalog
    self.trial = trial
    self.sampling = sampling
  }

  /// What knowing each input is worth, most first.
  var informationValues: [Sensitivity.InformationValue] {
    let found = sampling.maker.inputs.compactMap { input -> Sensitivity.InformationValue? in
      guard let worth = conditional(input.name)?.valueOfKnowing, worth >= 1 else { return nil }
      return Sensitivity.InformationValue(input: input, dollars: worth)
    }
    return found.sorted { $0.dollars > $1.dollars }
  }

  /// Costs by cell of an input; nil when it is certain.
  private func conditional(_ name: String) -> ConditionalCosts? {
    guard let draws = sampling.worlds.values(of: name), let partition = InputPartition(draws)
    else { return nil }
    var costs = ConditionalCosts(options: self.costs.count, partition: partition)
    for (option, values) in self.costs.enumerated() { costs.add(option, values) }
    return costs
  }

  /// A benchmark of each accelerator that may turn out best, most left of its gain first.
  func trials() -> [Sensitivity.Trial] {
    let trials = accelerators.compactMap(trial)
    func net(_ trial: Sensitivity.Trial) -> Double { trial.worth?.net ?? -.infinity }
    return trials.sorted { net($0) > net($1) }
  }

  private func trial(_ accelerator: String) -> Sensitivity.Trial? {
    let name = InputDeclaration.throughput.name(of: accelerator)
    // A benchmark's speed lies from that of the same model on more chips, against the model of speed,
    // as far as published ones do.
    guard let input = sampling.maker.inputs.first(where: { $0.name == name }),
      let conditional = conditional(name), let scatter = ValidationReport.builtInScatter
    else { return nil }
    // The score of a split range is normal too; its width is that of both sides together.
    let ends = input.distribution
    let prior: Double = .log(ends.quantile(0.9) / ends.quantile(0.1)) / 2.563_103_131
    let update = TrialUpdate(priorDeviation: prior, trialDeviation: scatter.deviation)
    guard let gain = conditional.valueOfTrial(informativeness: update.informativeness) else {
      return nil
    }
    let rented = cheapest(accelerator)
    return Sensitivity.Trial(
      accelerator: accelerator, offer: rented?.offer, chips: rented?.chips ?? trial.chips,
      hours: trial.hours, priorDeviation: prior, posteriorDeviation: update.posteriorDeviation,
      worth: rented.map { TrialWorth(gain: gain, cost: $0.dollars) }, gain: gain)
  }

  /// The cheapest way to rent so many chips for so long, and how many it comes in.
  private func cheapest(_ accelerator: String) -> (offer: String, chips: Int, dollars: Double)? {
    let rented = Candidate.all(in: catalog, scenario: scenario).compactMap {
      candidate -> (offer: String, chips: Int, dollars: Double)? in
      guard case .rent(let offer) = candidate.source, offer.accelerator == accelerator,
        candidate.reasons.isEmpty, offer.termRule != .commitment, offer.purchase != .spot,
        let price = offer.usdPerInstanceHour,
        let chips = ChipCounts.admissible(for: candidate, limit: trial.chips * 16).first(
          where: { $0 >= trial.chips }),
        let term = RentalCost.billed(
          terms: OfferTerms(offer), usefulHours: trial.hours,
          conditions: scenario.renting.chainConditions)
      else { return nil }
      let instances = (chips + offer.chipsPerInstance - 1) / offer.chipsPerInstance
      let name = "\(offer.provider) \(offer.instance), \(offer.region), \(offer.purchase.rawValue)"
      return (name, chips, price * Double(instances) * term.billedHours)
    }
    return rented.min { ($0.dollars, $0.offer) < ($1.dollars, $1.offer) }
  }
}
