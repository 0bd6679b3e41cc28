/// Bytes of model states per parameter, as published; `MemoryUse` is what a plan counts with.
public enum ModelStates {
  /// Mixed-precision Adam with 2 bytes of weights, 2 of gradients and 12 of optimizer, sharded by
  /// ZeRO stage over a number of replicas: 16, 4 + 12/D, 2 + 14/D, 16/D (Rajbhandari et al., arXiv
  /// 1910.02054, figure 1).
  public static func zeroBytesPerParameter(stage: Int, shards: Double) -> Double {
    let weights: Double = stage >= 3 ? 2 / shards : 2
    let gradients: Double = stage >= 2 ? 2 / shards : 2
    let optimizer: Double = stage >= 1 ? 12 / shards : 12
    return weights + gradients + optimizer
  }

  /// Megatron-LM with gradients summed in 32 bit: 18, and 6 + 12/D with its distributed optimizer
  /// (theoretical_memory_usage.py of NVIDIA/Megatron-LM, 2026-08-22).
  public static func megatronBytesPerParameter(
    distributedOptimizer: Bool, shards: Double
  ) -> Double {
    distributedOptimizer ? 6 + 12 / shards : 18
  }
}

/// How a layer's activations are kept for the backward pass.
public enum ActivationKeeping: String, CaseIterable, Hashable, Sendable {
  /// Everything, split over tensor parallelism where it splits the products.
  case tensor
  /// Everything, the rest split along the sequence too.
  case tensorAndSequence
  /// As `tensor`, the core of attention computed again.
  case tensorSelective
  /// As `tensorAndSequence`, the core of attention computed again.
  case tensorAndSequenceSelective
  /// The layer's input only.
  case full

  /// Bytes of one layer and one micro-batch on one chip, 16 bit, for a block with as many key as
  /// query heads, a feed-forward width of 4h, dropout masks and unfused attention (Korthikanti et
  /// al., arXiv 2205.05198, table 2).
  ///
  /// - Parameters:
  ///   - tokens: of the micro-batch: sequences times length.
  ///   - tensor: tensor-parallel degree.
  public func layerBytes(
    tokens: Double, sequence: Double, hidden: Double, heads: Double, tensor: Double
  ) -> Double {
    let scores: Double = 5 * heads * sequence / hidden
    let perWidth: Double =
      switch self {
      case .tensor: 10 + 24 / tensor + scores / tensor
      case .tensorAndSequence: (34 + scores) / tensor
      case .tensorSelective: 10 + 24 / tensor
      case .tensorAndSequenceSelective: 34 / tensor
      case .full: 2
      }
    return tokens * hidden * perWidth
  }
}

/// How many micro-batches' activations a pipeline keeps at once (Narayanan et al., arXiv
/// 2104.04473; Korthikanti et al., arXiv 2205.05198).
public enum PipelineInFlight {
  /// Micro-batches that a stage, counted from 0, holds under one-forward-one-backward: min(m, p − i).
  public static func microBatches(stage: Int, pipeline: Int, microBatches: Int) -> Int {
    min(microBatches, pipeline - stage)
  }

  /// What interleaving multiplies the first stage's activations by: 1 + (p − 1)/(p·v), and 1
  /// without.
  public static func interleavingFactor(pipeline: Int, virtualPipeline: Int) -> Double {
    guard virtualPipeline > 1 else { return 1 }
    return 1 + Double(pipeline - 1) / Double(pipeline * virtualPipeline)
  }
}
