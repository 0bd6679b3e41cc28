import Catalog
import Dispatch
import Economics
import Quantities
import Synchronization
import Throughput
import Workload

/// Assesses every option a catalogue offers for a scenario, and ranks them.
///
///     let plan = try Planner(catalog: catalog).plan(scenario)
///     print(plan.recommendation?.sentence ?? "nothing fits")
///
/// Pure: the same scenario and catalogue give the same plan.
public struct Planner: Sendable {
  var catalog: Catalog
  private let memory = ThroughputMemory()

  public init(catalog: Catalog) {
    self.catalog = catalog
  }

  /// The plan of a scenario.
  public func plan(_ scenario: Scenario) -> Plan {
    let (planner, settled) = settled(scenario)
    return finished(planner.base(settled), scenario)
  }

  /// Worlds of a draft that is to follow a key held down.
  public static let draftSamples = 512

  /// The plan before all worlds are weighed and the claims are judged: quickly there, with the same
  /// options in the same order at the same medians.
  ///
  /// - Parameter samples: worlds for its ranges and chances, at most.
  public func draft(_ scenario: Scenario, samples: Int) -> Plan {
    let (planner, settled) = settled(scenario)
    var few = settled
    few.samples = min(samples, settled.samples)
    var plan = planner.sampled(planner.base(settled), few)
    plan.finish(catalog: planner.catalog, flipping: planner.flipping(plan, settled))
    plan.scenario = scenario
    plan.waiting = WaitingOutlook(catalog: catalog)
    return plan
  }

  /// The same as long as it is wanted; nil when it was not in the end.
  ///
  /// - Parameter isWanted: asked often, from several threads; once false it must stay so.
  public func finished(
    _ draft: Plan, _ scenario: Scenario, while isWanted: @escaping @Sendable () -> Bool
  ) -> Plan? {
    let (planner, settled) = settled(scenario)
    var plan = planner.sampled(draft, settled, while: isWanted)
    guard isWanted() else { return nil }
    plan.finish(catalog: planner.catalog, flipping: planner.flipping(plan, settled))
    plan.claimNotes = settled.claims.map { planner.note($0, plan, while: isWanted) }
    guard isWanted() else { return nil }
    plan.claimGains = settled.claims.compactMap { planner.gain($0, settled) }
    plan.scenario = scenario
    plan.waiting = WaitingOutlook(catalog: catalog)
    return isWanted() ? plan : nil
  }

  /// What `plan` gives for a scenario, from a draft of it: options, order and medians are the draft's.
  public func finished(_ draft: Plan, _ scenario: Scenario) -> Plan {
    finished(draft, scenario, while: { true }) ?? draft
  }

  /// The plan without what it says of claims, which takes plans of its own.
  func base(_ scenario: Scenario) -> Plan {
    let assessments = assess(Candidate.all(in: catalog, scenario: scenario), scenario)
    let ranking = Ranking.order(assessments, scenario: scenario)
    return Plan(
      scenario: scenario, catalogAsOf: catalog.asOf, catalogFiles: catalog.files,
      assessments: assessments, ranking: ranking,
      frontier: [], recommendation: nil, warnings: [])
  }
}

extension Plan {
  /// Draws the frontier, whose risk is known only now, and puts the answer and what to know into words.
  mutating func finish(catalog: Catalog, flipping: Flipping?) {
    frontier = paretoFrontier.indices
    recommendation = Recommending.recommendation(self, flipping)
    warnings = Warnings.of(self, catalog: catalog)
  }
}

extension Planner {
  /// The inputs that candidates depend on and that are not known for sure, by name.
  func uncertain(
    _ candidates: [Candidate], _ scenario: Scenario
  ) -> [String: PlanInput] {
    InputRegistry(scenario: scenario, catalog: catalog, touched: candidates.map(\.touched)).byName
  }

  /// Assesses all candidates, the accelerators side by side on all cores.
  ///
  /// Each accelerator's candidates are taken in their order by one assessor, so that the result does
  /// not depend on how many cores there are.
  private func assess(_ candidates: [Candidate], _ scenario: Scenario) -> [Assessment] {
    var groups: [[Int]] = []
    var groupOf: [String: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      let group = groupOf[candidate.accelerator.id] ?? groups.count
      if group == groups.count { groups.append([]) }
      groupOf[candidate.accelerator.id] = group
      groups[group].append(index)
    }
    let ownership = OwnershipAssumptions.standard(from: catalog).at(scenario.owning, catalog)
    let rest = RestOfBill(scenario, catalog: catalog)
    let ladder = scenario.isSizedFromBudget ? SizeLadder() : SizeLadder(architectures: [])
    let uncertain =
      scenario.isSizedFromBudget ? uncertain(candidates, scenario) : [:]
    let found = Mutex([Assessment?](repeating: nil, count: candidates.count))
    // The longest first, so that no core waits for one that began late.
    groups.sort { ($1.count, $0[0]) < ($0.count, $1[0]) }
    DispatchQueue.concurrentPerform(iterations: groups.count) {
      [groups, catalog, memory] group in
      let subject = ThroughputMemory.Subject(
        accelerator: candidates[groups[group][0]].accelerator.id,
        sequenceLength: scenario.sequenceLength, architecture: scenario.givenArchitecture,
        claims: scenario.claims)
      let assessor = Assessor(
        scenario: scenario, catalog: catalog, ownership: ownership, rest: rest, ladder: ladder,
        uncertain: uncertain, findings: memory.take(subject))
      let job = assessor.givenJob
      for index in groups[group] {
        let assessment = assessor.assess(candidates[index], job: job)
        found.withLock { $0[index] = assessment }
      }
      memory.keep(assessor.takeFindings(), of: subject)
    }
    return found.withLock { $0.compactMap { $0 } }
  }
}

extension Assessor {
  /// The job, when the scenario says what to train; nil when the budget decides.
  var givenJob: Job? {
    guard let architecture = scenario.givenArchitecture else { return nil }
    let tokens =
      scenario.tokens
      ?? Self.rounded(law.tokens(for: architecture.totalParameters))
    return Job(
      architecture: architecture, tokens: tokens, sequenceLength: scenario.sequenceLength,
      batchSequences: Job.batchSequences(tokens: tokens, scenario: scenario))
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

extension Scenario {
  /// The architecture, when the scenario says what to train; nil when the budget decides.
  var givenArchitecture: TransformerArchitecture? {
    switch model {
    case .fromBudget:
      tokens.map { tokens in
        TransformerArchitecture.defaultShape(
          parameters: AdditiveScalingLaw.besiroglu.parameters(forTokens: tokens))
      }
    case .architecture(let given): given
    case .parameters(let count): TransformerArchitecture.defaultShape(parameters: count)
    }
  }
}

extension AdditiveScalingLaw {
  /// The size for which so many tokens are the best use of the compute, by bisection: the inverse of
  /// the law's tokens for a size.
  fileprivate func parameters(forTokens tokens: Double) -> Double {
    var low = 1e6
    var high = 1e14
    for _ in 0..<100 {
      let middle = (low * high).squareRoot()
      if self.tokens(for: middle) < tokens { low = middle } else { high = middle }
    }
    return (low * high).squareRoot()
  }
}
