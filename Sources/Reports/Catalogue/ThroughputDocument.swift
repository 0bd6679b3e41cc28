import Catalog
import Quantities
import Throughput
import Workload

/// Step time, memory and utilisation of one configuration, or of the best one found.
public struct ThroughputDocument {
  public var estimate: ThroughputEstimate
  public var subject: Subject
  /// Strategies timed, those that bounds ruled out, and the seconds it took.
  public var evaluated: Int
  public var ruledOut: Int
  public var searchSeconds: Double
  /// The fastest strategies found, fastest first; empty when the strategy was given.
  public var best: [FoundStrategy]
  /// Why each axis chose as it did; empty when the strategy was given.
  public var choices: [AxisChoice]

  /// What a framework would print of the speed; nil when none was asked for.
  public var printed: Printed?

  /// A speed in a framework's own figures.
  public struct Printed: Sendable {
    public var framework: String
    /// The version whose rules these are.
    public var version: String
    /// A share; nil when it prints none, with the reason.
    public var utilization: Double?
    public var teraflopsPerDevice: Double?
    public var gigaflopsPerToken: Double?
    /// What it divides by, a device.
    public var peakTeraflops: Double?
    public var devicesPerChip: Double
    /// How it counts, in words.
    public var rule: String?
    public var reason: String?

    public init(
      framework: String, version: String, utilization: Double?, teraflopsPerDevice: Double?,
      gigaflopsPerToken: Double?, peakTeraflops: Double?, devicesPerChip: Double, rule: String?,
      reason: String?
    ) {
      self.framework = framework
      self.version = version
      self.utilization = utilization
      self.teraflopsPerDevice = teraflopsPerDevice
      self.gigaflopsPerToken = gigaflopsPerToken
      self.peakTeraflops = peakTeraflops
      self.devicesPerChip = devicesPerChip
      self.rule = rule
      self.reason = reason
    }

    var json: JSONValue {
      .object([
        .init("framework", .string(framework)), .init("version", .string(version)),
        .init("mfu", utilization.map { .decimal($0, 4) } ?? .null),
        .init("tflops_per_device", teraflopsPerDevice.map { .significant($0, 6) } ?? .null),
        .init("gflop_per_token", gigaflopsPerToken.map { .significant($0, 6) } ?? .null),
        .init("peak_tflops", peakTeraflops.map { .significant($0, 6) } ?? .null),
        .init("devices_per_chip", .significant(devicesPerChip, 3)),
        .init("rule", rule.map { .text($0) } ?? .null),
        .init("reason", reason.map { .text($0) } ?? .null),
      ])
    }
  }

  /// What is trained, on what.
  public struct Subject: Sendable {
    public var architecture: TransformerArchitecture
    public var accelerator: Accelerator
    public var sequenceLength: Int

    public init(
      architecture: TransformerArchitecture, accelerator: Accelerator, sequenceLength: Int
    ) {
      self.architecture = architecture
      self.accelerator = accelerator
      self.sequenceLength = sequenceLength
    }
  }

  public init(
    estimate: ThroughputEstimate, subject: Subject, evaluated: Int, ruledOut: Int,
    searchSeconds: Double, best: [FoundStrategy] = [], choices: [AxisChoice] = []
  ) {
    self.estimate = estimate
    self.subject = subject
    self.evaluated = evaluated
    self.ruledOut = ruledOut
    self.searchSeconds = searchSeconds
    self.best = best
    self.choices = choices
  }

  /// One JSON document.
  public var json: JSONValue {
    func range(_ value: Percentiles, _ digits: Int) -> JSONValue {
      .object([
        .init("p10", .significant(value.p10, digits)),
        .init("p50", .significant(value.p50, digits)),
        .init("p90", .significant(value.p90, digits)),
      ])
    }
    func parts(_ parts: [NamedPart]) -> JSONValue {
      .object(parts.map { .init($0.name, .significant($0.value, 6)) })
    }
    return .object(
      [
        .init("step_seconds", .significant(estimate.stepSeconds, 6)),
        .init("mfu", .decimal(estimate.modelFlopsUtilization.p50, 4)),
        .init("mfu_range", range(estimate.modelFlopsUtilization, 4)),
        .init("hfu", .decimal(estimate.hardwareFlopsUtilization, 4)),
        .init(
          "tokens_per_second_per_chip", .significant(estimate.tokensPerSecondPerChip.p50, 6)),
        .init("tokens_per_second_per_chip_range", range(estimate.tokensPerSecondPerChip, 6)),
        .init("chips", .integer(estimate.chips)),
        .init("memory_gib", parts(estimate.memoryGiB)),
        .init("memory_gib_total", .significant(estimate.memoryNeededGiB, 6)),
        .init("breakdown_seconds", parts(estimate.breakdown)),
        .init("strategy", .object(Self.members(estimate.strategy) + Self.details(best.first))),
        .init(
          "runners_up",
          .array(
            best.dropFirst().map { found in
              .object(
                Self.members(found.strategy) + Self.details(found) + [
                  .init("step_seconds", .significant(found.stepSeconds, 6)),
                  .init("memory_gib_total", .significant(found.memoryGiB, 6)),
                ])
            })),
        .init(
          "choices",
          .array(
            choices.map { choice in
              .object([
                .init("axis", .string(choice.axis)), .init("chosen", .integer(choice.chosen)),
                .init("runner_up", choice.runnerUp.map { .integer($0) } ?? .null),
                .init("runner_up_seconds", .significant(choice.runnerUpSeconds, 6)),
                .init("reason", .text(choice.reason)),
              ])
            })),
        .init("extrapolated", .bool(estimate.isExtrapolated)),
        .init("beyond_published", .array(estimate.beyondPublished.map { .string($0) })),
        .init("evidence", .string(estimate.evidence.rawValue)),
        .init("strategies_evaluated", .integer(evaluated)),
        .init("strategies_ruled_out", .integer(ruledOut)),
        .init("search_seconds", .significant(searchSeconds, 4)),
      ] + aboutTheJob + (printed.map { [.init("as", $0.json)] } ?? []))
  }

  /// What was trained by what, and the published step most like it.
  private var aboutTheJob: [JSONValue.Member] {
    let architecture = subject.architecture
    let chip = subject.accelerator
    let nearest = estimate.nearestMeasured(
      architecture: architecture, accelerator: chip.id, generation: chip.generation,
      sequenceLength: subject.sequenceLength)
    return [
      .init("precision", .string(estimate.strategy.precision.rawValue)),
      .init("precision_note", estimate.strategy.precision.qualityNote.map { .string($0) } ?? .null),
      .init("software", .string(estimate.software.name)),
      .init(
        "tuned_tokens_per_second_per_chip",
        .significant(estimate.tunedTokensPerSecondPerChip.p50, 6)),
      .init("parameters", .integer(architecture.parameterCount)),
      .init("active_parameters", .significant(architecture.activeParameters, 15)),
      .init("layers", .integer(architecture.layers)),
      .init(
        "layer_kinds",
        .object(architecture.layerKinds.map { .init($0.name, .integer($0.count)) })),
      .init("dropped_parts", .array(architecture.partsLeftOut.map { .string($0.name) })),
      .init(
        "nearest_measured",
        nearest.map { row in
          .object([
            .init("id", .string(row.id)), .init("measured", .significant(row.measured, 6)),
            .init("predicted", .significant(row.predicted, 6)),
            .init("distance", .decimal(row.distance, 3)),
          ])
        } ?? .null),
      .init("warnings", .array(estimate.warnings.map { .string($0) })),
    ]
  }

  private static func members(_ strategy: ParallelismStrategy) -> [JSONValue.Member] {
    [
      .init("tensor", .integer(strategy.tensor)), .init("pipeline", .integer(strategy.pipeline)),
      .init("virtual_pipeline", .integer(strategy.virtualPipeline)),
      .init("context", .integer(strategy.context)), .init("expert", .integer(strategy.expert)),
      .init("data", .integer(strategy.data)), .init("zero_stage", .integer(strategy.zeroStage)),
      .init("micro_batch", .shortest(strategy.microBatch)),
      .init("recompute", .string(strategy.recompute.rawValue)),
      .init("precision", .string(strategy.precision.rawValue)),
    ]
  }

  /// What a found strategy says beyond its degrees.
  private static func details(_ found: FoundStrategy?) -> [JSONValue.Member] {
    guard let found else { return [] }
    return [
      .init("recomputed_layers", .integer(found.recomputedLayers)),
      .init("sequence_parallel", .bool(found.isSequenceParallel)),
      .init("overlaps_gradient_reduction", .bool(found.overlapsGradientReduction)),
    ]
  }

  /// The same as a two-column sheet.
  public var sheet: Sheet {
    var rows: [[JSONValue]] = []
    func walk(_ value: JSONValue, _ name: String) {
      guard case .object(let members) = value else {
        if case .array = value { return }
        rows.append([.string(name), value])
        return
      }
      for member in members {
        walk(member.value, name.isEmpty ? member.key : "\(name)_\(member.key)")
      }
    }
    walk(json, "")
    for choice in choices {
      guard let other = choice.runnerUp, let seconds = choice.runnerUpSeconds else { continue }
      let worse = (seconds / estimate.stepSeconds - 1) * 100
      rows.append([
        .string("why_\(choice.axis)"),
        .string(
          "\(choice.chosen), since \(other) takes \(Decimals.fixed(worse, 1)) % longer: "
            + choice.reason),
      ])
    }
    return Sheet(columns: [.init("figure", "Figure"), .init("value", "Value")], rows: rows)
  }
}
