import Quantities
import Workload

/// What is to be trained, once size, tokens and batch are settled.
struct TrainingJob: Sendable {
  var architecture: TransformerArchitecture
  var tokens: Double
  var sequenceLength: Int
  /// Sequences per optimizer step.
  var batchSequences: Int

  var batchTokens: Double { Double(batchSequences) * Double(sequenceLength) }

  /// What the rest of the bill depends on.
  var size: WorkSize { WorkSize(parameters: architecture.totalParameters, tokens: tokens) }

  /// Model FLOPs of the whole run; causal attention counted once, nothing recomputed.
  var flops: Double {
    tokens * architecture.flopsPerToken(sequenceLength: sequenceLength, convention: .causal)
  }

  /// Sequences per step for a run of so many tokens: the largest power of two of tokens that does
  /// not exceed the critical batch size (Zhang et al. 2024, arXiv 2410.21676), or the scenario's own.
  static func batchSequences(tokens: Double, scenario: Scenario) -> Int {
    let length = Double(scenario.sequenceLength)
    if let wanted = scenario.globalBatchTokens { return max(1, Int((wanted / length).rounded())) }
    let critical = CriticalBatchSize.tokens(trainingTokens: tokens)
    var batch = 1
    while Double(batch * 2) * length <= critical { batch *= 2 }
    return batch
  }
}

extension Sizer {
  /// The job, when the scenario says what to train; nil when the budget decides.
  var givenJob: TrainingJob? {
    guard let architecture = scenario.givenArchitecture else { return nil }
    let tokens =
      scenario.tokens
      ?? Self.rounded(law.tokens(for: architecture.totalParameters))
    return TrainingJob(
      architecture: architecture, tokens: tokens, sequenceLength: scenario.sequenceLength,
      batchSequences: TrainingJob.batchSequences(tokens: tokens, scenario: scenario))
  }
}

extension Scenario {
  /// The architecture, when the scenario says what to train; nil when the budget decides.
  var givenArchitecture: TransformerArchitecture? {
    switch model {
    case .fromBudget:
      tokens.map { tokens in
        TransformerArchitecture.defaultShape(
          parameters: AdditiveScalingLaw.besiroglu.parameters(forTokens: tokens))
      }
    case .architecture(let given): given
    case .mixture(let active, let total):
      TransformerArchitecture.mixture(activeParameters: active, share: active / total)
    case .parameters(let count): TransformerArchitecture.defaultShape(parameters: count)
    }
  }
}

extension AdditiveScalingLaw {
  /// The size for which so many tokens are the best use of the compute, by bisection: the inverse of
  /// the law's tokens for a size.
  fileprivate func parameters(forTokens tokens: Double) -> Double {
    var low = 1e6
    var high = 1e14
    for _ in 0..<100 {
      let middle = (low * high).squareRoot()
      if self.tokens(for: middle) < tokens { low = middle } else { high = middle }
    }
    return (low * high).squareRoot()
  }
}
