import Catalog

/// Chips of one kind and the networks between them, in the units of the step-time model.
///
/// Every rate comes from the catalogue by the rules written here, so that no second table of
/// hardware exists. A *unit* is what layouts count: a chip, but a NeuronCore on Trainium1.
public struct Machine: Hashable, Sendable {
  public var kind: AcceleratorKind
  /// The accelerator's name in the catalogue.
  public var id: String
  public var generation: String
  /// Dense 16-bit peak of one unit, FLOP/s.
  public var peak16: Double
  /// Dense 8-bit peak of one unit, FLOP/s; the 16-bit one where there is none.
  public var peak8: Double
  /// Dense 4-bit peak of one unit, FLOP/s; the 8-bit one where there is none.
  public var peak4: Double
  /// Memory of one unit, bytes.
  public var memoryBytes: Double
  public var memoryBytesPerSecond: Double
  /// Units in one scale-up domain.
  public var domainUnits: Double
  /// One unit's rate into its scale-up domain, one direction, all links, bytes/s.
  public var scaleUpBytesPerSecond: Double
  /// One unit's rate beyond the domain, one direction, bytes/s.
  public var scaleOutBytesPerSecond: Double
  /// Axes of a TPU's torus; 1 for other kinds.
  public var torusAxes: Double
  public var chips: Int
  /// NeuronCores per chip on Trainium1, else 1.
  public var unitsPerChip: Double
  /// Slices joined by the data-centre network; 1 for GPU and Trainium.
  public var slices: Double
  /// Rate of a 16-bit matrix product measured on the chip over its peak, where one is published.
  public var measuredMatmulShare: Double?
  /// Whether a processor with the accelerator on one package launches its work (Grace).
  public var hasNearHost: Bool { ["gh200", "gb200", "gb300", "vr200"].contains(id) }
  /// Whether AMD made it.
  var isAMD: Bool { generation.hasPrefix("cdna") }

  /// Units in all.
  public var units: Double { Double(chips) * unitsPerChip }

  /// Share of an ICI link's nominal rate that arrives: the scaling book measures 90 % on v4, v5e,
  /// v5p and v6e (4.5e10 of 5e10 bytes/s per link and direction).
  static let usableICIShare = 0.9

  /// Takes an accelerator's figures from the catalogue.
  ///
  /// - Parameters:
  ///   - chips: chips of the job, at least 1.
  ///   - chipsPerSlice: chips of one TPU slice; nil for the largest slice sold.
  /// - Throws: `Infeasibility` with code `unknown_rate` when the catalogue doesn't know the peak,
  ///   the memory or its rate, and with code `chips` for fewer than 1 chip.
  public init(
    accelerator: Accelerator, chips: Int, chipsPerSlice: Int? = nil
  ) throws(Infeasibility) {
    guard chips >= 1 else {
      throw Infeasibility(
        code: "chips", message: "A job needs at least one chip.", limit: Double(chips), needed: 1,
        unit: "chips", nearestChange: "1 chip")
    }
    let teraflops = try Self.known(accelerator.bf16Teraflops, "16-bit peak", accelerator)
    let memoryGiB = try Self.known(accelerator.memoryGiB, "memory", accelerator)
    let memoryGB = try Self.known(accelerator.memoryGBPerSecond, "memory rate", accelerator)
    let unitsPerChip = Double(ParallelismStrategy.unitsPerChip(of: accelerator))
    kind = accelerator.kind
    id = accelerator.id
    generation = accelerator.generation
    peak16 = teraflops * 1e12 / unitsPerChip
    peak8 = max(teraflops, accelerator.fp8Teraflops ?? teraflops) * 1e12 / unitsPerChip
    peak4 = max(peak8, (accelerator.fp4Teraflops ?? 0) * 1e12 / unitsPerChip)
    memoryBytes = memoryGiB * 1_073_741_824 / unitsPerChip
    memoryBytesPerSecond = memoryGB * 1e9 / unitsPerChip
    domainUnits = Double(accelerator.scaleUpDomainChips ?? 1) * unitsPerChip
    torusAxes = Self.axes(of: accelerator)
    scaleUpBytesPerSecond = Self.scaleUp(of: accelerator) / unitsPerChip
    scaleOutBytesPerSecond = Self.scaleOut(of: accelerator) / unitsPerChip
    self.chips = chips
    self.unitsPerChip = unitsPerChip
    let slice = chipsPerSlice ?? accelerator.scaleUpDomainChips ?? chips
    let isTPU = accelerator.kind == .tpu
    slices = isTPU ? (Double(chips) / Double(max(1, slice))).rounded(.up) : 1
    measuredMatmulShare = accelerator.measuredBF16Teraflops.map { $0 / teraflops }
  }

  private static func known(
    _ value: Double?, _ name: String, _ accelerator: Accelerator
  ) throws(Infeasibility) -> Double {
    if let value, value > 0 { return value }
    throw Infeasibility(
      code: "unknown_rate",
      message: "The \(name) of \(accelerator.name) is not published.", limit: 0, needed: 0,
      unit: "", nearestChange: "give it in accelerators.csv")
  }

  private static func axes(of accelerator: Accelerator) -> Double {
    guard accelerator.kind == .tpu else { return 1 }
    return accelerator.scaleUpTopology == .torus3d ? 3 : 2
  }

  /// Where the catalogue has none: 280e9 bytes/s for TPU v3 (four links of 70e9 each way), else a
  /// fifteenth of the memory rate, the smallest ratio among GPUs with a scale-up network.
  private static func scaleUp(of accelerator: Accelerator) -> Double {
    let share = accelerator.kind == .tpu ? usableICIShare : 1
    if let rate = accelerator.scaleUpGBPerSecond { return rate * 1e9 * share }
    if accelerator.generation == "tpu-v3" { return 280e9 }
    return (accelerator.memoryGBPerSecond ?? 0) * 1e9 / 15
  }

  /// Where the catalogue has none: 25 Gbit/s per chip for TPU v3, 50 for every other chip (a
  /// 200 Gbit/s host of four).
  private static func scaleOut(of accelerator: Accelerator) -> Double {
    let fallback: Double = accelerator.generation == "tpu-v3" ? 25 : 50
    return (accelerator.scaleOutGbitPerSecond ?? fallback) * 1e9 / 8
  }
}
