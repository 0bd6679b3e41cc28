import Catalog

/// The strategies that planning looks at: powers of two for most degrees, so that a plan of
/// hundreds of options is made while a key is held down. `StrategySearch` looks at all of them.
struct PlanningGrid: Sendable {
  let timer: LayerTimer
  /// Bytes of a unit that may be filled.
  let usableBytes: Double

  init(timer: LayerTimer) {
    self.timer = timer
    usableBytes = timer.machine.memoryBytes * MemoryUse.usableShare
  }

  /// What a walk through the grid found.
  struct Outcome: Sendable {
    var best: Layout?
    var bestSeconds = Double.infinity
    /// Layouts looked at.
    var evaluated = 0
    /// The least memory that any layout needs, bytes.
    var leastMemory = Double.infinity
    var leastMemoryLayout: Layout?
  }

  /// Finds the layout with the shortest step that fits; ties go to the first in grid order, which
  /// has the smallest degrees.
  func search() -> Outcome {
    var outcome = Outcome()
    var tensor = 1.0
    let mostTensor = min(timer.machine.kind == .gpu ? 8 : 32, timer.problem.heads)
    while tensor <= mostTensor {
      var context = 1.0
      while context <= mostContext {
        searchReplicas(tensor: tensor, context: context, &outcome)
        context *= 2
      }
      tensor *= 2
    }
    return outcome
  }

  /// A sequence is cut into no less than 4,096 tokens.
  private var mostContext: Double { min(64, max(1, timer.problem.sequence / 4096)) }

  private func searchReplicas(tensor: Double, context: Double, _ outcome: inout Outcome) {
    let mostStages = timer.machine.kind == .tpu ? 1 : min(64, timer.problem.layers)
    var layout = Layout()
    layout.tensor = tensor
    layout.context = context
    layout.pipeline = 1
    while layout.pipeline <= mostStages {
      let group: Double = tensor * context * layout.pipeline
      layout.data = timer.machine.units / group
      let isWhole = layout.data >= 1 && layout.data == layout.data.rounded()
      if isWhole && layout.data <= timer.problem.batchSequences {
        searchExperts(layout, &outcome)
      }
      layout.pipeline *= 2
    }
  }

  private func searchExperts(_ start: Layout, _ outcome: inout Outcome) {
    var layout = start
    let experts = timer.problem.experts
    let isSpread = experts > 0 && timer.machine.kind != .tpu
    let most = isSpread ? min(experts, start.data * start.context * start.tensor, 64) : 1
    layout.expert = 1
    while layout.expert <= most {
      searchMicroBatches(layout, &outcome)
      layout.expert *= 2
    }
  }

  private func searchMicroBatches(_ start: Layout, _ outcome: inout Outcome) {
    var layout = start
    let most = min(32, timer.problem.batchSequences / start.data)
    let isTPU = timer.machine.kind == .tpu
    let stages: [Double] = isTPU ? [3] : start.pipeline == 1 ? [1, 3] : [1]
    let ways: [Recompute] =
      timer.machine.kind == .gpu ? Recompute.allCases : [.selective, .full]
    layout.microBatch = 1
    while layout.microBatch <= most {
      for way in ways {
        layout.recompute = way
        searchSchedules(layout, &outcome, stages)
      }
      layout.microBatch *= 2
    }
  }

  private func searchSchedules(
    _ start: Layout, _ outcome: inout Outcome, _ zeroStages: [Double]
  ) {
    var layout = start
    for zero in zeroStages {
      layout.zero = zero
      layout.virtual = 1
      outcome.evaluated += 1
      let memory = timer.memory(layout).total
      if memory < outcome.leastMemory {
        outcome.leastMemory = memory
        outcome.leastMemoryLayout = layout
      }
      guard memory <= usableBytes else { continue }
      let layer = timer.time(timer.shape(layout))
      let count = timer.microBatches(layout)
      let perStage = timer.problem.layers / layout.pipeline
      let bound: Double = count * (layer.kept + layer.recompute + layer.head) / layout.pipeline
      guard bound < outcome.bestSeconds else { continue }
      take(layout, layer, &outcome)
      guard layout.pipeline > 1, count >= layout.pipeline else { continue }
      for virtual in [2.0, 3, 4, 6, 8, 12] where virtual <= perStage.rounded(.up) {
        layout.virtual = virtual
        outcome.evaluated += 1
        guard timer.memory(layout).total <= usableBytes else { continue }
        take(layout, layer, &outcome)
      }
    }
  }

  private func take(_ layout: Layout, _ layer: LayerTime, _ outcome: inout Outcome) {
    let seconds = timer.step(layout, layer: layer, isSearched: true).total
    guard seconds < outcome.bestSeconds else { return }
    outcome.bestSeconds = seconds
    outcome.best = layout
  }
}
