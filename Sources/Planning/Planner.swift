import Catalog
import Economics
import Quantities
import Throughput
import Workload

/// Assesses every option a catalogue offers for a scenario, and ranks them.
///
///     let plan = try Planner(catalog: catalog).plan(scenario)
///     print(plan.recommendation?.sentence ?? "nothing fits")
///
/// Pure: the same scenario and catalogue give the same plan.
public struct Planner: Sendable {
  private let catalog: Catalog

  public init(catalog: Catalog) {
    self.catalog = catalog
  }

  /// The plan of a scenario.
  public func plan(_ scenario: Scenario) -> Plan {
    let assessor = Assessor(catalog: catalog, scenario: scenario)
    let job = assessor.givenJob
    let assessments = Candidate.all(in: catalog, scenario: scenario)
      .map { assessor.assess($0, job: job) }
    let ranking = Ranking.order(assessments, scenario: scenario)
    let recommendation = Recommending.recommendation(
      assessments, ranking: ranking, scenario: scenario)
    return Plan(
      scenario: scenario, catalogAsOf: catalog.asOf, catalogFiles: catalog.files,
      assessments: assessments, ranking: ranking,
      frontier: Ranking.frontier(assessments, ranking: ranking, scenario: scenario),
      recommendation: recommendation,
      warnings: Warnings.of(catalog: catalog, scenario: scenario, assessments, ranking))
  }
}

extension Assessor {
  /// The job, when the scenario says what to train; nil when the budget decides.
  var givenJob: Job? {
    let architecture: TransformerArchitecture
    switch scenario.model {
    case .fromBudget:
      guard let tokens = scenario.tokens else { return nil }
      architecture = TransformerArchitecture.defaultShape(
        parameters: Self.parameters(forTokens: tokens, law))
    case .architecture(let given): architecture = given
    case .parameters(let count):
      architecture = TransformerArchitecture.defaultShape(parameters: count)
    }
    let tokens =
      scenario.tokens
      ?? Self.rounded(law.tokens(for: architecture.totalParameters))
    return Job(
      architecture: architecture, tokens: tokens, sequenceLength: scenario.sequenceLength,
      batchSequences: Job.batchSequences(tokens: tokens, scenario: scenario))
  }

  /// The size for which so many tokens are the best use of the compute, by bisection: the inverse of
  /// the law's tokens for a size.
  private static func parameters(forTokens tokens: Double, _ law: AdditiveScalingLaw) -> Double {
    var low = 1e6
    var high = 1e14
    for _ in 0..<100 {
      let middle = (low * high).squareRoot()
      if law.tokens(for: middle) < tokens { low = middle } else { high = middle }
    }
    return (low * high).squareRoot()
  }

  /// Assesses one candidate.
  func assess(_ candidate: Candidate, job: Job?) -> Assessment {
    let blocking = candidate.reasons.contains { Self.blockingCodes.contains($0.code) }
    let choice: Choice =
      blocking ? .nothing([]) : job.map { choose(candidate, job: $0) } ?? chooseForBudget(candidate)
    switch choice {
    case .nothing(let reasons):
      return assessment(candidate, evaluation: nil, reasons: candidate.reasons + reasons)
    case .figures(let evaluation, let reasons):
      return assessment(candidate, evaluation: evaluation, reasons: candidate.reasons + reasons)
    }
  }

  /// Reasons that leave nothing to compute.
  private static let blockingCodes: Set<String> = [
    "unknown_rates", "no_price", "not_sold", "accelerator_announced",
  ]
}
