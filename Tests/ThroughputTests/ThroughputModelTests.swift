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
    print(
      job, estimate.strategy, estimate.stepSeconds, estimate.modelFlopsUtilization,
      estimate.hardwareFlopsUtilization, estimate.goodput, estimate.strategiesEvaluated,
      estimate.memoryNeededGiB)
  }
}
