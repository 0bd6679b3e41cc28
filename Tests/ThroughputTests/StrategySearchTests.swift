import Catalog
import Mutations
import Testing
import Workload

@testable import Throughput

@Suite("Exhaustive strategy search") struct StrategySearchTests {
  static let jobs = [
    JobCase(model: "gpt3-1.3b", accelerator: "a100-80g", chips: 8, sequence: 2048, batch: 8),
    JobCase(model: "llama-2-7b", accelerator: "a100-40g", chips: 16, sequence: 4096, batch: 12),
    JobCase(model: "gemma-7b", accelerator: "tpu-v5e", chips: 16, sequence: 1024, batch: 16),
    JobCase(model: "mixtral-8x7b", accelerator: "h100-sxm", chips: 32, sequence: 4096, batch: 32),
  ]

  static func search(_ job: JobCase) throws -> StrategySearch {
    try StrategySearch(
      architecture: Fixture.model(job.model), sequenceLength: job.sequence,
      globalBatchSequences: job.batch, precision: job.precision,
      accelerator: Fixture.accelerator(job.accelerator), chips: job.chips)
  }

  /// What plain loops over all strategies find.
  struct Plain {
    /// Of the strategies that fit, ascending.
    var seconds: [Double] = []
    var count = 0
    /// The best time of each value of each axis.
    var axes = [[Int: Double]](repeating: [:], count: SearchSpace.Axis.allCases.count)

    /// The best time on an axis with another value than one.
    func other(than value: Int, _ axis: SearchSpace.Axis) -> Double? {
      axes[axis.rawValue].filter { $0.key != value }.map(\.value).min()
    }
  }

  /// All strategies by plain loops over wide ranges, each tested and timed on its own.
  static func bruteForce(_ search: StrategySearch) -> Plain {
    let (timer, space) = (search.timer, search.space)
    let units = Int(timer.machine.units)
    let values = AxisRivals(keeping: 1, layers: timer.problem.layers)
    var plain = Plain()
    for tensor in 1...units where space.tensorDegrees.contains(tensor) {
      for context in space.contextDegrees(tensor: tensor) {
        for pipeline in space.pipelineDegrees(tensor: tensor, context: context) {
          let data = units / (tensor * context * pipeline)
          for expert in space.expertDegrees(stageUnits: tensor * context * data) {
            for microBatch in space.microBatches(data: data) {
              var layout = Layout()
              layout.tensor = Double(tensor)
              layout.context = Double(context)
              layout.pipeline = Double(pipeline)
              layout.data = Double(data)
              layout.expert = Double(expert)
              layout.microBatch = Double(microBatch)
              for variant in variants(layout, search) {
                plain.count += 1
                guard timer.memory(variant).total <= search.usableBytes else { continue }
                let seconds = timer.step(variant, isSearched: true).total
                plain.seconds.append(seconds)
                for axis in SearchSpace.Axis.allCases {
                  let value = values.value(of: variant, axis)
                  let known = plain.axes[axis.rawValue][value] ?? .infinity
                  plain.axes[axis.rawValue][value] = min(known, seconds)
                }
              }
            }
          }
        }
      }
    }
    plain.seconds.sort()
    return plain
  }

  static func variants(_ start: Layout, _ search: StrategySearch) -> [Layout] {
    let (timer, space) = (search.timer, search.space)
    let pipeline = Int(start.pipeline)
    let stage = space.stageLayers(pipeline: pipeline)
    var found: [Layout] = []
    for zero in space.zeroStages(pipeline: pipeline) {
      for virtual in space.virtualStages(
        pipeline: pipeline, microBatches: timer.microBatches(start))
      {
        let ways = space.leastRecomputes.map { ($0, 1.0) }
        let partly = (1...stage).map { (Recompute.full, Double($0) / Double(stage)) }
        for (recompute, share) in ways + partly {
          for isSequenceParallel in start.tensor > 1 ? [true, false] : [true] {
            let canOverlap = zero < 3 && start.data * start.context > 1
            for overlaps in canOverlap ? [true, false] : [true] {
              var layout = start
              layout.zero = Double(zero)
              layout.virtual = Double(virtual)
              layout.isSequenceParallel = isSequenceParallel
              layout.overlapsGradients = overlaps
              layout.recompute = recompute
              layout.recomputedShare = share
              found.append(layout)
            }
          }
        }
      }
    }
    return found
  }

  @Test(arguments: jobs)
  func `the search finds what plain loops find`(_ job: JobCase) throws {
    let search = try Self.search(job)
    let result = try search.run(keeping: 3).get()
    let plain = Self.bruteForce(search)
    #expect(result.enumerated == plain.count)
    #expect(result.timed <= plain.seconds.count)
    #expect(result.best.map(\.stepSeconds) == Array(plain.seconds.prefix(3)))
  }

  /// Small jobs of all kinds, drawn with a fixed seed.
  static let drawn: [JobCase] = {
    var random = SplitMix(state: 7)
    let models = [
      "gpt3-1.3b", "llama-2-7b", "gemma-7b", "mixtral-8x7b", "granite-4.0-h-tiny", "qwen3-30b-a3b",
    ]
    let chips = [
      "a100-40g", "a100-80g", "h100-sxm", "b200", "gb200", "mi300x", "tpu-v5e", "tpu-v5p", "trn1",
      "trn2",
    ]
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int(random.next() % UInt64(values.count))]
    }
    return (0..<40).map { _ in
      JobCase(
        model: pick(models), accelerator: pick(chips), chips: pick([1, 2, 4, 6, 8, 12, 16]),
        sequence: pick([512, 1024, 2048]), batch: pick([4, 6, 8, 16, 24]),
        precision: pick([.bf16, .bf16, .fp8]))
    }
  }()

  @Test(arguments: drawn)
  func `bounds rule out nothing that is among the best, overall and on each axis`(
    _ job: JobCase
  ) throws {
    let search = try Self.search(job)
    let plain = Self.bruteForce(search)
    guard case .success(let result) = search.run(keeping: 4) else {
      #expect(plain.seconds.isEmpty)
      return
    }
    #expect(result.enumerated == plain.count)
    #expect(result.best.map(\.stepSeconds) == Array(plain.seconds.prefix(4)))
    for (axis, choice) in zip(SearchSpace.Axis.allCases, result.choices) {
      #expect(choice.runnerUpSeconds == plain.other(than: choice.chosen, axis))
    }
  }

  /// The planner's grid by plain loops.
  static func gridByLoops(_ timer: LayerTimer) -> (seconds: Double, layout: Layout?) {
    let (problem, machine) = (timer.problem, timer.machine)
    let usable = machine.memoryBytes * MemoryUse.usableShare
    let powers = (0...12).map { Double(1 << $0) }
    let (isTPU, isGPU) = (machine.kind == .tpu, machine.kind == .gpu)
    let mostContext = min(64, max(1, problem.sequence / 4096))
    var best = (seconds: Double.infinity, layout: Layout?.none)
    for tensor in powers where tensor <= min(isGPU ? 8 : 32, problem.heads) {
      for context in powers where context <= mostContext {
        for pipeline in powers where pipeline <= (isTPU ? 1 : min(64, problem.layers)) {
          let data = machine.units / (tensor * context * pipeline)
          guard data >= 1, data == data.rounded(), data <= problem.batchSequences else { continue }
          let experts =
            problem.experts > 0 && !isTPU ? min(problem.experts, data * context * tensor, 64) : 1
          for expert in powers where expert <= experts {
            for microBatch in powers where microBatch <= min(32, problem.batchSequences / data) {
              for recompute in Recompute.allCases where isGPU || recompute != .none {
                for zero in isTPU ? [3.0] : pipeline == 1 ? [1, 3] : [1] {
                  for virtual in [1.0, 2, 3, 4, 6, 8, 12] {
                    var layout = Layout()
                    layout.tensor = tensor
                    layout.context = context
                    layout.pipeline = pipeline
                    layout.data = data
                    layout.expert = expert
                    layout.microBatch = microBatch
                    layout.recompute = recompute
                    layout.zero = zero
                    layout.virtual = virtual
                    let isFilled = pipeline > 1 && timer.microBatches(layout) >= pipeline
                    let most = isFilled ? (problem.layers / pipeline).rounded(.up) : 1
                    guard virtual <= most, timer.memory(layout).total <= usable else { continue }
                    let seconds = timer.step(layout, isSearched: true).total
                    if seconds < best.seconds { best = (seconds, layout) }
                  }
                }
              }
            }
          }
        }
      }
    }
    return best
  }

  @Test(arguments: drawn + feasibleJobs)
  func `the planner's grid finds what plain loops find`(_ job: JobCase) throws {
    let timer = try Self.search(job).timer
    let found = PlanningGrid(timer: timer).search()
    let plain = Self.gridByLoops(timer)
    #expect(found.bestSeconds == plain.seconds)
    #expect(found.best == plain.layout)
  }

  @Test func `a layout that was best before helps only where it can be used`() throws {
    // More chunks than some of these models have layers on a stage, and TPU programs have no stages.
    var hint = Layout()
    hint.pipeline = 8
    hint.virtual = 12
    for job in feasibleJobs {
      let grid = PlanningGrid(timer: try Self.search(job).timer)
      var table = LayerTimeTable()
      let found = grid.search(&table, hint: hint)
      #expect(found.best == grid.search().best)
    }
  }

  @Test func `what other searches found changes no result`() throws {
    let memory = SearchMemory()
    for job in Self.drawn + feasibleJobs + Self.drawn {
      let grid = PlanningGrid(timer: try Self.search(job).timer)
      let alone = grid.search()
      let found = memory.search(grid)
      #expect(found.best == alone.best)
      if alone.best != nil { #expect(found.bestSeconds == alone.bestSeconds) }
    }
  }

  @Test(arguments: jobs)
  func `the search is never slower than the planner's grid`(_ job: JobCase) throws {
    let result = try Self.search(job).run().get()
    let planned = try job.best().get()
    let best = try #require(result.best.first)
    #expect(best.stepSeconds <= planned.stepSeconds * (1 + 1e-12))
  }

  @Test(arguments: jobs)
  func `the estimate is of the fastest strategy exactly as found`(_ job: JobCase) throws {
    let result = try Self.search(job).run().get()
    let best = try #require(result.best.first)
    #expect(result.estimate.stepSeconds == best.stepSeconds)
    #expect(result.estimate.strategy == best.strategy)
    #expect(abs(result.estimate.memoryNeededGiB / best.memoryGiB - 1) < 1e-12)
    #expect(result.estimate.strategiesEvaluated == result.timed)
  }

  @Test func `every other choice on an axis is slower, or does not fit`() throws {
    let result = try Self.search(Self.jobs[1]).run().get()
    let best = try #require(result.best.first)
    #expect(result.choices.count == SearchSpace.Axis.allCases.count)
    for choice in result.choices {
      #expect((choice.runnerUpSeconds ?? .infinity) >= best.stepSeconds)
      #expect((choice.runnerUp == nil) == ["memory", "only_choice"].contains(choice.reason))
      #expect((choice.axis == "expert") == (choice.reason == "only_choice"))
    }
  }

  @Test func `degrees wider than any published run's are marked`() throws {
    var layout = Layout()
    layout.tensor = 8
    layout.pipeline = 64
    #expect(PublishedRun.axesBeyond(layout, kind: .gpu).isEmpty)
    layout.context = 4096
    #expect(PublishedRun.axesBeyond(layout, kind: .gpu) == ["context"])
    #expect(PublishedRun.axesBeyond(layout, kind: .tpu) == ["pipeline", "context"])
  }

  @Test func `a job that fits nowhere says how many chips it takes`() throws {
    let job = JobCase(
      model: "llama-3.1-70b", accelerator: "a100-40g", chips: 8, sequence: 4096, batch: 512)
    guard case .failure(let reason) = try Self.search(job).run() else {
      Issue.record("70 billion parameters don't train on 8 chips of 40 GiB")
      return
    }
    #expect(reason.code == "memory")
    #expect(reason.nearestChange?.hasSuffix("chips") == true)
  }

  @Test func `divisors are all and ascending`() {
    #expect(SearchSpace.divisors(of: 36) == [1, 2, 3, 4, 6, 9, 12, 18, 36])
    #expect(SearchSpace.divisors(of: 1) == [1])
    #expect(SearchSpace.divisors(of: 0).isEmpty)
  }
}
