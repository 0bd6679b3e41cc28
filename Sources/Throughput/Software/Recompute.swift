/// What of the forward pass is computed again in the backward pass instead of being kept in memory.
public enum Recompute: String, CaseIterable, Hashable, Sendable {
  /// Nothing.
  case none
  /// The cheap parts: norms and activation functions on GPUs (core attention before fused kernels), what
  /// the compiler chooses on TPU and Trainium.
  case selective
  /// Each layer from its input.
  case full
}
