/// The part of a run whose tokens are trained in another way than the rest.
public struct TrainingPhase: Hashable, Sendable {
  /// In words, such as “long context”.
  public var name: String
  /// Share of all tokens, above 0 and below 1.
  public var share: Double
  /// Tokens of a sequence; nil for that of the run.
  public var sequenceLength: Int?
  /// Time of an operation over that in the rest of the run: above 1 where a phase runs less
  /// efficiently, as on other layouts or smaller batches.
  public var slowdown: Double

  public init(name: String, share: Double, sequenceLength: Int? = nil, slowdown: Double = 1) {
    self.name = name
    self.share = share
    self.sequenceLength = sequenceLength
    self.slowdown = slowdown
  }
}

/// How the tokens of a run divide among its phases. Pure accounting: phases take their tokens from
/// the run's total and change what they cost, never what they are worth to the loss.
public struct Curriculum: Hashable, Sendable {
  /// After the main phase, in order; none by default.
  public var phases: [TrainingPhase]

  public init(phases: [TrainingPhase] = []) { self.phases = phases }

  /// What the field does when it does: a twentieth of the tokens on long sequences, and a twentieth of
  /// annealing on the best data. Llama 3 gave 0.8T of 15.6T tokens to sequences of up to 131,072
  /// (recalled (unverified)); DeepSeek-V3 4.5% of its hours (arXiv 2412.19437, table 1). The shares and
  /// the length are judgement, grade D.
  public static let usual = Curriculum(phases: [
    TrainingPhase(name: "long context", share: 0.05, sequenceLength: 32_768),
    TrainingPhase(name: "annealing", share: 0.05),
  ])

  /// Share of the tokens that no phase takes; below 0 where phases take more than all.
  public var mainShare: Double { 1 - phases.reduce(0) { $0 + $1.share } }

  /// Whether the shares can be: each above 0, no slowdown below 0, something left for the main phase.
  public var isPossible: Bool {
    mainShare > 0
      && phases.allSatisfy { $0.share > 0 && $0.slowdown > 0 && $0.sequenceLength ?? 1 > 0 }
  }

  /// One phase with what it takes.
  public struct Part: Hashable, Sendable {
    public var name: String
    public var tokens: Double
    public var sequenceLength: Int
    /// Operations of the phase, forward and backward.
    public var operations: Double
    /// Cost of a token over one of the main phase, in operations times slowdown.
    public var relativeCost: Double
  }

  /// The main phase and the others with their tokens and operations.
  ///
  /// - Parameters:
  ///   - tokens: of the whole run.
  ///   - sequenceLength: of the main phase.
  public func parts(
    tokens: Double, sequenceLength: Int, shape: TransformerArchitecture,
    convention: AttentionFlopsConvention = .causal
  ) -> [Part] {
    let main = TrainingPhase(name: "main", share: mainShare)
    func operationsPerToken(_ length: Int) -> Double {
      shape.flopsPerToken(sequenceLength: length, convention: convention)
    }
    let usual = operationsPerToken(sequenceLength)
    return ([main] + phases).map { phase in
      let length = phase.sequenceLength ?? sequenceLength
      let each = operationsPerToken(length)
      return Part(
        name: phase.name, tokens: tokens * phase.share, sequenceLength: length,
        operations: tokens * phase.share * each, relativeCost: phase.slowdown * each / usual)
    }
  }

  /// What the run takes over one whose tokens are all of the main phase: 1 without phases.
  public func relativeCost(
    sequenceLength: Int, shape: TransformerArchitecture,
    convention: AttentionFlopsConvention = .causal
  ) -> Double {
    parts(tokens: 1, sequenceLength: sequenceLength, shape: shape, convention: convention)
      .reduce(0) { $0 + $1.tokens * $1.relativeCost }
  }
}
