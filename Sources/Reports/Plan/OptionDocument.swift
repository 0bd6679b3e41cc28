import Catalog
import Economics
import Planning
import Quantities
import Throughput

extension PlanDocument {
  /// One option as an object; the keys are the same for every option, unknown is null.
  static func option(_ assessment: Assessment) -> JSONValue {
    let outcome = assessment.outcome
    return .object([
      .init("id", .string(assessment.id)),
      .init("route", .string(assessment.route.rawValue)),
      .init("provider", .string(assessment.provider)),
      .init("offer", .string(assessment.offer)),
      .init("accelerator", .string(assessment.accelerator)),
      .init("region", .text(assessment.region)),
      .init("purchase", .string(assessment.purchase.rawValue)),
      .init("chips", .integer(assessment.chips)),
      .init("instances", .integer(assessment.instances)),
      .init("feasible", .bool(assessment.isFeasible)),
      .init("reasons", .array(assessment.reasons.map(reason))),
      .init("obtain", obtain(assessment.obtaining)),
      .init("rank_effective_compute", .significant(rank(outcome, sized: true), 8)),
      .init("rank_cash_usd", .decimal(rank(outcome, sized: false), 2)),
      .init("planned", planned(outcome?.planned)),
      .init("phases", phases(outcome)),
      .init("equivalent", equivalent(outcome?.equivalents)),
      .init("blanks", .array((outcome?.blanks ?? []).map(blank))),
      .init(
        "list_usd_per_chip_hour", .significant(outcome?.listDollarsPerChipHour, 6)),
      .init(
        "expected_usd_per_chip_hour", .significant(outcome?.expectedDollarsPerChipHour, 6)),
      .init(
        "precision",
        outcome.map { .string($0.throughput.strategy.precision.rawValue) } ?? .null),
      .init("software", outcome.map { .string($0.throughput.software.name) } ?? .null),
      .init("model", model(outcome?.model)),
      .init("strategy", strategy(outcome?.throughput)),
      .init("mfu", range(outcome?.throughput.modelFlopsUtilization, 4)),
      .init(
        "tokens_per_second_per_chip", range(outcome?.throughput.tokensPerSecondPerChip, 3)),
      .init(
        "tuned_tokens_per_second_per_chip",
        range(outcome?.tunedTokensPerSecondPerChip, 3)),
      .init("goodput", range(outcome?.throughput.goodput, 4)),
      .init("start", outcome.map { .string($0.schedule.start.iso) } ?? .null),
      .init("finish", outcome.map { .string($0.schedule.finish.iso) } ?? .null),
      .init("lead_days", .decimal(outcome?.schedule.leadDays, 1)),
      .init("days", percentiles(outcome?.schedule.totalDays, 2)),
      .init("run_days", percentiles(outcome?.schedule.runDays, 2)),
      .init("cost_cash_usd", percentiles(outcome?.costCash, 2)),
      .init("cost_economic_usd", percentiles(outcome?.costEconomic, 2)),
      .init("cost_by_usage_usd", percentiles(outcome?.costByUsage, 2)),
      .init("contingency_usd", .decimal(outcome?.contingencyDollars, 2)),
      .init("breakdown_usd", breakdown(outcome)),
      .init("payments", payments(outcome)),
      .init("not_included", notIncluded(outcome)),
      .init("predicted_loss", percentiles(outcome?.predictedLoss, 4)),
      .init("energy_mwh", .decimal(outcome?.energyMWh, 2)),
      .init("co2_t", .decimal(outcome?.carbonTonnes, 2)),
      .init("co2_embodied_t", .decimal(outcome?.embodiedCarbonTonnes, 2)),
      .init("probability", chances(outcome?.chances)),
      .init("regret_usd", .decimal(outcome?.regrets?.dollars.value, 2)),
      .init("regret_penalty", .decimal(outcome?.regrets?.penalty, 4)),
      .init(
        "sampling_error",
        .object([
          .init("cost_cash_usd", errors(outcome?.samplingErrors?.cash, 2)),
          .init("cost_economic_usd", errors(outcome?.samplingErrors?.economic, 2)),
          .init("days", errors(outcome?.samplingErrors?.totalDays, 4)),
        ])),
      .init("evidence", .string(assessment.evidence.rawValue)),
      .init("claims", .array(assessment.claims.map { .string($0.badge) })),
      .init("warnings", .array(assessment.warnings.map { .string($0) })),
      .init("sources", .array(assessment.sources.map(source))),
    ])
  }

  private static func obtain(_ obtaining: Procurement?) -> JSONValue {
    .object([
      .init("class", obtaining.map { .string($0.kind.rawValue) } ?? .null),
      .init("chance", .decimal(obtaining?.chance, 4)),
      .init("wait_days", percentiles(obtaining?.waitDays, 1)),
      .init("requests", obtaining.map { .integer($0.requests) } ?? .null),
      .init("longest_term_days", .decimal(obtaining?.longestTermDays, 1)),
      .init("note", .text(obtaining?.note ?? "")),
    ])
  }

  private static func reason(_ reason: Reason) -> JSONValue {
    .object([
      .init("code", .string(reason.code)), .init("message", .string(reason.message)),
      .init("limit", .significant(reason.limit, 8)),
      .init("needed", .significant(reason.needed, 8)),
      .init("unit", .text(reason.unit)), .init("nearest_change", .text(reason.nearestChange)),
    ])
  }

  private static func model(_ model: PlannedModel?) -> JSONValue {
    .object([
      .init("name", model.map { .string($0.name) } ?? .null),
      .init("total_parameters", .shortest(model?.totalParameters)),
      .init("active_parameters", .shortest(model?.activeParameters)),
      .init("tokens", .shortest(model?.tokens)),
      .init("experts", model?.experts.map { .integer($0) } ?? .null),
      .init("experts_per_token", model?.expertsPerToken.map { .integer($0) } ?? .null),
      .init("shared_experts", model?.sharedExperts.map { .integer($0) } ?? .null),
      .init("tokens_per_active_parameter", .significant(model?.tokensPerActiveParameter, 5)),
      .init("dense_equivalent_parameters", .significant(model?.denseEquivalentParameters, 5)),
      .init("sequence_length", model.map { .integer($0.sequenceLength) } ?? .null),
      .init("global_batch_tokens", .shortest(model?.globalBatchTokens)),
      .init("flops", .significant(model?.flops, 6)),
      .init("iso_loss_band", isoLossBand(model?.isoLossBand)),
    ])
  }

  /// The sizes within half a percent of the least loss at the same compute.
  private static func isoLossBand(_ band: IsoLossBand?) -> JSONValue {
    .object([
      .init("smallest_parameters", .significant(band?.smallest, 4)),
      .init("largest_parameters", .significant(band?.largest, 4)),
      .init("best_parameters", .significant(band?.best, 4)),
      .init("excess_fraction", .shortest(band?.excess)),
    ])
  }

  private static func strategy(_ estimate: ThroughputEstimate?) -> JSONValue {
    func whole(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    let strategy = estimate?.strategy
    return .object([
      .init("tensor", whole(strategy?.tensor)), .init("pipeline", whole(strategy?.pipeline)),
      .init("virtual_pipeline", whole(strategy?.virtualPipeline)),
      .init("context", whole(strategy?.context)), .init("expert", whole(strategy?.expert)),
      .init("data", whole(strategy?.data)), .init("zero_stage", whole(strategy?.zeroStage)),
      .init("micro_batch", .shortest(strategy?.microBatch)),
      .init("recompute", strategy.map { .string($0.recompute.rawValue) } ?? .null),
      .init("precision", strategy.map { .string($0.precision.rawValue) } ?? .null),
      .init("step_seconds", .significant(estimate?.stepSeconds, 6)),
      .init("extrapolated", estimate.map { .bool($0.isExtrapolated) } ?? .null),
    ])
  }

  private static func range(_ range: Percentiles?, _ decimals: Int) -> JSONValue {
    percentiles(range, decimals)
  }

  static func percentiles(_ value: Percentiles?, _ decimals: Int) -> JSONValue {
    .object([
      .init("p10", .decimal(value?.p10, decimals)), .init("p50", .decimal(value?.p50, decimals)),
      .init("p80", .decimal(value?.p80, decimals)), .init("p90", .decimal(value?.p90, decimals)),
    ])
  }

  /// What options are ordered by: effective compute with a budget, cash with a model.
  private static func rank(_ outcome: Outcome?, sized: Bool) -> Double? {
    guard let outcome, (outcome.effectiveCompute != nil) == sized else { return nil }
    return outcome.rank
  }

  private static func planned(_ planned: PlannedFigures?) -> JSONValue {
    .object([
      .init("cost_cash_usd", .decimal(planned?.cashDollars, 2)),
      .init("cost_economic_usd", .decimal(planned?.economicDollars, 2)),
      .init("days", .decimal(planned?.days, 2)), .init("run_days", .decimal(planned?.runDays, 2)),
      .init("finish", planned.map { .string($0.finish.iso) } ?? .null),
    ])
  }

  private static func phases(_ outcome: Outcome?) -> JSONValue {
    .array(
      (outcome?.phases ?? []).map { phase in
        .object([
          .init("name", .string(phase.name.rawValue)), .init("start", .string(phase.start.iso)),
          .init("end", .string(phase.end.iso)),
        ])
      })
  }

  private static func equivalent(_ value: Equivalents?) -> JSONValue {
    .object([
      .init("compute_share", .significant(value?.computeShare, 5)),
      .init("same_model_usd", .decimal(value?.sameModelDollars, 0)),
      .init("same_model_reason", value?.sameModelReason.map { .string($0) } ?? .null),
      .init(
        "published",
        .array(
          (value?.published ?? []).map { published in
            .object([
              .init("model", .string(published.model)),
              .init("compute_ratio", .significant(published.computeRatio, 4)),
            ])
          })),
    ])
  }

  private static func blank(_ blank: BoundedBlank) -> JSONValue {
    .object([
      .init("figure", .string(blank.figure)), .init("unit", .string(blank.unit)),
      .init("low", .significant(blank.low, 6)), .init("high", .significant(blank.high, 6)),
      .init("changes_answer", .bool(blank.changesAnswer)),
    ])
  }

  /// Standard errors of the sampled percentiles; the middle is no estimate.
  private static func errors(_ value: Percentiles?, _ decimals: Int) -> JSONValue {
    .object([
      .init("p10", .decimal(value?.p10, decimals)), .init("p90", .decimal(value?.p90, decimals)),
    ])
  }

  private static func breakdown(_ outcome: Outcome?) -> JSONValue {
    .object(
      (outcome?.breakdown ?? []).map { line in
        .init(line.term, .number(Decimals.fixed(Double(line.cents) / 100, 2)))
      })
  }

  /// The p50 world's payments by day and term; they sum to the breakdown to the cent.
  private static func payments(_ outcome: Outcome?) -> JSONValue {
    var sums: [(date: CalendarDate, term: CostTerm, cents: Int64)] = []
    for payment in (outcome?.payments ?? []).sorted(by: { ($0.date, $0.term) < ($1.date, $1.term) })
    {
      if let last = sums.last, last.date == payment.date, last.term == payment.term {
        sums[sums.count - 1].cents += payment.cents
      } else {
        sums.append((payment.date, payment.term, payment.cents))
      }
    }
    return .array(
      sums.map { sum in
        .object([
          .init("date", .string(sum.date.iso)), .init("term", .string(sum.term.rawValue)),
          .init("usd", .number(Decimals.fixed(Double(sum.cents) / 100, 2))),
        ])
      })
  }

  private static func notIncluded(_ outcome: Outcome?) -> JSONValue {
    .array(
      (outcome?.notIncluded ?? []).map { gap in
        .object([.init("term", .string(gap.term)), .init("reason", .string(gap.reason))])
      })
  }

  private static func chances(_ chances: Chances?) -> JSONValue {
    .object([
      .init("within_budget", .decimal(chances?.withinBudget, 4)),
      .init("by_deadline", .decimal(chances?.byDeadline, 4)),
      .init("both", .decimal(chances?.both, 4)), .init("best", .decimal(chances?.best, 4)),
    ])
  }

  private static func source(_ figure: SourcedFigure) -> JSONValue {
    .object([
      .init("figure", .string(figure.figure)), .init("value", .shortest(figure.value)),
      .init("unit", .string(figure.unit)), .init("source_url", .string(figure.provenance.source)),
      .init("as_of", .text(figure.provenance.asOf)),
      .init("grade", .string(figure.provenance.grade.rawValue)),
    ])
  }
}
