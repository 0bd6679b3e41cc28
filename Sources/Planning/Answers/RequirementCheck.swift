import Quantities

extension Plan {
  /// What the scenario requires, held against the answer; each is broken where there is none.
  public var requirements: [RequirementFinding] {
    scenario.requirements.map { requirement in
      let value = ranking.first.flatMap { self.value(requirement.figure, assessments[$0]) }
      let isKept = value.map {
        requirement.side.isUpper ? $0 <= requirement.limit : $0 >= requirement.limit
      }
      return RequirementFinding(
        requirement: requirement, value: value, isKept: isKept ?? false)
    }
  }

  /// The requirements that the answer breaks.
  public var brokenRequirements: [RequirementFinding] { requirements.filter { !$0.isKept } }

  private func value(_ figure: Requirement.RequiredFigure, _ best: Assessment) -> Double? {
    guard let outcome = best.outcome else { return nil }
    func day(_ days: Double) -> Double? {
      days.isFinite ? Double(scenario.start.adding(days: days).daysSinceEpoch) : nil
    }
    switch figure {
    case .cashP50: return outcome.costCash.p50
    case .cashP80: return outcome.costCash.p80
    case .cashP90: return outcome.costCash.p90
    case .economicP50: return outcome.costEconomic.p50
    case .economicP80: return outcome.costEconomic.p80
    case .end: return day(outcome.schedule.totalDays.p80)
    case .endP50: return day(outcome.schedule.totalDays.p50)
    case .endP90: return day(outcome.schedule.totalDays.p90)
    case .chance: return outcome.chances.both
    case .grant: return outcome.obtaining.chance
    case .chanceBest: return outcome.chances.best
    case .supplierShare: return outcome.costCash.p50 / scenario.budgetDollars
    case .priceAge: return PriceAges.days(best, today: scenario.today).map(Double.init)
    case .chips: return Double(best.chips)
    case .tokens: return outcome.model.tokens
    }
  }
}
