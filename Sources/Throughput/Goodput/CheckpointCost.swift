/// What saving the state of a training job takes.
public struct CheckpointCost: Hashable, Sendable {
  /// Of one checkpoint.
  public var bytes: Double
  /// The job stands still for it.
  public var stallSeconds: Double
  /// Until it is safe; checkpoints can't follow one another faster.
  public var writeSeconds: Double

  /// Weights in 16 bit and, in 32 bit, a master copy and the two moments of Adam: 2 + 12 bytes a
  /// parameter (ZeRO, arXiv 1910.02054). Published checkpoints have 12 to 18.
  public static let usualBytesPerParameter = 14.0

  /// Bytes of a checkpoint.
  public static func bytes(
    parameters: Double, bytesPerParameter: Double = usualBytesPerParameter
  ) -> Double { parameters * bytesPerParameter }

  /// A checkpoint for which the job waits until it is written.
  ///
  /// - Parameter storageBytesPerSecond: that the whole job reaches.
  public static func blocking(bytes: Double, storageBytesPerSecond: Double) -> CheckpointCost {
    let seconds = bytes / storageBytesPerSecond
    return CheckpointCost(bytes: bytes, stallSeconds: seconds, writeSeconds: seconds)
  }

  /// A checkpoint that is copied to the hosts' memory while the job waits, and written from there
  /// while it goes on.
  ///
  /// - Parameters:
  ///   - hostBytesPerSecondPerChip: from a chip to its host; about 1.5e10 over PCIe on TPU ("How to
  ///     Scale Your Model", github.com/jax-ml/scaling-book).
  ///   - storageBytesPerSecond: that the whole job reaches.
  public static func asynchronous(
    bytes: Double, chips: Int, hostBytesPerSecondPerChip: Double, storageBytesPerSecond: Double
  ) -> CheckpointCost {
    CheckpointCost(
      bytes: bytes, stallSeconds: bytes / (Double(max(1, chips)) * hostBytesPerSecondPerChip),
      writeSeconds: bytes / storageBytesPerSecond)
  }
}
