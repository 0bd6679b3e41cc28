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
  let memory = ThroughputMemory()

  public init(catalog: Catalog) {
    self.catalog = catalog
  }

  /// The plan of a scenario.
  public func plan(_ scenario: Scenario) -> Plan {
    finished(scenario, while: { true }) ?? draft(scenario, samples: 0)
  }

  /// Outcomes of a draft that is to follow a key held down.
  public static let draftSamples = 2048

  /// The plan before all outcomes are weighed and the claims are judged: quickly there.
  ///
  /// - Parameter samples: outcomes for its ranges and chances, at most.
  public func draft(_ scenario: Scenario, samples: Int) -> Plan {
    let (planner, settled) = settled(scenario)
    var few = settled
    few.samples = min(samples, settled.samples)
    var plan = planner.base(few)
    plan.finish(catalog: planner.catalog, inputs: planner.inputs(settled))
    plan.scenario = scenario
    plan.waiting = WaitingOutlook(catalog: catalog)
    return plan
  }

  /// The same as long as it is wanted; nil when it was not in the end.
  ///
  /// - Parameter isWanted: asked often, from several threads; once false it must stay so.
  public func finished(
    _ scenario: Scenario, while isWanted: @escaping @Sendable () -> Bool
  ) -> Plan? {
    let (planner, settled) = settled(scenario)
    var plan = planner.base(settled)
    guard isWanted() else { return nil }
    plan.finish(catalog: planner.catalog, inputs: planner.inputs(settled))
    plan.claimNotes = settled.claims.map { planner.note($0, plan, while: isWanted) }
    guard isWanted() else { return nil }
    plan.claimGains = settled.claims.compactMap { planner.gain($0, settled)?.named(in: plan) }
    plan.scenario = scenario
    plan.waiting = WaitingOutlook(catalog: catalog)
    return isWanted() ? plan : nil
  }

  /// What `plan` gives for a scenario, after a draft of it.
  public func finished(_ draft: Plan, _ scenario: Scenario) -> Plan {
    finished(scenario, while: { true }) ?? draft
  }

  /// The same as long as it is wanted.
  public func finished(
    _ draft: Plan, _ scenario: Scenario, while isWanted: @escaping @Sendable () -> Bool
  ) -> Plan? {
    finished(scenario, while: isWanted)
  }

  /// The uncertain inputs of a scenario.
  func inputs(_ scenario: Scenario) -> InputRegistry {
    InputRegistry(
      scenario: scenario, catalog: catalog,
      candidates: Candidate.all(in: catalog, scenario: scenario))
  }
}

extension Plan {
  /// Draws the frontier, whose risk is known only now, and puts the answer and what to know into words.
  mutating func finish(catalog: Catalog, inputs: InputRegistry) {
    frontier = paretoFrontier.indices
    if scenario.samples > 0 {
      decision = Decision(
        samples: scenario.samples, seed: scenario.seed, inputs: inputs.inputs, correlationShare: 1,
        confidence: answer?.confidence(of: scenario.samples), leastRegretID: nil,
        tooCloseToCall: answer?.closeness)
    }
    recommendation = Recommending.recommendation(self)
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
}
