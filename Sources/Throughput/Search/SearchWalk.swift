/// The walk through a search space: nested loops over flat values, nothing allocated per strategy.
///
/// A group of strategies is passed over at once when the least time that any of them can take
/// (`LayerTimer.isTooSlow`) is more than what is still wanted (`AxisRivals.limit`), or when their
/// weights, gradients and optimizer alone overfill the memory. What is found is what timing each of them
/// finds.
struct SearchWalk {
  let timer: LayerTimer
  let space: SearchSpace
  let usableBytes: Double

  /// Strategies gone through: timed, too large for the memory, or passed over.
  private(set) var enumerated = 0
  private(set) var timed = 0
  private(set) var fastest: AxisRivals
  private(set) var leastMemoryLayout: Layout?
  private var leastMemory = Double.infinity
  private var table = LayerTimeTable()

  init(timer: LayerTimer, space: SearchSpace, usableBytes: Double, keeping: Int) {
    self.timer = timer
    self.space = space
    self.usableBytes = usableBytes
    fastest = AxisRivals(keeping: keeping, layers: timer.problem.layers)
  }

  /// What strategies of the same degrees have to choose from.
  private struct Choices {
    /// Layers of the fullest stage.
    var stage: Int
    var leastRecomputes: [Recompute]
    var virtual: [Int]
    var zeroStages: [Int]
    /// Ways of reducing gradients below ZeRO-3: beside the work, or after it too.
    var overlaps: Int
    /// One bit for each axis on which they differ, from the sharding's on.
    var varied: Int

    /// Strategies of one kind of sequence parallelism, ZeRO stage and number of chunks.
    func count(zero: Double) -> Int {
      (stage + leastRecomputes.count) * (zero == 3 ? 1 : overlaps)
    }
  }

  mutating func run() {
    for tensor in space.tensorDegrees {
      for context in space.contextDegrees(tensor: tensor) {
        table.removeAll()
        for pipeline in space.pipelineDegrees(tensor: tensor, context: context) {
          var layout = Layout()
          layout.tensor = Double(tensor)
          layout.context = Double(context)
          layout.pipeline = Double(pipeline)
          layout.data = (timer.machine.units / Double(tensor * context * pipeline)).rounded(.down)
          walkReplicas(layout)
        }
      }
    }
  }

  private mutating func walkReplicas(_ start: Layout) {
    var layout = start
    let (pipeline, data) = (Int(start.pipeline), Int(start.data))
    let microBatches = space.microBatches(data: data)
    let chunks = space.virtualStages(pipeline: pipeline, microBatches: .infinity)
    var choices = Choices(
      stage: space.stageLayers(pipeline: pipeline), leastRecomputes: space.leastRecomputes,
      virtual: chunks, zeroStages: space.zeroStages(pipeline: pipeline),
      overlaps: start.data * start.context > 1 ? 2 : 1, varied: 0)
    let stageUnits = Int(start.tensor * start.context) * data
    for expert in space.expertDegrees(stageUnits: stageUnits) {
      layout.expert = Double(expert)
      for microBatch in microBatches {
        layout.microBatch = Double(microBatch)
        // Chunks need micro-batches enough to fill the pipeline.
        choices.virtual = timer.microBatches(layout) >= start.pipeline ? chunks : [1]
        choices.varied = Self.bits(
          recomputedLayers: true, virtual: choices.virtual.count > 1, overlap: choices.overlaps > 1)
        walkSharding(layout, choices)
      }
    }
  }

  private static func bits(recomputedLayers: Bool, virtual: Bool, overlap: Bool) -> Int {
    func bit(_ axis: SearchSpace.Axis, _ isSet: Bool) -> Int { isSet ? 1 << axis.rawValue : 0 }
    return bit(.recomputedLayers, recomputedLayers) | bit(.virtualPipeline, virtual)
      | bit(.gradientOverlap, overlap)
  }

  /// Sequence parallelism and ZeRO stage.
  private mutating func walkSharding(_ start: Layout, _ choices: Choices) {
    var layout = start
    for way in 0..<(start.tensor > 1 ? 2 : 1) {
      layout.isSequenceParallel = way == 0
      layout.zero = 0
      let plain = table.place(layout, timer)
      layout.zero = 3
      let sharded = table.place(layout, timer)
      for stage in choices.zeroStages {
        layout.zero = Double(stage)
        enumerated += choices.count(zero: layout.zero) * choices.virtual.count
        let place = stage == 3 ? sharded : plain
        let limit = fastest.limit(layout, varied: choices.varied)
        if timer.isTooSlow(layout, shortest: table.found[place].shortest, limit: limit) { continue }
        if timer.states(layout).total > usableBytes {
          remember(layout, timer.memory(layout).total)
          continue
        }
        let times = table.found[place]
        for virtual in choices.virtual {
          layout.virtual = Double(virtual)
          walkRecompute(layout, times, choices)
        }
        layout.virtual = 1
      }
    }
  }

  /// Layers computed again, from none to all of a stage. Each more costs time and saves memory: the
  /// fewest that fit are the fastest, and once one is too slow, so are all after it.
  private mutating func walkRecompute(_ start: Layout, _ times: LayerTimes, _ choices: Choices) {
    let overlaps = start.zero == 3 ? 1 : choices.overlaps
    let varied = Self.bits(recomputedLayers: true, virtual: false, overlap: overlaps > 1)
    if seconds(start, times) * LayerTimer.boundRounding >= fastest.limit(start, varied: varied) {
      return
    }
    var layout = start
    for recompute in choices.leastRecomputes {
      layout.recompute = recompute
      if fits(layout) { _ = take(layout, times, overlaps: overlaps) }
    }
    layout.recompute = .full
    for recomputed in fewest(layout, choices.stage)..<(choices.stage + 1) {
      layout.recomputedShare = Double(recomputed) / Double(choices.stage)
      let taken = take(layout, times, overlaps: overlaps)
      if taken * LayerTimer.boundRounding >= fastest.limit(layout, varied: varied) { return }
    }
  }

  /// The fewest layers of a stage that must be computed again for the rest to fit; one more than there
  /// are when even all of them don't help.
  private mutating func fewest(_ start: Layout, _ stage: Int) -> Int {
    var layout = start
    func needed(_ recomputed: Int) -> Double {
      layout.recomputedShare = Double(recomputed) / Double(stage)
      return timer.memory(layout).total
    }
    let most = needed(stage)
    remember(layout, most)
    guard most <= usableBytes else { return stage + 1 }
    let first = needed(1)
    guard first > usableBytes else { return 1 }
    // The bytes lie on a line; roundings may shift the place by one.
    let share = (first - usableBytes) / (first - most)
    var place = min(stage, max(2, 1 + Int(share * Double(stage - 1))))
    while place > 2, needed(place - 1) <= usableBytes { place -= 1 }
    while place < stage, needed(place) > usableBytes { place += 1 }
    return place
  }

  private mutating func fits(_ layout: Layout) -> Bool {
    let total = timer.memory(layout).total
    remember(layout, total)
    return total <= usableBytes
  }

  private mutating func remember(_ layout: Layout, _ bytes: Double) {
    guard bytes < leastMemory else { return }
    leastMemory = bytes
    leastMemoryLayout = layout
  }

  private func seconds(_ layout: Layout, _ times: LayerTimes) -> Double {
    timer.stepSeconds(layout, layer: times.under(layout.recompute))
  }

  /// Times a layout that fits, with and without overlapped gradients; returns the shorter time.
  private mutating func take(_ start: Layout, _ times: LayerTimes, overlaps: Int) -> Double {
    let least = seconds(start, times)
    timed += 1
    fastest.take(start, least)
    guard overlaps > 1 else { return least }
    var layout = start
    layout.overlapsGradients = false
    if least * LayerTimer.boundRounding >= fastest.limit(layout, varied: 0) { return least }
    timed += 1
    fastest.take(layout, seconds(layout, times))
    return least
  }
}
