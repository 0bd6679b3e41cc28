import Economics
import Testing

@Suite("Sizes sold")
struct ChipSizesTests {
  private let slices = ChipSizes(
    chipsPerInstance: 1, slices: [4, 8, 16, 64, 128, 256], maximumChips: 1024)

  @Test(
    "the smallest size at or above the wanted one is taken, joined from equal slices past the largest",
    arguments: [
      (1, 4, 1), (9, 16, 1), (65, 128, 1), (256, 256, 1), (257, 384, 3), (512, 512, 2),
      (1000, 1024, 4),
    ])
  func slice(wanted: Int, chips: Int, count: Int) throws {
    let holding = try slices.holding(atLeast: wanted)
    #expect(holding.chips == chips)
    #expect(holding.slices == count)
  }

  @Test("instances are whole, and more than one purchase makes a larger job up to the limit")
  func instances() throws {
    let sizes = ChipSizes(chipsPerInstance: 16, maximumChips: 4096, instancesPerPurchase: 64)
    #expect(try sizes.holding(atLeast: 1).chips == 16)
    let large = try sizes.holding(atLeast: 2040)
    #expect(large.instances == 128)
    #expect(large.purchases == 2)
    #expect(sizes.admissibleCounts(upTo: 70) == [16, 32, 48, 64])
    #expect(sizes.admissibleCounts(upTo: 1_000_000).last == 4096)
  }

  @Test("too many chips name the limit, what is needed and the nearest change")
  func tooMany() {
    let sizes = ChipSizes(chipsPerInstance: 16, maximumChips: 4096)
    let violation = #expect(throws: Violations.self) { try sizes.holding(atLeast: 4097) }
    let first = violation?.all.first
    #expect(first?.code == "too_many_chips")
    #expect(first?.limit == 4096)
    #expect(first?.needed == 4097)
    #expect(first?.unit == "chips")
    #expect(first?.nearestChange == "use at most 4096 chips")
  }

  @Test("every count listed can be held exactly")
  func admissible() throws {
    #expect(slices.admissibleCounts(upTo: 600) == [4, 8, 16, 64, 128, 256, 512])
    for count in slices.admissibleCounts(upTo: 5000) {
      #expect(try slices.holding(atLeast: count).chips == count)
    }
  }
}
