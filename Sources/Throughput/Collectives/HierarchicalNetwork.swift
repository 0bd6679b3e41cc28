/// The network inside one scale-up domain.
public enum ScaleUpNetwork: Hashable, Sendable {
  /// A number of chips behind switches or in a full mesh.
  case switched(SwitchedFabric, chips: Int)
  case torus(TorusSlice)

  /// Chips of the domain.
  public var chips: Int {
    switch self {
    case .switched(_, let chips): chips
    case .torus(let slice): slice.chips
    }
  }

  /// Seconds of an operation among all chips of the domain.
  public func seconds(_ collective: Collective, bytes: Double) -> Double {
    switch self {
    case .switched(let fabric, let chips):
      fabric.seconds(collective, bytes: bytes, members: chips)
    case .torus(let slice): slice.seconds(collective, bytes: bytes)
    }
  }
}

/// Equal scale-up domains joined by the scale-out network: NVLink domains and network cards, TPU
/// slices and the data-centre network, Trainium instances and Elastic Fabric Adapter.
public struct HierarchicalNetwork: Hashable, Sendable {
  public var domain: ScaleUpNetwork
  public var domains: Int
  /// Rates of one chip beyond its domain.
  public var scaleOut: SwitchedFabric

  public init(domain: ScaleUpNetwork, domains: Int, scaleOut: SwitchedFabric) {
    self.domain = domain
    self.domains = domains
    self.scaleOut = scaleOut
  }

  /// Chips of all domains.
  public var chips: Int { domain.chips * domains }

  /// Seconds of an operation among all chips, in the hierarchical form that uses every chip's share
  /// of the scale-out network.
  ///
  /// With g chips a domain and M domains, an all-reduce of V bytes is a reduce-scatter of V inside,
  /// an all-reduce of V/g across and an all-gather of V inside: 2V(g − 1)/g/B₁ +
  /// 2(V/g)(M − 1)/M/B₂ without latencies. The two parts are taken one after the other.
  public func seconds(_ collective: Collective, bytes: Double) -> Double {
    guard domains > 1 else { return domain.seconds(collective, bytes: bytes) }
    let inside = Double(domain.chips)
    switch collective {
    case .allGather, .reduceScatter:
      let across = scaleOut.seconds(collective, bytes: bytes / inside, members: domains)
      return domain.seconds(collective, bytes: bytes) + across
    case .allReduce:
      let scatter = domain.seconds(.reduceScatter, bytes: bytes)
      let across = scaleOut.seconds(.allReduce, bytes: bytes / inside, members: domains)
      return scatter + across + domain.seconds(.allGather, bytes: bytes)
    case .allToAll:
      let near: Double = bytes / Double(domains)
      let across = scaleOut.seconds(.allToAll, bytes: bytes, members: domains)
      return domain.seconds(.allToAll, bytes: near) + across
    }
  }

  /// The network as a group of ranks sees it, when ranks fill domains in order and the group's
  /// members stand `stride` ranks apart: the stride of tensor parallelism is 1, that of whatever is
  /// laid out next is the tensor-parallel degree, and so on.
  ///
  /// - Returns: nil for a torus, where a group is given by axes (`TorusSlice.seconds`), and where
  ///   the group doesn't fill domains evenly.
  public func group(members: Int, stride: Int) -> HierarchicalNetwork? {
    guard case .switched(let fabric, let chips) = domain, members >= 1, stride >= 1 else {
      return nil
    }
    let inside = max(1, min(members, chips / stride))
    guard members % inside == 0 else { return nil }
    return HierarchicalNetwork(
      domain: .switched(fabric, chips: inside), domains: members / inside, scaleOut: scaleOut)
  }
}
