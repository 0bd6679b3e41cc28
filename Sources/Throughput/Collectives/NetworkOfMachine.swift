import Catalog

extension HierarchicalNetwork {
  /// The networks of a job's chips, from the catalogue, at nominal rates but for TPU links, which
  /// count at the share measured on them.
  ///
  /// Trainium1 and 2 are taken as plain instances of 16 chips; the third dimension that joins the
  /// instances of an UltraServer is left out.
  ///
  /// - Parameters:
  ///   - scaleUpLatencySeconds: of one message inside a switched domain; a torus has
  ///     `TorusSlice.usualHopSeconds` per hop.
  ///   - scaleOutLatencySeconds: of one message between domains.
  /// - Throws: `Infeasibility` as `Machine` does, and with code `layout` when chips of this kind
  ///   don't come in that number.
  public init(
    accelerator: Accelerator, chips: Int, scaleUpLatencySeconds: Double,
    scaleOutLatencySeconds: Double
  ) throws(Infeasibility) {
    let machine = try Machine(accelerator: accelerator, chips: chips)
    let scaleUp = machine.scaleUpBytesPerSecond * machine.unitsPerChip
    scaleOut = SwitchedFabric(
      bytesPerSecond: machine.scaleOutBytesPerSecond * machine.unitsPerChip,
      latencySeconds: scaleOutLatencySeconds)
    let topology = accelerator.scaleUpTopology
    switch topology {
    case .torus2d, .torus3d:
      guard let found = SliceShape.slices(generation: accelerator.generation, chips: chips)
      else { throw Self.noShape(accelerator, chips: chips) }
      let links = accelerator.scaleUpLinks ?? 2 * found.axes.count
      domain = .torus(
        TorusSlice(axes: found.axes, linkBytesPerSecond: scaleUp / Double(links)))
      domains = found.count
    case .switch, .mesh, .none:
      let whole = topology == .none ? 1 : accelerator.scaleUpDomainChips ?? 1
      let inside = min(whole, chips)
      guard chips % inside == 0 else { throw Self.noShape(accelerator, chips: chips) }
      let fabric = SwitchedFabric(
        bytesPerSecond: scaleUp, latencySeconds: scaleUpLatencySeconds,
        meshChips: topology == .mesh ? whole : nil)
      domain = .switched(fabric, chips: inside)
      domains = chips / inside
    }
  }

  private static func noShape(_ accelerator: Accelerator, chips: Int) -> Infeasibility {
    Infeasibility(
      code: "layout",
      message: "\(chips) chips of \(accelerator.name) are no whole number of the slices or domains "
        + "known of it.",
      limit: Double(accelerator.scaleUpDomainChips ?? 1), needed: Double(chips), unit: "chips")
  }
}
