import Catalog
import Testing
import Workload

@testable import Throughput

/// What tests of this floor share: built-in accelerators and models.
enum Fixture {
  static let catalog: Catalog? = try? Catalog()

  static func accelerator(_ id: String) throws -> Accelerator {
    try #require(catalog?.accelerator(id))
  }

  static func model(_ id: String) throws -> TransformerArchitecture {
    try ModelPresets.find(id).architecture
  }
}

/// One job on one machine.
struct JobCase: Sendable, CustomStringConvertible {
  var model: String
  var accelerator: String
  var chips: Int
  var sequence: Int
  var batch: Int
  var precision = Precision.bf16

  var description: String { "\(model) on \(chips) \(accelerator)" }

  func best(chips other: Int? = nil, memoryScale: Double = 1) throws
    -> Result<ThroughputEstimate, Infeasibility>
  {
    var accelerator = try Fixture.accelerator(accelerator)
    accelerator.memoryGiB = accelerator.memoryGiB.map { $0 * memoryScale }
    return ThroughputModel.builtIn.best(
      architecture: try Fixture.model(model), sequenceLength: sequence, globalBatchSequences: batch,
      precision: precision, accelerator: accelerator, chips: other ?? chips, chipsPerSlice: nil)
  }
}

let feasibleJobs = [
  JobCase(model: "llama-2-7b", accelerator: "a100-80g", chips: 64, sequence: 4096, batch: 1024),
  JobCase(
    model: "llama-3.1-70b", accelerator: "h100-sxm", chips: 1024, sequence: 8192, batch: 1024),
  JobCase(
    model: "llama-3.1-405b", accelerator: "h100-sxm", chips: 8192, sequence: 8192, batch: 2048),
  JobCase(
    model: "deepseek-v3", accelerator: "h800-sxm", chips: 2048, sequence: 4096, batch: 15360,
    precision: .fp8),
  JobCase(model: "llama-3.1-70b", accelerator: "tpu-v5p", chips: 1024, sequence: 8192, batch: 1024),
  JobCase(
    model: "llama-3.1-405b", accelerator: "tpu-v6e", chips: 2048, sequence: 8192, batch: 2048),
  JobCase(model: "llama-3.1-70b", accelerator: "trn2", chips: 1024, sequence: 8192, batch: 1024),
  JobCase(model: "llama-2-7b", accelerator: "trn1", chips: 64, sequence: 4096, batch: 1024),
  JobCase(
    model: "mixtral-8x7b", accelerator: "gb200", chips: 288, sequence: 8192, batch: 2304,
    precision: .fp8),
  JobCase(model: "llama-3.1-70b", accelerator: "mi355x", chips: 256, sequence: 8192, batch: 1024),
]

@Suite struct `Throughput of jobs` {
  @Test(arguments: feasibleJobs)
  func `the parts of a step and of memory sum to the whole`(_ job: JobCase) throws {
    let estimate = try job.best().get()
    let sum = estimate.breakdown.reduce(0) { $0 + $1.value }
    #expect(abs(sum - estimate.stepSeconds) < 1e-9 * estimate.stepSeconds)
    let memoryGiB = try #require(try Fixture.accelerator(job.accelerator).memoryGiB)
    #expect(estimate.memoryNeededGiB <= 0.94 * memoryGiB)
  }

  @Test(arguments: feasibleJobs)
  func `utilisation counts recomputation in hardware only and stays below the peak`(
    _ job: JobCase
  ) throws {
    let estimate = try job.best().get()
    let model = estimate.modelFlopsUtilization
    #expect(model.p10 < model.p50 && model.p50 < model.p90)
    #expect(model.p50 <= estimate.hardwareFlopsUtilization)
    #expect(model.p50 > 0.03 && estimate.hardwareFlopsUtilization < 1)
    let goodput = estimate.goodput
    #expect(goodput.p10 < goodput.p50 && goodput.p50 < goodput.p90 && goodput.p90 < 1)
  }

  @Test(arguments: feasibleJobs)
  func `the strategy uses every chip and takes no more sequences than a step has`(
    _ job: JobCase
  ) throws {
    let strategy = try job.best().get().strategy
    let model = strategy.tensor * strategy.pipeline * strategy.context
    let perChip = job.accelerator == "trn1" ? 2 : 1
    #expect(model * strategy.data == job.chips * perChip)
    #expect(Double(strategy.data) * strategy.microBatch <= Double(job.batch))
  }

  @Test(arguments: feasibleJobs)
  func `more memory never makes a job infeasible nor slower`(_ job: JobCase) throws {
    let now = try job.best().get()
    let more = try job.best(memoryScale: 2).get()
    #expect(more.stepSeconds <= now.stepSeconds)
  }

  @Test func `a job too big for its chips says what is too big and how many chips it fits on`()
    throws
  {
    let job = JobCase(
      model: "llama-3.1-405b", accelerator: "tpu-v5e", chips: 64, sequence: 8192, batch: 2048)
    guard case .failure(let reason) = try job.best() else {
      Issue.record("405 billion parameters don't fit on 64 chips of 16 GiB")
      return
    }
    #expect(reason.code == "memory")
    #expect(reason.needed > reason.limit)
    let change = try #require(reason.nearestChange)
    let chips = try #require(Int(change.split(separator: " ")[0]))
    #expect(throws: Never.self) { try job.best(chips: chips).get() }
    #expect(throws: Infeasibility.self) { try job.best(chips: chips / 2).get() }
  }

  @Test func `an accelerator of unknown peak is refused with the figure that is missing`() throws {
    let job = JobCase(
      model: "llama-2-7b", accelerator: "trn4", chips: 64, sequence: 4096, batch: 1024)
    guard case .failure(let reason) = try job.best() else {
      Issue.record("nothing is known of the chip's rates")
      return
    }
    #expect(reason.code == "unknown_rate")
    #expect(reason.message.contains("16-bit peak"))
  }

  @Test func `a strategy the planner found takes the same memory when it is given`() throws {
    let job = feasibleJobs[1]
    let found = try job.best().get()
    let given = try ThroughputModel.builtIn.estimate(
      strategy: found.strategy, architecture: try Fixture.model(job.model),
      sequenceLength: job.sequence, globalBatchSequences: job.batch,
      accelerator: try Fixture.accelerator(job.accelerator), chipsPerSlice: nil
    ).get()
    #expect(given.chips == job.chips)
    #expect(given.memoryGiB == found.memoryGiB)
    #expect(given.stepSeconds <= found.stepSeconds)
  }

  @Test(arguments: [
    ("tensor", ParallelismStrategy(tensor: 128, data: 1)),
    ("pipeline", ParallelismStrategy(pipeline: 128, data: 1)),
    ("expert", ParallelismStrategy(expert: 8, data: 8)),
    ("batch", ParallelismStrategy(data: 4096)),
    ("degree", ParallelismStrategy(tensor: 0, data: 8)),
    ("heads", ParallelismStrategy(tensor: 3, data: 16)),
    ("sequence", ParallelismStrategy(tensor: 8, context: 3, data: 8)),
    ("chunks", ParallelismStrategy(tensor: 8, pipeline: 4, virtualPipeline: 32, data: 8)),
    ("half a sequence", ParallelismStrategy(tensor: 8, data: 8, microBatch: 0.5)),
  ])
  func `a strategy that can't be run is refused`(
    _ name: String, _ strategy: ParallelismStrategy
  ) throws {
    let result = ThroughputModel.builtIn.estimate(
      strategy: strategy, architecture: try Fixture.model("llama-3.1-70b"), sequenceLength: 8192,
      globalBatchSequences: 1024, accelerator: try Fixture.accelerator("h100-sxm"),
      chipsPerSlice: nil)
    guard case .failure(let reason) = result else {
      Issue.record("\(name) should have been refused")
      return
    }
    #expect(["layout", "batch"].contains(reason.code))
  }
}

@Suite struct `Machines from the catalogue` {
  @Test func `TPU links deliver nine tenths of their nominal rate`() throws {
    // The scaling book's table of usable rates: v5p 9e10 bytes/s per link and direction, six links.
    let machine = try Machine(accelerator: Fixture.accelerator("tpu-v5p"), chips: 64)
    #expect(abs(machine.scaleUpBytesPerSecond - 540e9) < 1)
    #expect(machine.torusAxes == 3 && machine.slices == 1)
  }

  @Test func `a job wider than a slice spans several`() throws {
    let machine = try Machine(
      accelerator: Fixture.accelerator("tpu-v5e"), chips: 600, chipsPerSlice: 256)
    #expect(machine.slices == 3)
  }

  @Test func `Trainium1 counts its two cores a chip`() throws {
    let machine = try Machine(accelerator: Fixture.accelerator("trn1"), chips: 16)
    #expect(machine.units == 32)
    #expect(machine.peak16 == 95e12)
    #expect(machine.memoryBytes == 16 * 1_073_741_824)
  }
}
