import Catalog

/// Every strategy that a machine and a model allow.
///
/// Tensor parallelism divides the heads, the product of tensor, context, pipeline and data
/// parallelism is the number of chips, expert parallelism divides the experts and the chips of one
/// stage, virtual stages divide a stage's layers, the micro-batch divides a replica's share of the
/// batch; the ZeRO stages that the software runs; any number of a stage's layers recomputed; sequence parallelism and
/// overlapped gradient reduction on or off where they make a difference.
struct SearchSpace: Sendable {
  let timer: LayerTimer

  /// The axes of a strategy, in the order of enumeration.
  enum Axis: Int, CaseIterable, Sendable {
    case tensor, context, pipeline, expert, microBatch, sequenceParallel, zeroStage
    case virtualPipeline, recomputedLayers, gradientOverlap
  }

  private var problem: StepProblem { timer.problem }
  private var units: Int { Int(timer.machine.units) }

  /// Divisors in ascending order.
  static func divisors(of number: Int) -> [Int] {
    guard number > 0 else { return [] }
    var small: [Int] = []
    var large: [Int] = []
    var candidate = 1
    while candidate * candidate <= number {
      if number.isMultiple(of: candidate) {
        small.append(candidate)
        if candidate * candidate < number { large.append(number / candidate) }
      }
      candidate += 1
    }
    return small + large.reversed()
  }

  /// Divisors of the chips that divide the query heads.
  var tensorDegrees: [Int] {
    Self.divisors(of: units).filter { Int(problem.heads).isMultiple(of: $0) }
  }

  /// A chip keeps at least 256 tokens of a sequence.
  func contextDegrees(tensor: Int) -> [Int] {
    let sequence = Int(problem.sequence)
    return Self.divisors(of: units / tensor).filter {
      $0 == 1 || (sequence.isMultiple(of: $0) && sequence / $0 >= 256)
    }
  }

  /// Stages, such that replicas don't outnumber the sequences. TPU programs run unpipelined.
  func pipelineDegrees(tensor: Int, context: Int) -> [Int] {
    let rest = units / (tensor * context)
    let most = timer.machine.kind == .tpu ? 1 : Int(problem.layers)
    return Self.divisors(of: rest).filter {
      $0 <= most && Double(rest / $0) <= problem.batchSequences
    }
  }

  func expertDegrees(stageUnits: Int) -> [Int] {
    guard timer.spreadsExperts else { return [1] }
    return Self.divisors(of: Int(problem.experts)).filter { stageUnits.isMultiple(of: $0) }
  }

  /// Divisors of the largest replica's share of the batch.
  func microBatches(data: Int) -> [Int] {
    let share = (problem.batchSequences / Double(data)).rounded(.up)
    return Self.divisors(of: max(1, Int(share)))
  }

  /// Chunks of a stage, once there are micro-batches enough to fill the pipeline, that leave the fullest
  /// chunk at most a tenth above the mean.
  func virtualStages(pipeline: Int, microBatches: Double) -> [Int] {
    let layers = problem.layers
    guard pipeline > 1, microBatches >= Double(pipeline) else { return [1] }
    let most = Int((layers / Double(pipeline)).rounded(.down))
    guard most > 1 else { return [1] }
    return [1]
      + (2...most).filter {
        let chunks = Double(pipeline * $0)
        return (layers / chunks).rounded(.up) * chunks <= 1.1 * layers
      }
  }

  /// Whether the job leaves more than one value on an axis.
  func hasChoice(_ axis: Axis) -> Bool {
    switch axis {
    case .tensor: tensorDegrees.count > 1
    case .pipeline, .virtualPipeline: timer.machine.kind != .tpu && units > 1
    case .context: contextDegrees(tensor: 1).count > 1
    case .expert: problem.experts > 0
    default: true
    }
  }

  /// ZeRO stages that the software runs.
  func zeroStages(pipeline: Int) -> [Int] {
    timer.software.zeroStages(isPipelined: pipeline > 1)
  }

  /// Layers of a stage, the fullest one.
  func stageLayers(pipeline: Int) -> Int {
    Int((problem.layers / Double(pipeline)).rounded(.up))
  }

  /// What is done with activations that are not computed again layer by layer.
  var leastRecomputes: [Recompute] {
    timer.machine.kind == .gpu ? [.none, .selective] : [.selective]
  }
}
