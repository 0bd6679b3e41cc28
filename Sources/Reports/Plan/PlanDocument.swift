import Catalog
import Economics
import Planning
import Quantities
import Throughput

/// A plan as one JSON document: the form scripts rely on, and what CSV is flattened from.
///
/// Names, units and order of keys are a contract; keys are only ever added. Unknown is null.
public struct PlanDocument {
  /// Raised when a key changes its meaning or goes; added keys leave it.
  public static let schemaVersion = "2.0"

  let plan: Plan

  public init(_ plan: Plan) {
    self.plan = plan
  }

  /// The whole document.
  public var json: JSONValue {
    .object([
      .init("schema_version", .string(Self.schemaVersion)),
      .init("program_version", .string(ProgramVersion.number)),
      .init("today", .string(plan.scenario.today.iso)),
      .init("scenario", scenario),
      .init("catalog", catalog),
      .init("seed", plan.decision.map { .shortest(Double($0.seed)) } ?? .null),
      .init("samples", .integer(plan.decision?.samples ?? 0)),
      .init("decision", decision),
      .init("options", .array(plan.assessments.map(Self.option))),
      .init("ranking", .array(plan.ranked.map { .string($0.id) })),
      .init("frontier", .array(plan.frontier.map { .string(plan.assessments[$0].id) })),
      .init("recommendation", recommendation),
      .init("answer", answer),
      .init("requirements", .array(plan.requirements.map(requirement))),
      .init("warnings", .array(plan.warnings.map { .string($0) })),
      .init("waiting", waiting),
      .init("claim_notes", .array(plan.claimNotes.map { .string($0) })),
      .init("claim_gains", .array(plan.claimGains.map(\.json))),
    ])
  }

  var scenario: JSONValue {
    let scenario = plan.scenario
    var members: [JSONValue.Member] = [
      .init("budget_usd", .decimal(scenario.budgetDollars, 2)),
      .init("model", .string(scenario.modelName)),
      .init("end", .string(scenario.start.adding(days: scenario.end.days).iso)),
      .init("deadline", scenario.deadlineDate.map { .string($0.iso) } ?? .null),
      .init("longest_run_days", .shortest(scenario.longestRun?.days)),
      .init("contains_user_data", .bool(scenario.containsUserData)),
      .init("tokens", .shortest(scenario.tokens)),
      .init("sequence_length", .integer(scenario.sequenceLength)),
      .init("discount_rate", .shortest(scenario.discountRate)),
      .init("routes", .array(scenario.routes.sorted().map { .string($0.rawValue) })),
      .init("regions", .array(scenario.regions.sorted().map { .string($0) })),
      .init("providers", .array(scenario.providers.sorted().map { .string($0) })),
      .init(
        "purchases", .array(scenario.purchases.map(\.rawValue).sorted().map { .string($0) })),
    ]
    // Every other field as the text that sets it.
    let done = Set(members.map(\.key)).union(["budget", "params", "longest_run", "samples", "seed"])
    members += ScenarioField.all.filter { !done.contains($0.key) }.map { field in
      .init(field.key, field.show(scenario).map(Self.value) ?? .null)
    }
    members.append(.init("claims", .array(scenario.claims.map { .string($0.badge) })))
    // Where each value that is not the default was set.
    members.append(
      .init(
        "origins",
        .object(
          plan.origins.sorted { $0.key < $1.key }.map {
            .init($0.key, .string($0.value.description))
          })))
    return .object(members)
  }

  /// A field's text as what it is: a number or a word.
  private static func value(_ text: String) -> JSONValue {
    Double(text).map { .shortest($0) } ?? .string(text)
  }

  private var catalog: JSONValue {
    .object([
      .init("as_of", .text(plan.catalogAsOf)),
      .init(
        "files",
        .array(
          plan.catalogFiles.map { file in
            .object([
              .init("path", .string(file.path)),
              .init("sha256", .string(SHA256.hexadecimal(of: file.bytes))),
              .init("replaced", .integer(file.replaced)),
              .init("added", .integer(file.added)),
            ])
          })),
    ])
  }

  /// A limit on the answer, and what the answer has.
  private func requirement(_ finding: RequirementFinding) -> JSONValue {
    func value(_ value: Double?) -> JSONValue {
      guard let value else { return .null }
      return finding.requirement.figure.isDay
        ? .string(CalendarDate(daysSinceEpoch: Int(value)).iso) : .significant(value, 12)
    }
    return .object([
      .init("figure", .string(finding.requirement.figure.rawValue)),
      .init("side", .string(finding.requirement.side.rawValue)),
      .init("limit", value(finding.requirement.limit)), .init("value", value(finding.value)),
      .init("kept", .bool(finding.isKept)),
    ])
  }

  private var waiting: JSONValue {
    guard let waiting = plan.waiting else { return .null }
    return .object([
      .init("years", .shortest(waiting.years)),
      .init("price_factor", .decimal(waiting.priceFactor, 3)),
      .init("chance_of_rise", .decimal(waiting.chanceOfRise, 3)),
    ])
  }

  /// What sampling says of the choice; null without samples.
  private var decision: JSONValue {
    guard let decision = plan.decision else { return .null }
    return .object([
      .init("least_regret", decision.leastRegretID.map { .string($0) } ?? .null),
      .init("too_close_to_call", .bool(decision.tooCloseToCall != nil)),
      .init("confidence_error", .decimal(decision.confidence?.standardError, 5)),
      .init("correlation_share", .decimal(decision.correlationShare, 4)),
      .init("inputs", .array(decision.inputs.map(Self.input))),
    ])
  }

  /// One uncertain input, in its unit, and where its range comes from.
  private static func input(_ input: PlanInput) -> JSONValue {
    .object([
      .init("name", .string(input.name)), .init("meaning", .string(input.meaning)),
      .init("unit", .string(input.unit)),
      .init("p10", .significant(input.distribution.quantile(0.1), 6)),
      .init("p50", .significant(input.median, 6)),
      .init("p90", .significant(input.distribution.quantile(0.9), 6)),
      .init("given", .bool(input.isGiven)),
      .init("source_url", .string(input.provenance.source)),
      .init("as_of", .text(input.provenance.asOf)),
      .init("grade", .string(input.provenance.grade.rawValue)),
    ])
  }

  private var recommendation: JSONValue {
    guard let found = plan.recommendation else { return .null }
    return .object([
      .init("id", .string(found.id)),
      .init("sentence", .string(found.sentence)),
      .init("confidence", .decimal(found.confidence, 3)),
      .init("flips", .array(found.flips.map { .string($0) })),
    ])
  }
}

extension PlanDocument {
  /// The JSON Schema (draft 2020-12) that every document keeps to.
  public static let schema =
    EmbeddedTables.files.first { $0.name == "plan.schema.json" }?.text ?? ""
}
