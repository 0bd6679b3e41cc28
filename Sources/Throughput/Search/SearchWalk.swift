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

  /// A layer's times under the ways of recomputing.
  private struct Times {
    var none: LayerTime
    var selective: Double
    var full: Double
  }

  private func times(_ start: Layout) -> Times {
    var layout = start
    layout.recompute = .full
    let full = timer.time(timer.shape(layout)).recompute
    layout.recompute = .selective
    let selective = timer.time(timer.shape(layout)).recompute
    layout.recompute = .none
    return Times(none: timer.time(timer.shape(layout)), selective: selective, full: full)
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
      layout.zero = 0
      let plain = times(layout)
      layout.zero = 3
      let sharded = times(layout)
      for zero in [0.0, 1, 2, 3] {
        layout.zero = zero
        for virtual in virtual {
          layout.virtual = Double(virtual)
          walkRecompute(
            layout, zero == 3 ? sharded : plain, stage: stage,
            overlaps: zero == 3 ? 1 : overlaps)
        }
        layout.virtual = 1
      }
    }
  }

  /// Layers computed again, from none to all of a stage, and the overlap of gradients. Skips all at
  /// once when the states alone overfill the memory.
  private mutating func walkRecompute(
    _ start: Layout, _ times: Times, stage: Int, overlaps: Int
  ) {
    let cheap = space.leastRecomputes
    enumerated += (stage + cheap.count) * overlaps
    var layout = start
    var layer = times.none
    for recompute in cheap {
      layout.recompute = recompute
      layer.recompute = recompute == .none ? 0 : times.selective
      if !walkOverlap(layout, layer, overlaps: overlaps) { return }
    }
    layout.recompute = .full
    for recomputed in 1...stage {
      layout.recomputedShare = Double(recomputed) / Double(stage)
      layer.recompute = times.full
      if !walkOverlap(layout, layer, overlaps: overlaps) { return }
    }
  }

  /// Takes a layout that fits, with and without overlap; false when its states alone overfill memory.
  private mutating func walkOverlap(
    _ start: Layout, _ layer: LayerTime, overlaps: Int
  ) -> Bool {
    let memory = timer.memory(start)
    let total = memory.total
    if total < leastMemory {
      leastMemory = total
      leastMemoryLayout = start
    }
    if total > usableBytes {
      return memory.weights + memory.gradients + memory.optimizer <= usableBytes
    }
    var layout = start
    for overlap in 0..<overlaps {
      layout.overlapsGradients = overlap == 0
      take(layout, layer)
    }
    return true
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
