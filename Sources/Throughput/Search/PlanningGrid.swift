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
    /// Layouts timed.
    var evaluated = 0
    /// The least memory that any layout needs, bytes.
    var leastMemory = Double.infinity
    var leastMemoryLayout: Layout?
  }

  /// Finds the layout with the shortest step that fits; ties go to the first in grid order, which
  /// has the smallest degrees.
  ///
  /// - Parameters:
  ///   - table: layers' times found for this model on such chips, which more are added to.
  ///   - hint: a layout that may be good. What is found doesn't depend on it, how soon does.
  func search(_ table: inout LayerTimeTable, hint: Layout? = nil) -> Outcome {
    var outcome = Outcome()
    if let hint, let seconds = seconds(hint, &table) {
      outcome.bestSeconds = seconds * (1 + 1e-9)
    }
    var tensor = 1.0
    while tensor <= mostTensor {
      var context = 1.0
      while context <= mostContext {
        searchReplicas(tensor: tensor, context: context, &outcome, &table)
        context *= 2
      }
      tensor *= 2
    }
    // A hint from another kind of machine may be in no grid of this one.
    return outcome.best == nil && hint != nil ? search(&table) : outcome
  }

  /// As above, with nothing known before.
  func search() -> Outcome {
    var table = LayerTimeTable()
    return search(&table)
  }

  /// Seconds of a step under a layout of the grid with as many replicas as there are chips for; nil when
  /// that is no layout of the grid, or doesn't fit.
  private func seconds(_ hint: Layout, _ table: inout LayerTimeTable) -> Double? {
    var layout = hint
    let group: Double = layout.tensor * layout.context * layout.pipeline
    layout.data = timer.machine.units / group
    guard isWhole(layout.data), layout.data <= timer.problem.batchSequences,
      layout.tensor <= mostTensor, layout.context <= mostContext, layout.pipeline <= mostStages,
      layout.expert <= mostExperts(layout), layout.microBatch <= mostMicroBatch(layout),
      layout.virtual == 1 || timer.microBatches(layout) >= layout.pipeline,
      layout.virtual <= stageLayers(layout),
      timer.memory(layout).total <= usableBytes
    else { return nil }
    let place = table.place(layout, timer)
    return timer.stepSeconds(layout, layer: table.found[place].under(layout.recompute))
  }

  private var mostTensor: Double { min(timer.isGPU ? 8 : 32, timer.problem.heads) }

  /// A sequence is cut into no less than 4,096 tokens.
  private var mostContext: Double { min(64, max(1, timer.problem.sequence / 4096)) }

  private var mostStages: Double { timer.isTPU ? 1 : min(64, timer.problem.layers) }

  private func mostExperts(_ layout: Layout) -> Double {
    let experts = timer.problem.experts
    // On a torus experts are spread or products are cut, not both: the axes are there once.
    guard timer.spreadsExperts, !timer.isTPU || layout.tensor == 1 else { return 1 }
    return min(experts, layout.data * layout.context * layout.tensor, 64)
  }

  private func mostMicroBatch(_ layout: Layout) -> Double {
    max(1, min(32, timer.problem.batchSequences / layout.data))
  }

  private func stageLayers(_ layout: Layout) -> Double {
    (timer.problem.layers / layout.pipeline).rounded(.up)
  }

  private func isWhole(_ data: Double) -> Bool { data >= 1 && data == data.rounded() }

  private func searchReplicas(
    tensor: Double, context: Double, _ outcome: inout Outcome, _ table: inout LayerTimeTable
  ) {
    var layout = Layout()
    layout.tensor = tensor
    layout.context = context
    layout.pipeline = 1
    while layout.pipeline <= mostStages {
      let group: Double = tensor * context * layout.pipeline
      layout.data = timer.machine.units / group
      if isWhole(layout.data) && layout.data <= timer.problem.batchSequences {
        let most = mostExperts(layout)
        layout.expert = 1
        while layout.expert <= most {
          searchMicroBatches(layout, &outcome, &table)
          layout.expert *= 2
        }
      }
      layout.pipeline *= 2
    }
  }

  private func searchMicroBatches(
    _ start: Layout, _ outcome: inout Outcome, _ table: inout LayerTimeTable
  ) {
    var layout = start
    let most = mostMicroBatch(layout)
    layout.microBatch = 1
    while layout.microBatch <= most {
      searchSharding(layout, &outcome, &table)
      layout.microBatch *= 2
    }
  }

  /// ZeRO stages and ways of recomputing.
  private func searchSharding(
    _ start: Layout, _ outcome: inout Outcome, _ table: inout LayerTimeTable
  ) {
    var layout = start
    layout.zero = timer.isTPU ? 3 : 1
    let first = layout
    let firstPlace = place(layout, &outcome, &table)
    layout.zero = 3
    let isChoice = !timer.isTPU && start.pipeline == 1
    let secondPlace = isChoice ? place(layout, &outcome, &table) : nil
    guard firstPlace != nil || secondPlace != nil else { return }
    for way in Recompute.allCases where timer.isGPU || way != .none {
      if let firstPlace { searchSchedules(first, way, table.found[firstPlace], &outcome) }
      if let secondPlace { searchSchedules(layout, way, table.found[secondPlace], &outcome) }
    }
  }

  /// Where the times of a layout's layers are; nil when it doesn't fit whatever is computed again, or can't
  /// be faster than the best so far.
  private func place(
    _ start: Layout, _ outcome: inout Outcome, _ table: inout LayerTimeTable
  ) -> Int? {
    var layout = start
    layout.recompute = .full
    let memory = timer.memory(layout).total
    if memory < outcome.leastMemory {
      outcome.leastMemory = memory
      outcome.leastMemoryLayout = layout
    }
    guard memory <= usableBytes else { return nil }
    let place = table.place(layout, timer)
    let shortest = table.found[place].shortest
    return timer.isTooSlow(layout, shortest: shortest, limit: outcome.bestSeconds) ? nil : place
  }

  /// Times the schedules of a layout under a way of recomputing, where it fits.
  private func searchSchedules(
    _ start: Layout, _ way: Recompute, _ times: LayerTimes, _ outcome: inout Outcome
  ) {
    var layout = start
    layout.recompute = way
    let layer = times.under(way)
    let shortest = layer.loop(1, launched: 0) + layer.head
    guard !timer.isTooSlow(layout, shortest: shortest, limit: outcome.bestSeconds),
      timer.memory(layout).total <= usableBytes
    else { return }
    take(layout, layer, &outcome)
    guard layout.pipeline > 1, timer.microBatches(layout) >= layout.pipeline,
      !timer.isTooSlow(layout, shortest: shortest, limit: outcome.bestSeconds)
    else { return }
    for virtual in Self.chunks where virtual <= stageLayers(layout) {
      layout.virtual = virtual
      guard timer.memory(layout).total <= usableBytes else { continue }
      take(layout, layer, &outcome)
    }
  }

  /// Chunks of a stage that are looked at beside one.
  private static let chunks = [2.0, 3, 4, 6, 8, 12]

  private func take(_ layout: Layout, _ layer: LayerTime, _ outcome: inout Outcome) {
    outcome.evaluated += 1
    let seconds = timer.stepSeconds(layout, layer: layer)
    guard seconds < outcome.bestSeconds else { return }
    outcome.bestSeconds = seconds
    outcome.best = layout
  }
}
