/// Equal layers in a row.
public struct LayerRun: Hashable, Sendable {
  public var layer: ModelLayer
  public var count: Int

  public init(_ layer: ModelLayer, count: Int) {
    self.layer = layer
    self.count = count
  }
}

/// The layers of a model from input to output. Equal neighbours are kept once with their number, and
/// copies share one list: copying, comparing and hashing cost next to nothing.
public struct LayerStack: Hashable, Sendable {
  private let storage: Storage

  /// - Parameter runs: layers in order; neighbours that are equal are merged, empty runs dropped.
  public init(_ runs: [LayerRun]) { storage = Storage(runs) }

  /// Layers listed one by one.
  public init(layers: [ModelLayer]) { storage = Storage(layers.map { LayerRun($0, count: 1) }) }

  /// Layers in order, equal neighbours together.
  public var runs: [LayerRun] { storage.runs }
  /// The different layers, each with how many there are of it, in order of first appearance.
  public var kinds: [LayerRun] { storage.kinds }
  /// How many layers there are.
  public var count: Int { storage.count }
  public var last: ModelLayer? { storage.runs.last?.layer }

  /// Sum over all layers of a count of one layer.
  public func sum(_ amount: (ModelLayer) -> Int) -> Int {
    kinds.reduce(0) { $0 + Saturating.product($1.count, amount($1.layer)) }
  }

  /// Sum over all layers of an amount of one layer.
  public func total(_ amount: (ModelLayer) -> Double) -> Double {
    kinds.reduce(0) { $0 + Double($1.count) * amount($1.layer) }
  }

  /// How many layers meet a condition.
  public func count(where condition: (ModelLayer) -> Bool) -> Int {
    kinds.reduce(0) { $0 + (condition($1.layer) ? $1.count : 0) }
  }

  /// The stretch of so many neighbouring layers for which an amount is greatest, as runs.
  public func heaviest(_ length: Int, by amount: (ModelLayer) -> Double) -> [LayerRun] {
    guard length < count else { return runs }
    // The greatest stretch begins where a run begins or ends where one ends.
    var edges: [Int] = [0]
    for run in runs { edges.append((edges.last ?? 0) + run.count) }
    var best: [LayerRun] = []
    var most = -Double.infinity
    for start in edges + edges.map({ $0 - length }) where start >= 0 && start + length <= count {
      let stretch = slice(from: start, length: length)
      let sum = stretch.reduce(0) { $0 + Double($1.count) * amount($1.layer) }
      if sum > most { (best, most) = (stretch, sum) }
    }
    return best
  }

  private func slice(from start: Int, length: Int) -> [LayerRun] {
    var skipped = start
    var left = length
    var slice: [LayerRun] = []
    for run in runs where left > 0 {
      let taken = min(max(0, run.count - skipped), left)
      skipped = max(0, skipped - run.count)
      left -= taken
      if taken > 0 { slice.append(LayerRun(run.layer, count: taken)) }
    }
    return slice
  }

  public static func == (left: LayerStack, right: LayerStack) -> Bool {
    left.storage === right.storage
      || left.storage.hash == right.storage.hash && left.runs == right.runs
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }

  /// What all copies share.
  private final class Storage: Sendable {
    let runs: [LayerRun]
    let kinds: [LayerRun]
    let count: Int
    let hash: Int

    init(_ given: [LayerRun]) {
      var runs: [LayerRun] = []
      var kinds: [LayerRun] = []
      var places: [ModelLayer: Int] = [:]
      for run in given where run.count > 0 {
        if let last = runs.indices.last, runs[last].layer == run.layer {
          runs[last].count += run.count
        } else {
          runs.append(run)
        }
        if let place = places[run.layer] {
          kinds[place].count += run.count
        } else {
          places[run.layer] = kinds.count
          kinds.append(run)
        }
      }
      self.runs = runs
      self.kinds = kinds
      count = kinds.reduce(0) { $0 + $1.count }
      hash = runs.hashValue
    }
  }
}
