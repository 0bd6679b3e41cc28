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
    InputRegistry(scenario: scenario, catalog: catalog, candidates: candidates).byName
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
      let bills = BillMaker(
        scenario: scenario, catalog: catalog, ownership: ownership, rest: rest)
      let sizer = Sizer(
        bills, ladder: ladder, uncertain: uncertain, findings: memory.take(subject))
      let assessor = Assessor(sizer)
      let job = sizer.givenJob
      for index in groups[group] {
        let assessment = assessor.assess(candidates[index], job: job)
        found.withLock { $0[index] = assessment }
      }
      memory.keep(sizer.takeFindings(), of: subject)
    }
    return found.withLock { $0.compactMap { $0 } }
  }
}
