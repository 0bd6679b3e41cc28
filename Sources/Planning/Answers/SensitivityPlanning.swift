import Catalog
import Economics
import Uncertainty

extension Planner {
  /// What moves an option, what would change the choice, and what it is worth to know more.
  ///
  /// - Parameters:
  ///   - plan: of this planner's catalogue.
  ///   - id: of an option of the plan; nil takes the recommended one.
  ///   - trial: the benchmark that is weighed.
  /// - Returns: nil when the option has no figures.
  public func sensitivity(_ plan: Plan, of id: String? = nil, trial: TrialSize = TrialSize())
    -> Sensitivity?
  {
    let (planner, scenario) = settled(plan.scenario)
    let subject = id.map { plan.assessment($0) } ?? plan.ranked.first
    guard let subject, let outcome = subject.outcome,
      let maker = try? WorldMaker(plan.assessments, scenario: scenario, catalog: planner.catalog)
    else { return nil }
    let flipping = planner.flipping(plan, scenario)
    let rivals = plan.options.leaders.map { plan.assessments[$0] }.filter {
      OptionGroup($0) != plan.ranked.first.map(OptionGroup.init)
    }
    let rival = plan.ranked.first.flatMap { best in
      rivals.first { $0.accelerator != best.accelerator }
    }
    let learning = Learning(
      plan.options, scenario: scenario, catalog: planner.catalog, trial: trial)
    return Sensitivity(
      optionID: subject.id, label: subject.label,
      economicDollars: outcome.planned.economicDollars,
      cashDollars: outcome.planned.cashDollars, totalDays: outcome.planned.days,
      bars: maker.bars(subject, outcome.inWorlds),
      flips: flipping.map { flipping in rivals.flatMap(flipping.flips) } ?? [],
      contour: rival.flatMap { flipping?.contour($0) } ?? [], contourID: rival?.id,
      perfectInformation: learning?.perfect, informationValues: learning?.informationValues ?? [],
      trials: learning?.trials() ?? [], samples: learning?.samples ?? 0, seed: scenario.seed)
  }

  /// Flips against the option that is chosen; nil when there is none.
  func flipping(_ plan: Plan, _ scenario: Scenario) -> Flipping? {
    plan.ranked.first.map { winner in
      Flipping(
        winner, judgement: Judgement(scenario, best: winner.outcome?.inWorlds),
        inputs: InputRegistry(
          scenario: scenario, catalog: catalog, assessments: plan.assessments
        ).byName,
        lifeYears: scenario.owning.lifeYears
          ?? RestOfBill(scenario, catalog: catalog).lifeYears)
    }
  }
}
