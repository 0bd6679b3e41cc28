import Catalog
import Testing
import Workload

@testable import Throughput

/// Worked examples of step time, schedule and memory from the literature, on the model itself.
@Suite struct `Worked examples of steps` {
  // Narayanan et al. (arXiv 2104.04473), section 2.2: (p − 1)/(v·m) of the ideal time. Layouts of
  // Korthikanti et al. (arXiv 2205.05198), table 5, and of Llama 3 (arXiv 2407.21783), table 4.
  @Test(
    "a pipeline's bubble is (p − 1)/(v·m) of its work",
    arguments: [
      (96, 8.0, 64.0, 3.0, 0.0365), (105, 35, 280, 3, 0.0405), (128, 64, 512, 1, 0.123),
      (126, 16, 32, 1, 0.469),
    ])
  func bubble(layers: Int, stages: Double, count: Double, virtual: Double, share: Double) throws {
    let timer = try Self.gptTimer(
      layers: layers, hidden: 12288, chips: Int(8 * stages), sequences: Int(count))
    var layout = Layout()
    layout.tensor = 8
    layout.pipeline = stages
    layout.virtual = virtual
    #expect(timer.microBatches(layout) == count)
    let step = timer.step(layout, isSearched: false)
    let compute: Double = step.products + step.attention + step.vector + step.head + step.host
    let work: Double = compute + step.recompute + step.tensorTransfer
    #expect(abs(step.bubble / work - share) < 0.0005)
  }

  // NVIDIA, "Matrix Multiplication Background" (February 2023), sections 3.1 and 3.2.
  @Test("a result of 108 tiles is one wave of an A100; a column more takes a second")
  func quantisation() {
    let tiles = MatrixTiles(rows: 256, columns: 128, processors: 108)
    #expect(tiles.count(rows: 2304, columns: 1536) == 108)
    #expect(tiles.waveShare(rows: 2304, columns: 1536) == 1)
    #expect(tiles.tileShare(rows: 2304, columns: 1536) == 1)
    #expect(tiles.count(rows: 2304, columns: 1537) == 117)
    #expect(abs(tiles.waveShare(rows: 2304, columns: 1537) - 0.54) < 0.002)
    #expect(abs(tiles.tileShare(rows: 2304, columns: 1537) - 1537.0 / 1664) < 1e-12)
  }

  // Narayanan et al., table 1 (interleaved schedule) and Korthikanti et al., table 5. The model is
  // calibrated on these rows among 480 others; each must come out within 20 %.
  @Test(
    "iteration times of Narayanan et al. and of Korthikanti et al.",
    arguments: PublishedRun.builtIn.filter {
      $0.id.hasPrefix("megatron21-t1-") || $0.id.hasPrefix("korthikanti22-")
    }.map(\.id))
  func iterationTimes(_ id: String) throws {
    let run = try #require(PublishedRun.builtIn.first { $0.id == id })
    let published = try PublishedProblem(run, accelerator: Fixture.accelerator(run.accelerator))
    let measured = try #require(published.measured)
    let predicted = published.predicted(ThroughputModel.builtIn.calibration).p50
    #expect(abs(predicted / measured - 1) < 0.2, "\(predicted) against \(measured)")
  }

  // Korthikanti et al., table 2, GPT-3 at s = 2048, b = 1 on 8-way tensor parallelism: what the
  // planner itself counts for software of their time lies within 5 % of it.
  @Test(
    "activations on a chip are the published ones within 5 %",
    arguments: [
      (false, Recompute.none, 578_813_952.0), (true, .none, 358_612_992),
      (true, .selective, 106_954_752), (false, .selective, 327_155_712), (true, .full, 6_291_456),
    ])
  func activations(sequenceParallel: Bool, recompute: Recompute, bytes: Double) throws {
    let timer = try Self.gptTimer(
      layers: 96, hidden: 12288, chips: 8, sequences: 1, softwareYear: 2022)
    var layout = Layout()
    layout.tensor = 8
    layout.isSequenceParallel = sequenceParallel
    layout.recompute = recompute
    let perLayer = timer.memory(layout).activations / 96
    #expect(abs(perLayer / bytes - 1) < 0.05, "\(perLayer)")
  }

  // ZeRO (arXiv 1910.02054), section 7.2.2: 1.5 times the volume of data parallelism.
  @Test("a step's data transfers under ZeRO-3 move half as much again as a 16-bit all-reduce")
  func fullySharded() throws {
    let timer = try Self.gptTimer(layers: 36, hidden: 4096, chips: 64, sequences: 64)
    var layout = Layout()
    layout.data = 64
    layout.zero = 3
    var step = StepTime()
    timer.addDataParallel(layout, 0, to: &step)
    // Ring costs of section 2 in each level: 8 chips of a host first, then 8 hosts.
    let parameters = timer.problem.parameters
    let near: Double = 7.0 / 8 / timer.scaleUp
    let far: Double = (1.0 - 8.0 / 64) / 8 / timer.scaleOut
    let allReduce: Double = 2 * 2 * parameters * (near + far)
    // And three collectives a layer, each at least as long as it takes to call 64 chips.
    let calls: Double = 3 * 36 * 6 * timer.parameters.collectiveSeconds
    let expected: Double = 1.5 * allReduce * timer.parameters.dataTraffic + calls
    #expect(abs(step.total / expected - 1) < 1e-9)
  }

  // Interleaved stages reduce the gradients of their later layers while earlier ones still compute.
  @Test func `interleaving hides more of the gradients' reduction`() throws {
    let timer = try Self.gptTimer(layers: 48, hidden: 8192, chips: 512, sequences: 512)
    var layout = Layout()
    layout.tensor = 8
    layout.pipeline = 4
    layout.data = 16
    let plain = timer.step(layout, isSearched: false).dataTransfer
    layout.virtual = 6
    let interleaved = timer.step(layout, isSearched: false).dataTransfer
    #expect(interleaved > 0 && interleaved < 0.7 * plain)
    // One micro-batch a replica leaves one to hide behind, however many stages there are.
    let short = try Self.gptTimer(layers: 48, hidden: 8192, chips: 512, sequences: 16)
    let one = short.step(layout, isSearched: false).dataTransfer
    layout.virtual = 1
    #expect(abs(one / short.step(layout, isSearched: false).dataTransfer - 1) < 1e-9)
  }

  private static func gptTimer(
    layers: Int, hidden: Int, chips: Int, sequences: Int,
    softwareYear: Double = StepProblem.currentSoftwareYear
  ) throws -> LayerTimer {
    let shape = TransformerArchitecture(
      name: "GPT", layers: layers, hiddenSize: hidden, attentionHeads: hidden / 128,
      keyValueHeads: hidden / 128, headDimension: 128, feedForwardSize: 4 * hidden,
      gatedFeedForward: false, vocabulary: 51200, tiedEmbeddings: true, learnedPositions: 2048,
      hasBiases: true)
    var problem = StepProblem(
      architecture: shape, sequenceLength: 2048, globalBatchSequences: sequences,
      precision: .bf16)
    problem.year = softwareYear
    let machine = try Machine(accelerator: Fixture.accelerator("a100-80g"), chips: chips)
    return LayerTimer(
      problem: problem, machine: machine, parameters: StepParameters(),
      software: SoftwareTable.builtIn.named("megatron", release: softwareYear), roundsUp: true)
  }
}
