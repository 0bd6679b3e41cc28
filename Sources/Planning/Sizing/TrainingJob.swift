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

extension TrainingJob {
  /// The job with a batch that a number of chips can share out: the most whole multiples of the chips, or
  /// of their odd part, within the batch; 2,560 chips don't share 4,096 sequences evenly, and who trains
  /// on them takes 2,560. A batch that the scenario gives stays.
  func shared(by chips: Int, _ scenario: Scenario) -> TrainingJob {
    var job = self
    job.batchSequences = Self.shared(batchSequences, by: chips, scenario)
    return job
  }

  /// The same of a number of sequences.
  static func shared(_ sequences: Int, by chips: Int, _ scenario: Scenario) -> Int {
    guard scenario.globalBatchTokens == nil, chips > 0, sequences > 0 else { return sequences }
    if sequences >= chips { return sequences / chips * chips }
    var odd = chips
    while odd % 2 == 0 { odd /= 2 }
    guard odd <= sequences else { return sequences }
    var batch = odd
    while batch * 2 <= sequences { batch *= 2 }
    return batch
  }
}

extension Sizer {
  /// The job, when the scenario says what to train on how many tokens; nil when the budget decides.
  var givenJob: TrainingJob? {
    guard let architecture = scenario.givenArchitecture, let tokens = scenario.tokens else {
      return nil
    }
    return TrainingJob(
      architecture: architecture, tokens: tokens, sequenceLength: scenario.sequenceLength,
      batchSequences: TrainingJob.batchSequences(tokens: tokens, scenario: scenario))
  }
}

extension Scenario {
  /// The tokens that compute is best spent on for a model that is given without any, by the law; nil where
  /// the budget chooses the model.
  public var lawTokens: Double? {
    givenArchitecture.map { Sizer.rounded(ShapeLoss($0, law: lossLaw).bestTokens()) }
  }

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
