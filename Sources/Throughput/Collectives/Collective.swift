/// An operation in which every chip of a group takes part.
///
/// The bytes given to an operation are those of the whole logical tensor for the first three, and
/// those of one chip's own buffer for the last.
public enum Collective: String, CaseIterable, Hashable, Sendable {
  /// Every chip ends with the whole tensor, of which each held an equal share.
  case allGather
  /// Every chip holds an addend of the whole tensor and ends with its share of the sum.
  case reduceScatter
  /// Every chip holds an addend of the whole tensor and ends with the whole sum: a reduce-scatter
  /// and an all-gather.
  case allReduce
  /// Every chip sends each chip an equal share of its own buffer.
  case allToAll
}
