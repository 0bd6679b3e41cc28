import Catalog
import Planning
import Quantities
import Reports

extension PlanFace {
  /// The face of a plan: the same values, to the digit, as its table and its explanation.
  ///
  /// - Parameter sensitivity: finds what moves the answer, for the report that draws it.
  public init(
    _ plan: Plan, sensitivity: @escaping @Sendable (Plan) -> Planning.Sensitivity? = { _ in nil }
  ) {
    let best = plan.recommendation.flatMap { plan.assessment($0.id) }
    let labels = OptionLabels(plan)
    let frontier = Set(plan.frontier.map { plan.assessments[$0].id })
    let ranked = plan.ranked.enumerated().map { index, assessment in
      var option = Self.option(assessment, rank: index + 1, labels)
      option.isOnFrontier = frontier.contains(option.id)
      return option
    }
    let ruledOut = plan.ruledOut.enumerated()
      .sorted { ($0.element.route, $0.offset) < ($1.element.route, $1.offset) }
      .map { Self.option($0.element, rank: nil, labels) }
    self.init(
      scenario: plan.scenario,
      answer: plan.recommendation?.sentence ?? "No option fits; what stands against each is below.",
      answerRoute: best?.route, job: Self.job(plan, best?.outcome?.model),
      catalogDate: plan.catalogAsOf, evidence: best?.evidence.rawValue ?? "-", ranked: ranked,
      ruledOut: ruledOut, warnings: plan.warnings, flips: plan.recommendation?.flips ?? [],
      explain: { Self.explanation(of: $0, in: plan) },
      detail: { id in plan.assessment(id).map { Detail($0) } ?? Detail() },
      report: { $0.render(plan, sensitivity: sensitivity) })
    page = AnswerPage(plan)
    claimNotes = plan.claimNotes
    if let model = best?.outcome?.model {
      shortJob = "\(Count.short(model.totalParameters)), \(Count.short(model.tokens)) tokens"
    }
  }

  private static func job(_ plan: Plan, _ model: PlannedModel?) -> String {
    guard let model else { return plan.scenario.modelName }
    let size = "\(Count.short(model.totalParameters)) parameters"
    let name = plan.scenario.choosesModel ? "\(size) at best" : model.name
    return "\(name), \(Count.short(model.tokens)) tokens"
  }

  private static func option(
    _ assessment: Assessment, rank: Int?, _ labels: OptionLabels
  ) -> Option {
    var option = Option(
      id: assessment.id, route: assessment.route, name: labels.name(assessment),
      place: labels.place(assessment),
      kin: "\(assessment.route.rawValue) \(assessment.offer) \(assessment.purchase.rawValue)")
    option.rank = rank
    option.reason = rank == nil ? reason(assessment) : nil
    option.chips = assessment.chips
    option.evidence = assessment.evidence.rawValue + (assessment.warnings.isEmpty ? "" : "!")
    option.isClaimed = !assessment.claims.isEmpty
    guard let outcome = assessment.outcome else { return option }
    let model = outcome.model
    let utilization = outcome.throughput.modelFlopsUtilization
    option.parameters = model.totalParameters
    option.tokens = model.tokens
    option.flops = model.flops
    option.loss = outcome.predictedLoss
    option.utilization = Percentiles(
      p10: utilization.p10, p50: utilization.p50, p90: utilization.p90)
    option.days = outcome.schedule.runDays
    option.totalDays = outcome.schedule.totalDays.p50
    option.chance = outcome.chances.both
    option.cash = CostRange(outcome.costCash)
    option.economic = CostRange(outcome.costEconomic)
    option.usage = outcome.costByUsage.map { CostRange($0) }
    option.breakdown = outcome.breakdown.map { Part($0.label, Money(dollars: $0.dollars)) }
    return option
  }

  /// What stands against an option, and what would bring it in.
  private static func reason(_ assessment: Assessment) -> String {
    let why = assessment.reasons.map(\.message).joined(separator: "; ")
    let cure = assessment.reasons.map(\.nearestChange).first { !$0.isEmpty }
    return cure.map { "\(why) → \($0)" } ?? why
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

extension PlanFace.Detail {
  /// What an assessment says beyond its row.
  init(_ assessment: Assessment) {
    self.init()
    warnings = assessment.warnings
    sources = assessment.sources.map { figure in
      let provenance = figure.provenance
      return Source(
        figure: figure.figure, value: Self.text(figure.value, figure.unit),
        asOf: provenance.asOf, grade: provenance.grade.rawValue, address: provenance.source,
        note: provenance.note)
    }
    guard let outcome = assessment.outcome else { return }
    notIncluded = outcome.notIncluded.map { "\(MachineWords.of($0.term)): \($0.reason)" }
    months = outcome.cashFlow.monthly.map {
      Month(year: $0.year, month: $0.month, amount: Money(dollars: $0.dollars))
    }
    let estimate = outcome.throughput
    hardwareUtilization = estimate.hardwareFlopsUtilization
    step = estimate.breakdown.filter { $0.value != 0 }.map { part in
      StepPart(
        MachineWords.of(part.name), Self.activity(of: part.name), seconds: part.value)
    }
    memory = estimate.memoryGiB.map { part in
      Memory(MachineWords.of(part.name), gibibytes: part.value)
    }
    let layout = estimate.strategy
    let degrees = [
      ("tensor", layout.tensor), ("pipeline", layout.pipeline),
      ("virtual pipeline", layout.virtualPipeline), ("context", layout.context),
      ("expert", layout.expert), ("data", layout.data),
    ].filter { $0.1 > 1 }.map { "\($0.0) \(Decimals.grouped(Double($0.1)))" }
    strategy =
      (degrees + [
        "ZeRO stage \(layout.zeroStage)", "micro-batch \(Decimals.shortest(layout.microBatch))",
        "recompute \(layout.recompute.rawValue)", layout.precision.rawValue,
      ]).joined(separator: ", ")
  }

  /// A value with its unit, long whole numbers in groups.
  private static func text(_ value: Double, _ unit: String) -> String {
    let isLong = value == value.rounded() && abs(value) >= 10_000 && abs(value) < 1e15
    let isExact = Decimals.shortest(value).count <= 8
    let short = isExact ? Decimals.shortest(value) : Decimals.significant(value, 6)
    let number = isLong ? Decimals.grouped(value) : short
    return "\(number) \(MachineWords.of(unit))"
  }

  /// What a part of the step time is spent on, by the name the engine gives it.
  private static func activity(of part: String) -> StepActivity {
    if part.hasSuffix("transfer") || part == "expert_routing" { return .communicating }
    let waits = ["pipeline_imbalance", "pipeline_bubble", "straggler", "layout_search"]
    return waits.contains(part) ? .waiting : .computing
  }
}
