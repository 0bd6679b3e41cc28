import Catalog
import Workload

/// A strategy found by the exhaustive search, with what it takes.
public struct FoundStrategy: Sendable {
  public var strategy: ParallelismStrategy
  /// Layers of a stage whose activations are computed again.
  public var recomputedLayers: Int
  public var isSequenceParallel: Bool
  public var overlapsGradientReduction: Bool
  public var stepSeconds: Double
  public var memoryGiB: Double
}

/// What the best strategy gave up along one axis.
public struct AxisChoice: Sendable {
  /// `tensor`, `context`, `pipeline` and so on.
  public var axis: String
  public var chosen: Int
  /// The best value other than the chosen one, nil when no other fits.
  public var runnerUp: Int?
  /// Seconds of the best strategy with that value.
  public var runnerUpSeconds: Double?
  /// The part of the step that grows most with the runner-up; `memory` when no other value fits,
  /// `only_choice` when there is no other.
  public var reason: String
}

/// What an exhaustive search found.
public struct StrategySearchResult: Sendable {
  /// The fastest strategies that fit, fastest first; ties in the order of enumeration.
  public var best: [FoundStrategy]
  /// What the fastest takes, exactly as found.
  public var estimate: ThroughputEstimate
  /// Strategies gone through: timed, or ruled out.
  public var enumerated: Int
  /// Of them, those that were timed. The others don't fit into memory, or bounds tell that none of them
  /// is among the fastest.
  public var timed: Int
  public var choices: [AxisChoice]
}

/// Looks at every strategy that a machine and a model allow.
///
/// Strategies that can't be among the fastest are passed over together (and counted): where the least
/// time that any of them takes is too long already, or where weights, gradients and optimizer alone
/// overfill a chip. Times of a layer are computed once for the many strategies that share them.
/// Deterministic.
public struct StrategySearch: Sendable {
  let timer: LayerTimer
  let space: SearchSpace
  let job: ThroughputModel.Job
  let model: ThroughputModel
  let accelerator: Accelerator
  let usableBytes: Double
  let chipsPerSlice: Int?

  /// - Throws: `Infeasibility` when the accelerator's rates are unknown or the job is empty.
  public init(
    model: ThroughputModel = .builtIn, architecture: TransformerArchitecture, sequenceLength: Int,
    globalBatchSequences: Int, precision: Precision, accelerator: Accelerator, chips: Int,
    chipsPerSlice: Int? = nil, software: SoftwareStack? = nil
  ) throws(Infeasibility) {
    self.model = model
    self.accelerator = accelerator
    self.chipsPerSlice = chipsPerSlice
    job = ThroughputModel.Job(
      architecture: architecture, sequenceLength: sequenceLength,
      globalBatchSequences: globalBatchSequences, precision: precision, software: software)
    timer = try model.timer(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice)
    space = SearchSpace(timer: timer)
    usableBytes = timer.machine.memoryBytes * MemoryUse.usableShare
  }

  /// Runs the search.
  ///
  /// - Parameter keeping: how many of the fastest strategies to keep.
  /// - Returns: the fastest strategies, or why none fits and on how many chips one would.
  public func run(keeping: Int = 5) -> Result<StrategySearchResult, Infeasibility> {
    var walk = SearchWalk(timer: timer, space: space, usableBytes: usableBytes, keeping: keeping)
    walk.run()
    guard let first = walk.fastest.best.first else { return .failure(whyNot(walk)) }
    let found = walk.fastest.best.map { describe($0.layout) }
    let estimate = model.estimate(
      job, timer, first.layout, isSearched: true, evaluated: walk.timed)
    return .success(
      StrategySearchResult(
        best: found, estimate: estimate, enumerated: walk.enumerated, timed: walk.timed,
        choices: choices(walk)))
  }

  private func whyNot(_ walk: SearchWalk) -> Infeasibility {
    var outcome = PlanningGrid.Outcome()
    outcome.leastMemoryLayout = walk.leastMemoryLayout
    return model.whyNot(outcome, job, accelerator, timer.machine, chipsPerSlice: chipsPerSlice)
  }

  private func describe(_ layout: Layout) -> FoundStrategy {
    let stage = space.stageLayers(pipeline: Int(layout.pipeline))
    return FoundStrategy(
      strategy: layout.strategy(precision: timer.recipe.precision),
      recomputedLayers: Self.recomputedLayers(layout, stage: stage),
      isSequenceParallel: layout.isSequenceParallel,
      overlapsGradientReduction: layout.overlapsGradients,
      stepSeconds: timer.step(layout, isSearched: true).total,
      memoryGiB: timer.memory(layout).total / 1_073_741_824)
  }

  static func recomputedLayers(_ layout: Layout, stage: Int) -> Int {
    guard layout.recompute == .full else { return 0 }
    return Int((layout.recomputedShare * Double(stage)).rounded())
  }

  /// Compares the best strategy with the best of another value, axis by axis.
  private func choices(_ walk: SearchWalk) -> [AxisChoice] {
    guard let best = walk.fastest.best.first?.layout else { return [] }
    let bestStep = timer.step(best, isSearched: true)
    return SearchSpace.Axis.allCases.map { axis in
      let chosen = walk.fastest.value(of: best, axis)
      let other = walk.fastest.rival(axis)
      guard let other else {
        return AxisChoice(
          axis: "\(axis)", chosen: chosen, runnerUp: nil, runnerUpSeconds: nil,
          reason: space.hasChoice(axis) ? "memory" : "only_choice")
      }
      let step = timer.step(other, isSearched: true)
      let growth = zip(step.parts, bestStep.parts).map { ($0.name, $0.value - $1.value) }
      let worst = growth.max { $0.1 < $1.1 }
      return AxisChoice(
        axis: "\(axis)", chosen: chosen, runnerUp: walk.fastest.value(of: other, axis),
        runnerUpSeconds: step.total, reason: worst?.0 ?? "")
    }
  }
}
