/// The fastest strategies of a search: the best few, and on each axis the fastest one with another value
/// than the best has there. Says below which time a strategy could still be one of them.
struct AxisRivals {
  typealias Axis = SearchSpace.Axis

  private let keeping: Int
  private let stageLayers: Double
  private(set) var best: [(seconds: Double, layout: Layout)] = []
  private var worstKept = Double.infinity
  private var bestSeconds = Double.infinity
  /// By axis: the best strategy's value, and the fastest strategy with another.
  private var values: ContiguousArray<Int>
  private var rivalSeconds: ContiguousArray<Double>
  private var rivals: ContiguousArray<Layout>

  /// - Parameters:
  ///   - keeping: how many of the fastest to keep.
  ///   - layers: of the model.
  init(keeping: Int, layers: Double) {
    self.keeping = max(1, keeping)
    stageLayers = layers
    let count = Axis.allCases.count
    values = ContiguousArray(repeating: -1, count: count)
    rivalSeconds = ContiguousArray(repeating: .infinity, count: count)
    rivals = ContiguousArray(repeating: Layout(), count: count)
  }

  /// The fastest strategy with another value on an axis than the best has, nil when none fits.
  func rival(_ axis: Axis) -> Layout? {
    rivalSeconds[axis.rawValue] < .infinity ? rivals[axis.rawValue] : nil
  }

  /// The seconds from which on no strategy of a group is wanted. It only falls while a search goes on,
  /// so that one taken earlier is safe.
  ///
  /// - Parameters:
  ///   - layout: the values that all strategies of the group share.
  ///   - varied: one bit for each axis on which they differ.
  func limit(_ layout: Layout, varied: Int) -> Double {
    var limit = worstKept
    for axis in Axis.allCases {
      let index = axis.rawValue
      let isSame = varied & (1 << index) == 0 && value(of: layout, axis) == values[index]
      limit = max(limit, isSame ? bestSeconds : rivalSeconds[index])
    }
    return limit
  }

  /// Takes a strategy where it is among the fastest; of two alike the first stays.
  mutating func take(_ layout: Layout, _ seconds: Double) {
    note(layout, seconds)
    guard seconds < worstKept else { return }
    let place = best.firstIndex { $0.seconds > seconds } ?? best.count
    best.insert((seconds, layout), at: place)
    if best.count > keeping { best.removeLast() }
    if best.count == keeping { worstKept = best[keeping - 1].seconds }
  }

  private mutating func note(_ layout: Layout, _ seconds: Double) {
    let isBest = seconds < bestSeconds
    for axis in Axis.allCases {
      let index = axis.rawValue
      let value = value(of: layout, axis)
      guard value != values[index] else { continue }
      if isBest {
        // The best so far becomes the fastest with another value than the new one.
        if let last = best.first {
          rivalSeconds[index] = last.seconds
          rivals[index] = last.layout
        }
        values[index] = value
      } else if seconds < rivalSeconds[index] {
        rivalSeconds[index] = seconds
        rivals[index] = layout
      }
    }
    if isBest { bestSeconds = seconds }
  }

  /// A layout's value on an axis; switches are 0 or 1.
  @inline(__always)
  func value(of layout: Layout, _ axis: Axis) -> Int {
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
      let stage = (stageLayers / layout.pipeline).rounded(.up)
      return Int((layout.recomputedShare * stage).rounded())
    case .gradientOverlap: return layout.overlapsGradients ? 1 : 0
    }
  }
}
