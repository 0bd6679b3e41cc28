/// The three makes of accelerator, which decide the software that can run on them.
public enum AcceleratorKind: String, CaseIterable, Sendable {
  case trainium, tpu, gpu
}

/// How chips are joined inside one scale-up domain.
public enum ScaleUpTopology: String, CaseIterable, Sendable {
  /// Every chip reaches every other at full rate through switches.
  case `switch`
  /// Every chip has a link of its own to every other; the rate to one peer is a share of the whole.
  case mesh
  case torus2d, torus3d
  /// A single chip, or chips joined only by the scale-out network.
  case none
}

/// Whether something can be had today.
public enum Availability: String, CaseIterable, Sendable {
  case available, announced, retired
}

/// One accelerator chip as it is billed, with its memory and its networks.
///
/// Rates are dense peaks per chip; GB is 10⁹ bytes, GiB is 2³⁰ bytes.
public struct Accelerator: Hashable, Identifiable, Sendable {
  public var id: String
  public var kind: AcceleratorKind
  public var vendor: String
  public var name: String
  /// The family whose calibration it shares: `hopper`, `tpu-v5p`, `trainium2`.
  public var generation: String
  public var releaseDate: String
  public var bf16Teraflops: Double?
  public var fp8Teraflops: Double?
  public var fp4Teraflops: Double?
  /// Best published matrix multiplication rate at 16 bit, where somebody measured one.
  public var measuredBF16Teraflops: Double?
  public var measuredFP8Teraflops: Double?
  public var memoryGiB: Double?
  public var memoryGBPerSecond: Double?
  public var scaleUpTopology: ScaleUpTopology
  /// Chips in the largest scale-up domain sold: NVLink domain, Trainium instance, TPU pod.
  public var scaleUpDomainChips: Int?
  /// Per chip and per direction, all links together.
  public var scaleUpGBPerSecond: Double?
  /// Links per chip: 4 on a 2D torus, 6 on a 3D torus.
  public var scaleUpLinks: Int?
  /// Per chip: network card, data-centre network or Elastic Fabric Adapter.
  public var scaleOutGbitPerSecond: Double?
  public var chipsPerHost: Int?
  public var coresPerChip: Int?
  public var powerWatts: Double?
  public var availability: Availability
  /// Why it can't be had, when it can't.
  public var availabilityReason: String
  /// When it is expected to be had, as its maker or the press tells: ISO, perhaps of reduced
  /// precision; empty when nothing is known or it is there.
  public var expectedDate: String
  public var provenance: Provenance
}
