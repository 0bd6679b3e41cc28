import Catalog
import Testing
import Workload

@testable import Throughput

@Suite struct `Exhaustive strategy search` {
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

  /// All strategies by plain loops over wide ranges, each tested and timed on its own.
  static func bruteForce(_ search: StrategySearch) -> (seconds: [Double], count: Int) {
    let (timer, space) = (search.timer, search.space)
    let units = Int(timer.machine.units)
    var (seconds, count): ([Double], Int) = ([], 0)
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
                count += 1
                guard timer.memory(variant).total <= search.usableBytes else { continue }
                seconds.append(timer.step(variant, isSearched: true).total)
              }
            }
          }
        }
      }
    }
    return (seconds.sorted(), count)
  }

  static func variants(_ start: Layout, _ search: StrategySearch) -> [Layout] {
    let (timer, space) = (search.timer, search.space)
    let pipeline = Int(start.pipeline)
    let stage = space.stageLayers(pipeline: pipeline)
    var found: [Layout] = []
    for zero in 0...3 {
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
    #expect(result.timed == plain.seconds.count)
    #expect(result.best.map(\.stepSeconds) == Array(plain.seconds.prefix(3)))
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
    #expect(result.estimate.strategiesEvaluated == result.enumerated)
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
