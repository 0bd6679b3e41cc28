import Testing
import Workload

@Suite struct MemoryTests {
  // Korthikanti et al. 2022 (arXiv 2205.05198), table 2, for a layer of GPT-3 at s = 2048, b = 1.
  @Test(
    "activations of a classic layer",
    arguments: [
      (1, false, ActivationRecompute.none, 2_868_903_936.0), (8, false, .none, 578_813_952),
      (8, true, .none, 358_612_992), (8, true, .selective, 106_954_752),
      (8, false, .selective, 327_155_712), (1, false, .full, 50_331_648),
    ])
  func classic(
    tensorParallel: Int, sequenceParallel: Bool, recompute: ActivationRecompute, bytes: Double
  ) {
    let counted = ActivationMemory.classicBlockBytes(
      hiddenSize: 12288, attentionHeads: 96, sequenceLength: 2048, microBatch: 1,
      tensorParallel: tensorParallel, sequenceParallel: sequenceParallel, recompute: recompute)
    #expect(isClose(counted, bytes, within: 1e-12))
  }

  // ZeRO (arXiv 1910.02054), figure 1: 7.5B parameters on 64 replicas.
  @Test(
    "states of 7.5B parameters under each stage of ZeRO",
    arguments: zip(StateSharding.allCases, [120, 31.40625, 16.640625, 1.875]))
  func zero(sharding: StateSharding, gigabytes: Double) {
    let bytes = StateBytes.mixedPrecisionAdam.perParameter(sharding: sharding, group: 64)
    #expect(isClose(bytes * 7.5, gigabytes, within: 1e-12))
  }

  @Test("Megatron's distributed optimiser keeps 6 + 12/D bytes, the scheme without a master 10")
  func schemes() {
    #expect(StateBytes.megatron.perParameter(sharding: .optimizer, group: 8) == 7.5)
    #expect(StateBytes.megatron.perParameter(sharding: .replicated, group: 8) == 18)
    #expect(StateBytes.withoutMasterWeights.perParameter(sharding: .replicated, group: 1) == 10)
  }

  @Test("one stage on one chip holds the whole model, stages and degrees divide it")
  func stages() {
    let model = Shapes.llama405B
    let whole = model.heaviestStage(pipelineStages: 1, tensorParallel: 1, expertParallel: 1)
    #expect(whole.total == model.totalParameters)
    let part = model.heaviestStage(pipelineStages: 16, tensorParallel: 8, expertParallel: 1)
    // The heaviest of 16 stages has 8 of the 126 layers, and the first the embedding.
    let matrices =
      8 * (model.attentionWeightsPerLayer + model.denseFeedForwardWeights)
      + model.embeddingWeights
    #expect(part.total == Double(matrices / 8 + 8 * 2 * 16384 + 16384))
    let mixture = Shapes.deepSeekV3
    let all = mixture.heaviestStage(pipelineStages: 1, tensorParallel: 1, expertParallel: 1)
    #expect(all.total == mixture.totalParameters)
    let divided = mixture.heaviestStage(pipelineStages: 1, tensorParallel: 1, expertParallel: 64)
    #expect(divided.experts == 58.0 * 4 * 44_040_192)
    #expect(divided.shared == all.shared)
  }

  @Test("today's block keeps the derived bytes per token")
  func modernBlock() {
    let model = Shapes.llama405B
    let expected = 8 * 16384 + 4 * 128 * 128 + 4 * 8 * 128 + 4 * 128 + 6 * 53248
    #expect(model.layerStack.kinds[0].layer.activationBytesPerToken() == Double(expected))
    let mixture = Shapes.mixtral
    let base = 8 * 4096 + 4 * 32 * 128 + 4 * 8 * 128 + 4 * 32
    let experts = 6.0 * 14336 * (2 * 1.5) + 4 * 4096 * 2
    #expect(
      mixture.layerStack.kinds[0].layer.activationBytesPerToken(imbalance: 1.5)
        == Double(base) + experts)
  }

  @Test("a pipeline's first stage keeps a micro-batch per stage, more when interleaved")
  func inFlight() {
    #expect(PipelineMemory.microBatchesInFlight(pipelineStages: 8, microBatches: 64) == 8)
    #expect(PipelineMemory.microBatchesInFlight(pipelineStages: 8, microBatches: 3) == 3)
    let interleaved = PipelineMemory.microBatchesInFlight(
      pipelineStages: 8, virtualStages: 3, microBatches: 64)
    #expect(isClose(interleaved, 8 * (1 + 7.0 / 24), within: 1e-12))
  }

  // Llama 3 (arXiv 2407.21783), table 4: 405B on 80 GB chips at t 8, p 16, D 128, s 8192.
  @Test("Llama 3.1 405B fits 80 GB as it was laid out, and not on 64 chips")
  func llama() {
    var question = MemoryQuestion(
      sequenceLength: 8192, microBatches: 16, tensorParallel: 8, pipelineStages: 16,
      dataParallel: 128, sharding: .gradients)
    let memory = Shapes.llama405B.memoryPerChip(question)
    #expect(memory.totalBytes < 80e9)
    #expect(memory.totalBytes > 20e9)
    question.pipelineStages = 8
    question.dataParallel = 1
    #expect(Shapes.llama405B.memoryPerChip(question).totalBytes > 80e9)
  }

  @Test("dividing weights keeps two layers gathered; computing again keeps only layer inputs")
  func variants() {
    let model = Shapes.llama(32, 4096, 14336, 32, 8, 128256)
    var question = MemoryQuestion(
      sequenceLength: 4096, dataParallel: 64, sharding: .weights, recompute: .full)
    let memory = model.memoryPerChip(question)
    // The norm before the head counts with the layer.
    #expect(isClose(memory.gatheredWeightBytes, 2 * 2 * 218_112_000, within: 1e-3))
    #expect(isClose(memory.stateBytes, 16 * model.totalParameters / 64, within: 1e-12))
    #expect(memory.logitBytes == 6 * 4096 * 128256)
    let inputs = 2.0 * 4096 * 4096 * 32
    let layer = 4096 * model.layerStack.kinds[0].layer.activationBytesPerToken()
    #expect(memory.activationBytes == inputs + layer)
    question.recompute = .none
    #expect(model.memoryPerChip(question).activationBytes == 32 * layer)
    question.contextParallel = 2
    #expect(model.memoryPerChip(question).activationBytes == 16 * layer)
  }
}
