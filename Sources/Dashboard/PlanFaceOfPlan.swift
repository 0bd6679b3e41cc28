import Catalog
import Planning
import Quantities
import Reports

extension PlanFace {
  /// The face of a plan: the same values, to the digit, as its table and its explanation.
  public init(_ plan: Plan) {
    let best = plan.recommendation.flatMap { plan.assessment($0.id) }
    let ranked = plan.ranked.enumerated().map { index, assessment in
      Self.option(assessment, rank: index + 1)
    }
    let ruledOut = plan.ruledOut.enumerated()
      .sorted { ($0.element.route, $0.offset) < ($1.element.route, $1.offset) }
      .map { Self.option($0.element, rank: nil) }
    self.init(
      answer: plan.recommendation?.sentence ?? "No option fits; what stands against each is below.",
      answerRoute: best?.route, budget: Money(dollars: plan.scenario.budgetDollars),
      job: Self.job(plan, best?.outcome?.model), catalogDate: plan.catalogAsOf,
      evidence: best?.evidence.rawValue ?? "-",
      isSizedFromBudget: plan.scenario.isSizedFromBudget,
      deadlineDays: plan.scenario.deadline?.days, ranked: ranked, ruledOut: ruledOut,
      warnings: plan.warnings, flips: plan.recommendation?.flips ?? [],
      explain: { Self.explanation(of: $0, in: plan) })
  }

  private static func job(_ plan: Plan, _ model: PlannedModel?) -> String {
    guard let model else { return plan.scenario.modelName }
    let size = "\(Count.short(model.totalParameters)) parameters"
    let name = plan.scenario.isSizedFromBudget ? "\(size) at best" : model.name
    return "\(name), \(Count.short(model.tokens)) tokens"
  }

  private static func option(_ assessment: Assessment, rank: Int?) -> Option {
    let place = assessment.region.isEmpty ? "" : ", \(assessment.region)"
    var option = Option(
      id: assessment.id, route: assessment.route,
      name: "\(assessment.offer) \(assessment.purchase.rawValue)\(place)")
    option.rank = rank
    option.reason = rank == nil ? reason(assessment) : nil
    option.chips = Decimals.grouped(Double(assessment.chips))
    option.evidence = assessment.evidence.rawValue + (assessment.warnings.isEmpty ? "" : "!")
    guard let outcome = assessment.outcome else { return option }
    let model = outcome.model
    option.parameters = Count.short(model.totalParameters)
    option.tokens = Count.short(model.tokens)
    option.loss = Decimals.fixed(outcome.predictedLoss.p50, 3)
    option.mfu = percent(outcome.throughput.modelFlopsUtilization.p50)
    option.days = Decimals.grouped(outcome.schedule.runDays.p50.rounded(.up))
    option.dayCount = outcome.schedule.totalDays.p50
    option.fits = percent(outcome.chances.both)
    option.cash = Range(outcome.costCash)
    option.economic = Range(outcome.costEconomic)
    option.breakdown = outcome.breakdown.map { Part($0.label, Money(dollars: $0.dollars)) }
    return option
  }

  /// What stands against an option, and what would bring it in.
  private static func reason(_ assessment: Assessment) -> String {
    let why = assessment.reasons.map(\.message).joined(separator: "; ")
    let cure = assessment.reasons.map(\.nearestChange).first { !$0.isEmpty }
    return cure.map { "\(why) → \($0)" } ?? why
  }

  private static func percent(_ share: Double) -> String {
    Decimals.fixed(share * 100, 0) + "%"
  }

  private static func explanation(of id: String, in plan: Plan) -> [Document.Item] {
    guard let assessment = plan.assessment(id) else { return [] }
    let explanation = Explanation(assessment, in: plan)
    let sections = explanation.sections.flatMap { section in
      [.blank, .heading(section.title)] + section.lines.map { Document.Item.text("  " + $0) }
    }
    return explanation.headline.map { .paragraph($0) } + sections
  }
}

extension PlanFace.Range {
  init(_ dollars: Percentiles) {
    self.init(
      p10: Money(dollars: dollars.p10), p50: Money(dollars: dollars.p50),
      p90: Money(dollars: dollars.p90))
  }
}
