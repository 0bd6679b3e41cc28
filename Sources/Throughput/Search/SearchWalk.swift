/// The walk through a search space: nested loops over flat values, nothing allocated per strategy.
struct SearchWalk {
  let timer: LayerTimer
  let space: SearchSpace
  let usableBytes: Double
  let keeping: Int

  private(set) var enumerated = 0
  private(set) var timed = 0
  private(set) var best: [(seconds: Double, layout: Layout)] = []
  private(set) var leastMemoryLayout: Layout?
  private var leastMemory = Double.infinity
  private var worstKept = Double.infinity
  /// For each axis and value (up to 255), the fastest strategy.
  private var axisSeconds: [Double]
  private var axisLayouts: [Layout]

  private static let mostValues = 256

  init(timer: LayerTimer, space: SearchSpace, usableBytes: Double, keeping: Int) {
    self.timer = timer
    self.space = space
    self.usableBytes = usableBytes
    self.keeping = max(1, keeping)
    let size = SearchSpace.Axis.allCases.count * Self.mostValues
    axisSeconds = [Double](repeating: .infinity, count: size)
    axisLayouts = [Layout](repeating: Layout(), count: size)
  }

  mutating func run() {
    let units = Int(timer.machine.units)
    for tensor in space.tensorDegrees {
      for context in space.contextDegrees(tensor: tensor) {
        for pipeline in space.pipelineDegrees(tensor: tensor, context: context) {
          var layout = Layout()
          layout.tensor = Double(tensor)
          layout.context = Double(context)
          layout.pipeline = Double(pipeline)
          let data = units / (tensor * context * pipeline)
          layout.data = Double(data)
          for expert in space.expertDegrees(stageUnits: tensor * context * data) {
            layout.expert = Double(expert)
            for microBatch in space.microBatches(data: data) {
              layout.microBatch = Double(microBatch)
              walkSharding(layout)
            }
          }
        }
      }
    }
  }

  /// Sequence parallelism, ZeRO stage and virtual stages.
  private mutating func walkSharding(_ start: Layout) {
    var layout = start
    let count = timer.microBatches(start)
    let virtual = space.virtualStages(pipeline: Int(start.pipeline), microBatches: count)
    let stage = space.stageLayers(pipeline: Int(start.pipeline))
    let overlaps = start.data * start.context > 1 ? 2 : 1
    for isSequenceParallel in start.tensor > 1 ? [true, false] : [true] {
      layout.isSequenceParallel = isSequenceParallel
      layout.recompute = .full
      layout.zero = 0
      var layer = timer.time(timer.shape(layout))
      let full = layer.recompute
      layout.recompute = space.leastRecompute
      let least = timer.time(timer.shape(layout)).recompute
      for zero in [0.0, 1, 2, 3] {
        layout.zero = zero
        if zero == 3 && layout.tensor == 1 && layout.pipeline == 1 {
          walkFullySharded(layout, stage: stage)
          continue
        }
        layer.recompute = least
        for virtual in virtual {
          layout.virtual = Double(virtual)
          walkRecompute(
            layout, layer, full: full, stage: stage, overlaps: zero == 3 ? 1 : overlaps)
        }
        layout.virtual = 1
      }
    }
  }

  /// ZeRO-3 without tensor or pipeline parallelism, whose vector operations cost more.
  private mutating func walkFullySharded(_ start: Layout, stage: Int) {
    var layout = start
    layout.recompute = .full
    let full = timer.time(timer.shape(layout)).recompute
    layout.recompute = space.leastRecompute
    let layer = timer.time(timer.shape(layout))
    walkRecompute(layout, layer, full: full, stage: stage, overlaps: 1)
  }

  /// Layers computed again, from none to all of a stage, and the overlap of gradients. Skips all at
  /// once when the states alone overfill the memory.
  private mutating func walkRecompute(
    _ start: Layout, _ least: LayerTime, full: Double, stage: Int, overlaps: Int
  ) {
    enumerated += (stage + 1) * overlaps
    var layout = start
    var layer = least
    for recomputed in 0...stage {
      if recomputed > 0 {
        layout.recompute = .full
        layout.recomputedShare = Double(recomputed) / Double(stage)
        layer.recompute = full
      }
      let memory = timer.memory(layout)
      let total = memory.total
      if total < leastMemory {
        leastMemory = total
        leastMemoryLayout = layout
      }
      if total > usableBytes {
        if memory.weights + memory.gradients + memory.optimizer > usableBytes { return }
        continue
      }
      for overlap in 0..<overlaps {
        layout.overlapsGradients = overlap == 0
        take(layout, layer)
      }
    }
  }

  private mutating func take(_ layout: Layout, _ layer: LayerTime) {
    timed += 1
    let seconds = timer.step(layout, layer: layer, isSearched: true).total
    note(layout, seconds)
    guard seconds < worstKept else { return }
    let place = best.firstIndex { $0.seconds > seconds } ?? best.count
    best.insert((seconds, layout), at: place)
    if best.count > keeping { best.removeLast() }
    if best.count == keeping { worstKept = best[keeping - 1].seconds }
  }

  /// Remembers the fastest strategy of each value of each axis.
  private mutating func note(_ layout: Layout, _ seconds: Double) {
    for axis in SearchSpace.Axis.allCases {
      let value = min(value(of: layout, axis), Self.mostValues - 1)
      let index = axis.rawValue * Self.mostValues + value
      if seconds < axisSeconds[index] {
        axisSeconds[index] = seconds
        axisLayouts[index] = layout
      }
    }
  }

  /// A layout's value on an axis; switches are 0 or 1.
  @inline(__always)
  func value(of layout: Layout, _ axis: SearchSpace.Axis) -> Int {
    switch axis {
    case .tensor: return Int(layout.tensor)
    case .context: return Int(layout.context)
    case .pipeline: return Int(layout.pipeline)
    case .expert: return Int(layout.expert)
    case .microBatch: return Int(layout.microBatch)
    case .sequenceParallel: return layout.isSequenceParallel ? 1 : 0
    case .zeroStage: return Int(layout.zero)
    case .virtualPipeline: return Int(layout.virtual)
    case .recomputedLayers:
      guard layout.recompute == .full else { return 0 }
      let stage = (timer.problem.layers / layout.pipeline).rounded(.up)
      return Int((layout.recomputedShare * stage).rounded())
    case .gradientOverlap: return layout.overlapsGradients ? 1 : 0
    }
  }

  /// The fastest strategy with another value on an axis, nil when none fits.
  func bestOther(than chosen: Int, _ axis: SearchSpace.Axis) -> Layout? {
    var found: Int?
    for value in 0..<Self.mostValues where value != min(chosen, Self.mostValues - 1) {
      let index = axis.rawValue * Self.mostValues + value
      let isFaster = axisSeconds[index] < (found.map { axisSeconds[$0] } ?? .infinity)
      if isFaster { found = index }
    }
    return found.map { axisLayouts[$0] }
  }
}
