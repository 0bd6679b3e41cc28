import Catalog
import Testing
import Throughput

struct NetworkTests {
  /// Google's documentation of slices as of 2026-08, Neuron's architecture pages as of 2026-08-21.
  struct Shape: Sendable, CustomTestStringConvertible {
    var generation: String
    var chips: Int
    var count: Int
    var sides: [Int]
    var closed: [Bool]

    init(_ generation: String, _ chips: Int, _ count: Int, _ sides: [Int], closed: [Bool]) {
      self.generation = generation
      self.chips = chips
      self.count = count
      self.sides = sides
      self.closed = closed
    }

    var testDescription: String { "\(chips) chips of \(generation)" }
  }

  static let shapes: [Shape] = [
    Shape("tpu-v4", 32, 1, [2, 4, 4], closed: [false, false, false]),
    Shape("tpu-v4", 64, 1, [4, 4, 4], closed: [true, true, true]),
    Shape("tpu-v4", 3072, 1, [12, 16, 16], closed: [true, true, true]),
    Shape("tpu-v5p", 6144, 1, [16, 16, 24], closed: [true, true, true]),
    Shape("tpu-v5p", 8192, 2, [16, 16, 16], closed: [true, true, true]),
    Shape("tpu-v7x", 9216, 1, [16, 24, 24], closed: [true, true, true]),
    Shape("tpu-v7x", 256, 1, [4, 8, 8], closed: [true, true, true]),
    Shape("tpu-v5e", 64, 1, [8, 8], closed: [false, false]),
    Shape("tpu-v6e", 128, 1, [8, 16], closed: [false, true]),
    Shape("tpu-v5e", 1024, 4, [16, 16], closed: [true, true]),
    Shape("trainium2", 16, 1, [4, 4], closed: [true, true]),
    Shape("trainium2", 8, 1, [2, 4], closed: [false, true]),
    Shape("trainium1", 64, 4, [4, 4], closed: [true, true]),
  ]

  @Test("Chips come in the documented shapes", arguments: shapes)
  func shape(_ shape: Shape) {
    let found = SliceShape.slices(generation: shape.generation, chips: shape.chips)
    #expect(found?.count == shape.count)
    #expect(found?.axes.map(\.length) == shape.sides)
    #expect(found?.axes.map(\.isClosed) == shape.closed)
  }

  @Test(
    "There is no slice of an odd size, nor of a kind without a rule",
    arguments: [("tpu-v4", 63), ("trainium2", 24), ("hopper", 8), ("tpu-v3", 64), ("tpu-v5p", 0)])
  func noShape(_ generation: String, _ chips: Int) {
    #expect(SliceShape.slices(generation: generation, chips: chips) == nil)
  }

  /// A network that the catalogue leads to: domains and their chips, bytes/s of one chip beyond.
  struct Expected: Sendable, CustomTestStringConvertible {
    var id: String
    var inside: Int
    var domains: Int
    var rate: Double

    init(_ id: String, inside: Int, domains: Int, rate: Double) {
      self.id = id
      self.inside = inside
      self.domains = domains
      self.rate = rate
    }

    var testDescription: String { "\(inside * domains) \(id)" }
  }

  @Test(
    "Networks follow from the catalogue",
    arguments: [
      Expected("h100-sxm", inside: 8, domains: 128, rate: 50e9),
      Expected("h100-sxm", inside: 4, domains: 1, rate: 50e9),
      Expected("gb200", inside: 72, domains: 2, rate: 50e9),
      Expected("gh200", inside: 4, domains: 4, rate: 25e9),
      Expected("tpu-v5p", inside: 4096, domains: 2, rate: 6.25e9),
      Expected("trn2", inside: 16, domains: 4, rate: 25e9),
      Expected("trn1", inside: 16, domains: 2, rate: 6.25e9),
    ])
  func network(_ expected: Expected) throws {
    let network = try Self.network(expected.id, chips: expected.inside * expected.domains)
    #expect(network.domain.chips == expected.inside)
    #expect(network.domains == expected.domains)
    #expect(network.scaleOut.bytesPerSecond == expected.rate)
  }

  @Test(
    "A torus link carries what was measured on TPU and what is nominal on Trainium",
    arguments: [("tpu-v4", 45e9), ("tpu-v5p", 90e9), ("tpu-v5e", 45e9), ("trn2", 128e9)])
  func links(_ id: String, _ rate: Double) throws {
    guard case .torus(let slice) = try Self.network(id, chips: 64).domain else {
      Issue.record("\(id) is no torus")
      return
    }
    #expect(abs(slice.linkBytesPerSecond - rate) < 1)
  }

  @Test("A number of chips that can't be had is refused with a reason")
  func refusal() throws {
    let failure = #expect(throws: Infeasibility.self) { try Self.network("trn2", chips: 24) }
    #expect(failure?.code == "layout")
  }

  private static func network(_ id: String, chips: Int) throws -> HierarchicalNetwork {
    let accelerator = try #require(try Catalog().accelerator(id))
    return try HierarchicalNetwork(
      accelerator: accelerator, chips: chips, scaleUpLatencySeconds: 0, scaleOutLatencySeconds: 0)
  }
}
