import Catalog
import Planning
import Quantities

/// How each number of one option came to be, as text.
public struct Explanation {
  let assessment: Assessment
  let plan: Plan

  public init(_ assessment: Assessment, in plan: Plan) {
    self.assessment = assessment
    self.plan = plan
  }

  /// One part of the explanation.
  public struct Section: Hashable, Sendable {
    public let title: String
    public let lines: [String]
  }

  /// The whole explanation.
  public var text: String { render(.table) }

  /// The option's id, and what it is.
  public var headline: [String] {
    [
      assessment.id,
      "\(assessment.route.title): \(assessment.label), "
        + "\(Decimals.grouped(Double(assessment.chips))) \(assessment.accelerator) in "
        + "\(Decimals.grouped(Double(assessment.instances))) "
        + (assessment.instances == 1 ? "instance" : "instances"),
    ]
  }

  /// The parts that have anything to say.
  public var sections: [Section] {
    var all = [
      ("Stands against it", reasonLines), ("To know", assessment.warnings),
      ("Claims taken for true", assessment.claims.map(\.badge)),
    ]
    if let outcome = assessment.outcome {
      all += [
        ("What is trained", modelLines(outcome)), ("How fast", throughputLines(outcome)),
        ("When", dateLines(outcome)), ("What it costs (cash, median run)", costLines(outcome)),
        ("How each amount came to be", derivationLines(outcome)),
        ("If you wait", waitingLines),
        ("Not included", outcome.notIncluded.map { "\($0.term): \($0.reason)" }),
      ]
    }
    all.append(("Where the figures come from", sourceLines))
    all.append(("What was asked, and where each value was set", questionLines))
    return all.filter { !$0.1.isEmpty }.map { Section(title: $0.0, lines: $0.1) }
  }

  private var reasonLines: [String] {
    assessment.reasons.map { reason in
      reason.nearestChange.isEmpty ? reason.message : "\(reason.message) → \(reason.nearestChange)"
    }
  }

  private func modelLines(_ outcome: Outcome) -> [String] {
    let model = outcome.model
    let size =
      model.activeParameters == model.totalParameters
      ? "\(Count.short(model.totalParameters)) parameters"
      : "\(Count.short(model.totalParameters)) parameters, "
        + "\(Count.short(model.activeParameters)) active"
    let loss = outcome.predictedLoss
    let band = model.isoLossBand
    let lines =
      [
        "\(model.name): \(size)",
        "\(Count.short(model.tokens)) tokens in sequences of \(model.sequenceLength), "
          + "\(Count.short(model.globalBatchTokens)) tokens a step",
      ]
      + plan.scenario.curriculum.map {
        "\(Decimals.shortest($0.share * 100)) % of them in sequences of \($0.sequenceLength), in the mean speed"
      } + [
        "\(Decimals.significant(model.flops, 4)) FLOPs: tokens × FLOPs per token, causal attention "
          + "counted once",
        "loss \(Decimals.fixed(loss.p50, 4)) (\(Decimals.fixed(loss.p10, 4)) to "
          + "\(Decimals.fixed(loss.p90, 4))), scaling law of Besiroglu et al. 2024",
      ]
    // The band is of the dense law; a mixture is chosen from the ladder.
    guard model.experts == nil else { return lines }
    return lines + [
      "sizes from \(Count.short(band.smallest)) to \(Count.short(band.largest)) come within "
        + "\(Decimals.shortest(band.excess * 100)) % of the least loss for this compute; this one "
        + (band.contains(parameters: model.totalParameters)
          ? "is among them" : "is not among them")
    ]
  }

  /// What was asked: every field that has a value, and where it was set.
  private var questionLines: [String] {
    let fields = ScenarioField.all.compactMap { field in
      field.show(plan.scenario).map { (field.key, $0, plan.origins[field.key]) }
    }
    let set = fields.filter { $0.2 != nil }.map { key, text, origin in
      "\(key) = \(text) (\(origin?.description ?? ""))"
    }
    let claims = plan.scenario.claims.map { "claim \($0.badge)" }
    let defaults = fields.filter { $0.2 == nil }.map { "\($0.0) = \($0.1)" }
    return set + claims
      + (defaults.isEmpty ? [] : ["by default: " + defaults.joined(separator: ", ")])
  }

  private func throughputLines(_ outcome: Outcome) -> [String] {
    let estimate = outcome.throughput
    let strategy = estimate.strategy
    let utilization = estimate.modelFlopsUtilization
    let parts = [
      ("tensor", strategy.tensor), ("pipeline", strategy.pipeline),
      ("virtual pipeline", strategy.virtualPipeline), ("context", strategy.context),
      ("expert", strategy.expert), ("data", strategy.data),
    ].filter { $0.1 > 1 }.map { "\($0.0) \($0.1)" }
    var lines = [
      "strategy: \(parts.isEmpty ? "one chip" : parts.joined(separator: ", ")), ZeRO stage "
        + "\(strategy.zeroStage), micro-batch \(Decimals.shortest(strategy.microBatch)), "
        + "recompute \(strategy.recompute.rawValue), \(strategy.precision.rawValue)",
      "step \(Decimals.significant(estimate.stepSeconds, 4)) s:",
    ]
    lines += estimate.breakdown.map { part in
      "   \(MachineWords.of(part.name)): \(Decimals.significant(part.value, 3)) s, "
        + Decimals.fixed(part.value / estimate.stepSeconds * 100, 1) + " %"
    }
    lines += [
      "MFU \(Decimals.fixed(utilization.p50 * 100, 1)) % "
        + "(\(Decimals.fixed(utilization.p10 * 100, 1)) to "
        + "\(Decimals.fixed(utilization.p90 * 100, 1))), evidence \(estimate.evidence.rawValue)",
      "\(Decimals.significant(estimate.tokensPerSecondPerChip.p50, 4)) tokens/s a chip; "
        + "\(Decimals.fixed(estimate.goodput.p50 * 100, 0)) % of the time is training",
      "memory a chip: "
        + estimate.memoryGiB.map {
          "\(MachineWords.of($0.name)) \(Decimals.fixed($0.value, 1)) GiB"
        }
        .joined(separator: ", "),
    ]
    return lines
  }

  /// What the trend of prices promises, with the chance that it does not hold.
  private var waitingLines: [String] {
    guard assessment.route != .buyGPU, let waiting = plan.waiting else { return [] }
    let fall = Decimals.fixed((1 - waiting.priceFactor) * 100, 0)
    return [
      "in \(Decimals.shortest(waiting.years)) years the same work costs \(fall) % less if performance "
        + "for the price goes on as it did from 2006 to 2021; the chance that rents are higher then "
        + "is \(Decimals.fixed(waiting.chanceOfRise * 100, 0)) % — "
        + Self.source(waiting.provenance)
    ]
  }

  private func dateLines(_ outcome: Outcome) -> [String] {
    let schedule = outcome.schedule
    let days = schedule.runDays
    return [
      "\(Decimals.fixed(schedule.leadDays, 0)) days until the first useful hour, on "
        + schedule.start.iso,
      "\(Decimals.fixed(days.p50, 1)) days of training (\(Decimals.fixed(days.p10, 1)) to "
        + "\(Decimals.fixed(days.p90, 1))), until \(schedule.finish.iso)",
    ]
  }

  private func costLines(_ outcome: Outcome) -> [String] {
    let labels = outcome.breakdown.map(\.label) + ["Cash", "Economic cost", "Keep aside"]
    let width = labels.map(\.count).max() ?? 0
    func line(_ label: String, _ dollars: Double, _ tail: String) -> String {
      let amount = Decimals.grouped(dollars, 2)
      return label + String(repeating: " ", count: width - label.count + 2)
        + String(repeating: " ", count: max(0, 16 - amount.count)) + amount + tail
    }
    let cash = outcome.costCash
    let economic = outcome.costEconomic
    func range(_ value: Percentiles) -> String {
      "  (\(Money(dollars: value.p10).short) to \(Money(dollars: value.p90).short))"
    }
    return outcome.breakdown.map { line($0.label, $0.dollars, "") } + [
      line("Cash", cash.p50, range(cash)), line("Economic cost", economic.p50, range(economic)),
    ]
      + (outcome.costByUsage.map {
        [line("By usage", $0.p50, range($0) + ", the job's share of a busy life")]
      } ?? [])
      + [line("Keep aside", outcome.contingencyDollars, "  P80 less P50 of the cash")]
  }

  /// Each term's formula and, below it, the numbers in it with source, date and grade.
  private func derivationLines(_ outcome: Outcome) -> [String] {
    outcome.derivations.flatMap { derivation in
      [
        "\(derivation.term.label) = \(derivation.formula) = $\(Decimals.grouped(derivation.dollars, 2))"
      ]
        + derivation.inputs.map { input in
          let unit = input.unit.isEmpty ? "" : " \(MachineWords.of(input.unit))"
          let source = input.provenance.map(Self.source) ?? "from this plan"
          return "   \(input.name): \(Self.shown(input.value))\(unit) — \(source)"
        }
    }
  }

  private var sourceLines: [String] {
    assessment.sources.map { figure in
      "\(figure.figure): \(Self.shown(figure.value)) \(MachineWords.of(figure.unit)) — "
        + Self.source(figure.provenance)
    }
  }

  /// A whole number as it is, any other to six digits.
  private static func shown(_ value: Double) -> String {
    value == value.rounded() ? Decimals.grouped(value) : Decimals.significant(value, 6)
  }

  /// Grade, date and source.
  private static func source(_ provenance: Provenance) -> String {
    let date = provenance.asOf.isEmpty ? "undated" : provenance.asOf
    return "\(provenance.grade.rawValue), \(date), \(provenance.source)"
  }
}
