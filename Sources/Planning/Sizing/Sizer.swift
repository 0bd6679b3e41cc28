import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty
import Workload

/// Finds how many chips of a candidate a job runs on, and how large a model a budget buys of it.
///
/// One sizer serves the candidates of one accelerator; it remembers throughput per cluster size and
/// model, because the same machine is sold in many regions and ways.
/// It is used by one thread at a time.
final class Sizer: @unchecked Sendable {
  let scenario: Scenario
  let catalog: Catalog
  let bills: BillMaker
  let model = ThroughputModel.builtIn
  let law = AdditiveScalingLaw.besiroglu
  /// What the budget chooses from; without choices where the model is given.
  let shapes: ShapeTable?
  /// Uncertain inputs by name, beside the speeds of machines.
  let uncertain: [String: PlanInput]
  /// What throughput is known, added to as it is found.
  var findings: ThroughputMemory.Findings
  /// How far the team stays behind, by chip.
  var teams: [String: TeamDoubt] = [:]
  /// Layers' times of the searches so far.
  let searches = SearchMemory()

  init(
    _ bills: BillMaker, shapes: ShapeTable?, uncertain: [String: PlanInput] = [:],
    findings: ThroughputMemory.Findings = ThroughputMemory.Findings()
  ) {
    self.bills = bills
    scenario = bills.scenario
    catalog = bills.catalog
    self.findings = findings
    self.shapes = shapes
    self.uncertain = uncertain
  }

  /// What a candidate's chips do on a job, remembered.
  ///
  /// - Parameter size: the architecture's place among the choices; -1 for the model that is given.
  func throughput(
    _ candidate: Candidate, chips: Int, architecture: TransformerArchitecture, size: Int = -1,
    batch: Int
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let chip = candidate.accelerator
    let key = estimateKey(candidate, chips: chips, size: size, batch: batch)
    let spreads = scenario.spreads
    func settled(_ found: Result<ThroughputEstimate, Infeasibility>)
      -> Result<ThroughputEstimate, Infeasibility>
    {
      spreads.isEmpty
        ? found : found.map { $0.taking(spreads, accelerator: chip.id).heldToPeak() }
    }
    if let known = findings.estimates[key] { return settled(known) }
    let found = best(
      candidate, chips: chips, architecture, batch: batch, length: scenario.sequenceLength
    )
    .flatMap { withCurriculum($0, candidate, chips: chips, architecture, batch: batch) }
    .map { estimate in
      // The team's lag is no part of it: what a team measured itself has it, and `TeamDoubt` adds it
      // to all else.
      let own = catalog.measured.first { $0.id == chip.id }
      return (own.map { estimate.corrected(by: $0) } ?? estimate).taking(candidate.claims)
        .heldToPeak()
    }
    findings.estimates[key] = found
    return settled(found)
  }

  /// The best layout on sequences of a length.
  private func best(
    _ candidate: Candidate, chips: Int, _ architecture: TransformerArchitecture, batch: Int,
    length: Int
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let chip = candidate.accelerator
    return model.best(
      architecture: architecture, sequenceLength: length, globalBatchSequences: batch,
      precision: scenario.precision ?? ThroughputModel.usualPrecision(chip), accelerator: chip,
      chips: chips, chipsPerSlice: candidate.chipsPerSlice(of: chips),
      software: scenario.software?.stack(on: chip), remembering: searches)
  }

  /// The mean speed over the tokens: each share of a curriculum at what the cluster does on sequences of
  /// its length, in steps of as many tokens. Layout and parts stay those of the usual length.
  private func withCurriculum(
    _ usual: ThroughputEstimate, _ candidate: Candidate, chips: Int,
    _ architecture: TransformerArchitecture, batch: Int
  ) -> Result<ThroughputEstimate, Infeasibility> {
    guard !scenario.curriculum.isEmpty else { return .success(usual) }
    let rate = usual.tokensPerSecondPerChip.p50
    var share = 1.0
    var seconds = 0.0
    for phase in scenario.curriculum {
      let tokens = Double(batch) * Double(scenario.sequenceLength)
      let sequences = max(1, Int((tokens / Double(phase.sequenceLength)).rounded()))
      switch best(
        candidate, chips: chips, architecture,
        batch: TrainingJob.shared(sequences, by: chips, scenario), length: phase.sequenceLength)
      {
      case .failure(let refusal): return .failure(refusal)
      case .success(let found):
        share -= phase.share
        seconds += phase.share / found.tokensPerSecondPerChip.p50
      }
    }
    seconds += max(0, share) / rate
    var mean = usual
    let factor: Double = 1 / (seconds * rate)
    mean.speedUp(factor)
    let tuned = usual.tunedTokensPerSecondPerChip
    mean.tunedTokensPerSecondPerChip = Percentiles(
      p10: tuned.p10 * factor, p50: tuned.p50 * factor, p90: tuned.p90 * factor)
    return .success(mean)
  }

  /// What tells the estimates of one accelerator apart.
  func estimateKey(
    _ candidate: Candidate, chips: Int, size: Int, batch: Int
  ) -> ThroughputMemory.EstimateKey {
    ThroughputMemory.EstimateKey(
      isClaimed: !candidate.claims.isEmpty, domain: candidate.accelerator.scaleUpDomainChips,
      scaleUp: candidate.accelerator.scaleUpGBPerSecond,
      scaleOut: candidate.accelerator.scaleOutGbitPerSecond, chips: chips,
      slice: candidate.chipsPerSlice(of: chips), size: size, batch: batch)
  }

  /// Hands over what throughput was found, and keeps none of it.
  func takeFindings() -> ThroughputMemory.Findings {
    defer { findings = ThroughputMemory.Findings() }
    return findings
  }

  /// Three significant digits, rounded down, so that the job is one a person would write down.
  static func rounded(_ value: Double) -> Double {
    guard value >= 1000 else { return value.rounded(.down) }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded(.down) * unit
  }
}
