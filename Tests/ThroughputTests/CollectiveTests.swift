import Testing
import Throughput

private let v4Cube = TorusSlice(
  axes: [4, 4, 4].map { TorusAxis(length: $0, isClosed: true) }, linkBytesPerSecond: 45e9)
private let v5eGrid = TorusSlice(
  axes: [4, 4].map { TorusAxis(length: $0, isClosed: false) }, linkBytesPerSecond: 45e9)
private let ring16 = TorusSlice(
  axes: [TorusAxis(length: 16, isClosed: true)], linkBytesPerSecond: 45e9)
private let nvlink = SwitchedFabric(bytesPerSecond: 450e9, latencySeconds: 0)
private let cards = SwitchedFabric(bytesPerSecond: 50e9, latencySeconds: 0)
private let cluster = HierarchicalNetwork(
  domain: .switched(nvlink, chips: 8), domains: 64, scaleOut: cards)
private let v5p = ShardingBounds(peak: 459e12, linkBytesPerSecond: 90e9)

struct CollectiveTests {
  /// A computed figure against a published or derived one.
  struct Figure: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var computed: Double
    var expected: Double
    /// Share of the expected value.
    var tolerance: Double

    init(_ name: String, _ computed: Double, _ expected: Double, _ tolerance: Double = 0.002) {
      testDescription = name
      self.computed = computed
      self.expected = expected
      self.tolerance = tolerance
    }
  }

  /// "How to Scale Your Model" (github.com/jax-ml/scaling-book, 2025-02-18), chapters on TPUs, on
  /// sharded matrices and on training; the hierarchical figures are derived by hand from
  /// 2V(g − 1)/g/B₁ + 2(V/g)(M − 1)/M/B₂.
  static var figures: [Figure] {
    let array = 2.0 * 1024 * 4096
    return [
      Figure(
        "gather of a quarter array over one axis of a v4 cube",
        v4Cube.seconds(.allGather, bytes: array / 4, along: [0]), 23.3e-6),
      Figure(
        "gather of the array over two axes of a v4 cube",
        v4Cube.seconds(.allGather, bytes: array, along: [0, 1]), 46.6e-6),
      Figure(
        "a gather of next to nothing takes its hops",
        v4Cube.seconds(.allGather, bytes: 1), 6e-6),
      Figure(
        "corner to corner of a v5e 4 by 4 grid",
        v5eGrid.pointToPointSeconds(bytes: 1.68e7, steps: [3, 3]), 193e-6, 0.005),
      Figure("all-to-all on a ring of 16", ring16.seconds(.allToAll, bytes: 1e6), 44.4e-6),
      Figure(
        "all-reduce of 1 GB on 64 hosts of 8", cluster.seconds(.allReduce, bytes: 1e9), 8.81e-3),
      Figure(
        "all-reduce of 1 GB on a flat ring of 512",
        cards.seconds(.allReduce, bytes: 1e9, members: 512), 39.9e-3),
      Figure("tokens per chip, one axis of v5p", v5p.fullyShardedTokensPerChip(axes: 1), 2550),
      Figure("tokens per chip, three axes of v5p", v5p.fullyShardedTokensPerChip(axes: 3), 850),
      Figure(
        "intensity of v5e", ShardingBounds(peak: 197e12, linkBytesPerSecond: 45e9).intensity, 2189),
      Figure(
        "intensity of v4", ShardingBounds(peak: 275e12, linkBytesPerSecond: 45e9).intensity, 3056),
      Figure(
        "fully sharded degree of an exercise",
        ShardingBounds.bestFullyShardedDegree(
          tokens: 49152, feedForward: 32768, chips: 64, axesRatio: 2), 13.9, 0.005),
      Figure(
        "fully sharded degree of a 70B model on a v5p pod",
        ShardingBounds.bestFullyShardedDegree(
          tokens: 4.19e6, feedForward: 28672, chips: 8960, axesRatio: 2), 1618),
    ]
  }

  @Test("Published and hand-derived times and bounds come out", arguments: figures)
  func figure(_ figure: Figure) {
    #expect(abs(figure.computed - figure.expected) <= figure.tolerance * figure.expected)
  }

  @Test("At the best mix of sharding both ways, both transfers take equally long")
  func bestMix() {
    // Per chip, with X-fold full sharding: weights 2·2·D·F·X/n/M_X against activations 2·2·T·D/X/M_Y
    // (the source's derivation); at the optimum T/(X·M_Y) = F·X/(n·M_X).
    let (tokens, width, chips) = (49152.0, 32768.0, 64.0)
    let degree = ShardingBounds.bestFullyShardedDegree(
      tokens: tokens, feedForward: width, chips: chips, axesRatio: 2)
    #expect(abs(tokens / degree - width * degree / chips / 2) < 1e-6)
    // Below 4α²/(M_X·M_Y·f) tokens per chip they outlast the arithmetic: v5p, f = 28672.
    let bound = v5p.mixedTokensPerChip(feedForward: 28672, shardedAxes: 2, tensorAxes: 1)
    #expect(abs(bound - 453.6) < 0.1)
    #expect(abs(v5p.tensorDegreeLimit(feedForward: 28672, axes: 1) - 11.24) < 0.01)
  }

  @Test("One chip has nothing to wait for", arguments: Collective.allCases)
  func oneMember(_ collective: Collective) {
    let single = TorusSlice(
      axes: [TorusAxis(length: 1, isClosed: false)], linkBytesPerSecond: 45e9)
    #expect(single.seconds(collective, bytes: 1e9) == 0)
    #expect(nvlink.seconds(collective, bytes: 1e9, members: 1) == 0)
  }

  @Test("On a ring an all-to-all takes a quarter of gathering everybody's buffer")
  func ringExchange() {
    let gather = ring16.seconds(.allGather, bytes: 16e8)
    #expect(abs(ring16.seconds(.allToAll, bytes: 1e8) - gather / 4) < 1e-12)
  }

  @Test("An open axis takes nearly twice as long as a closed one")
  func openAxis() {
    let open = TorusSlice(
      axes: [TorusAxis(length: 16, isClosed: false)], linkBytesPerSecond: 45e9)
    let ratio = open.seconds(.allGather, bytes: 1e9) / ring16.seconds(.allGather, bytes: 1e9)
    #expect(abs(ratio - 2 * 15.0 / 16) < 1e-12)
    #expect(open.seconds(.allToAll, bytes: 1e9) == 2 * ring16.seconds(.allToAll, bytes: 1e9))
  }

  @Test("Going straight across a ring uses both directions")
  func straightAcross() {
    let half = ring16.pointToPointSeconds(bytes: 9e9, steps: [8])
    let less = ring16.pointToPointSeconds(bytes: 9e9, steps: [7])
    #expect(abs(half - (8e-6 + 0.1)) < 1e-9)
    #expect(abs(less - (7e-6 + 0.2)) < 1e-9)
    #expect(ring16.pointToPointSeconds(bytes: 9e9, steps: [9]) == less)
  }

  @Test("Switches that add up are used only where they are faster")
  func reductionInSwitches() {
    var fabric = nvlink
    fabric.latencySeconds = 1e-6
    fabric.reductionBytesPerSecond = 360e9
    let ring: Double = 2 * (7e-6 + 0.875e9 / 450e9)
    #expect(abs(fabric.seconds(.allReduce, bytes: 1e9, members: 8) - (2e-6 + 1e9 / 360e9)) < 1e-12)
    fabric.reductionBytesPerSecond = 1e9
    #expect(abs(fabric.seconds(.allReduce, bytes: 1e9, members: 8) - ring) < 1e-12)
  }

  @Test("In a mesh a part of the chips has only the links among itself")
  func mesh() {
    let mesh = SwitchedFabric(bytesPerSecond: 448e9, latencySeconds: 0, meshChips: 8)
    #expect(mesh.usableBytesPerSecond(members: 8) == 448e9)
    #expect(mesh.usableBytesPerSecond(members: 4) == 192e9)
    #expect(mesh.pointToPointSeconds(bytes: 64e9) == 1)
  }

  @Test("A hierarchy of one domain is that domain", arguments: Collective.allCases)
  func oneDomain(_ collective: Collective) {
    let network = HierarchicalNetwork(domain: .torus(v4Cube), domains: 1, scaleOut: cards)
    #expect(network.seconds(collective, bytes: 1e9) == v4Cube.seconds(collective, bytes: 1e9))
  }

  @Test("An all-to-all's bytes split between the domain and beyond by where they go")
  func exchangeAcross() {
    let near: Double = 1e9 * 7 / 512 / 450e9
    let far: Double = 1e9 * 504 / 512 / 50e9
    #expect(abs(cluster.seconds(.allToAll, bytes: 1e9) - (near + far)) < 1e-12)
  }

  @Test(
    "Groups fill domains in the order of their strides",
    arguments: [[8, 1, 8, 1], [4, 8, 1, 4], [4, 4, 2, 2], [64, 1, 8, 8], [2, 4, 2, 1]])
  func groups(_ numbers: [Int]) {
    let group = cluster.group(members: numbers[0], stride: numbers[1])
    #expect(group?.domain.chips == numbers[2])
    #expect(group?.domains == numbers[3])
  }

  @Test("A group that fills domains unevenly, or stands on a torus, has no such network")
  func noGroups() {
    #expect(cluster.group(members: 12, stride: 1) == nil)
    let torus = HierarchicalNetwork(domain: .torus(v4Cube), domains: 2, scaleOut: cards)
    #expect(torus.group(members: 4, stride: 1) == nil)
  }
}
