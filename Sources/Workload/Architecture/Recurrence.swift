/// A mixer whose cost does not grow with the sequence: linear attention or a state-space model. It
/// keeps a state of fixed size instead of keys and values.
public struct Recurrence: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Selective state space, a state per channel (arXiv 2312.00752).
    case mamba1
    /// State-space duality, a state per head (arXiv 2405.21060).
    case mamba2
    /// Gated delta rule (arXiv 2412.06464).
    case gatedDelta
    /// Gated delta rule with a gate per channel, Kimi Linear (arXiv 2510.26692).
    case kimiDelta
    /// Linear attention with a fixed decay per head (arXiv 2401.04658, MiniMax-01).
    case lightning
    /// A gated convolution over the last few tokens, no further state (LFM2).
    case shortConvolution
  }

  public var kind: Kind
  /// Heads that carry values, each with a state of its own; channels for `mamba1`.
  public var heads: Int
  /// Heads that carry keys and queries, or groups that share the input and output maps of a state.
  public var keyHeads: Int
  /// Rows of a head's state: width of its key, or the state size.
  public var stateSize: Int
  /// Columns of a head's state: width of its value; 1 for `mamba1`.
  public var headDimension: Int
  /// Tokens that the short convolution before the recurrence spans; 0 without one.
  public var convolutionWidth: Int
  /// Channels that pass through that convolution.
  public var convolvedChannels: Int
  /// Tokens that kernels work on together; states are kept once a chunk.
  public var chunk: Int
  /// Weights of all its projections (inputs, gates, steps, output).
  public var projectionWeights: Int

  public init(
    kind: Kind, heads: Int, keyHeads: Int, stateSize: Int, headDimension: Int,
    convolutionWidth: Int, convolvedChannels: Int, chunk: Int, projectionWeights: Int
  ) {
    self.kind = kind
    self.heads = heads
    self.keyHeads = keyHeads
    self.stateSize = stateSize
    self.headDimension = headDimension
    self.convolutionWidth = convolutionWidth
    self.convolvedChannels = convolvedChannels
    self.chunk = chunk
    self.projectionWeights = projectionWeights
  }

  /// Elements of the state of one sequence.
  public var stateElements: Int { Saturating.product(heads, stateSize, headDimension) }

  /// Width of all values together.
  public var valueWidth: Int { Saturating.product(heads, headDimension) }

  /// Weights of the short convolution, its biases not counted.
  public var convolutionWeights: Int { Saturating.product(convolutionWidth, convolvedChannels) }

  /// Operations of the recurrence and its convolution per token, forward and backward.
  ///
  /// Forward, per element of the state: 7 for a state space, 8 for the delta rule (four products),
  /// as Megatron-LM counts them (`training.py`, `mamba_layer_flops` and its gated delta form;
  /// recalled (unverified)); 4 for linear attention, which writes and reads once. Independent of
  /// the sequence: what kernels compute besides within a chunk is their own affair.
  public var flopsPerToken: Double {
    let perElement: Double =
      switch kind {
      case .mamba1, .mamba2: 7
      case .gatedDelta, .kimiDelta: 8
      case .lightning: 4
      case .shortConvolution: 0
      }
    return 3 * (perElement * Double(stateElements) + 2 * Double(convolutionWeights))
  }
}
