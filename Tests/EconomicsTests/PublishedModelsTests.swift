import Testing

@testable import Economics

@Suite("Published cost models")
struct PublishedModelsTests {
  struct Run: Sendable {
    var model: EpochAmortisation
    var value: Double
    var rate: Double
    var hardware: Double
    var interconnect: Double
    var energy: Double
    var nominal: Double
  }

  // Epoch AI's training-cost-trends for three runs, nominal dollars.
  static let runs: [Run] = [
    Run(
      model: EpochAmortisation(
        dollarsPerChip: 24_875, daysToStart: 348, chipHours: 812_544, kilowattsPerChip: 0.4,
        serverRatio: 6.5 / 8 / 0.4, powerUsageEffectiveness: 1.1, tariff: 0.0832),
      value: 18_296.79, rate: 0.6728, hardware: 546_719, interconnect: 128_243, energy: 45_316,
      nominal: 720_277),
    Run(
      model: EpochAmortisation(
        dollarsPerChip: 24_875, daysToStart: 752, chipHours: 1_720_320, kilowattsPerChip: 0.4,
        serverRatio: 6.5 / 8 / 0.4, powerUsageEffectiveness: 1.1, tariff: 0.0806),
      value: 12_809.20, rate: 0.4710, hardware: 810_352, interconnect: 190_083, energy: 92_944,
      nominal: 1_093_378),
    Run(
      model: EpochAmortisation(
        dollarsPerChip: 44_489.88, daysToStart: 432, chipHours: 35_094_528, kilowattsPerChip: 0.7,
        serverRatio: 10.2 / 8 / 0.7, powerUsageEffectiveness: 1.1, tariff: 0.0771),
      value: 30_386.17, rate: 1.1174, hardware: 39_215_493, interconnect: 9_198_696,
      energy: 2_846_151, nominal: 51_260_340),
  ]

  @Test("OPT-175B, Llama 2-70B and Llama 3.1-405B are amortised to the dollar", arguments: runs)
  func epoch(run: Run) {
    let model = run.model
    #expect(abs(model.valueAtStart - run.value) < 0.01)
    #expect(abs(model.dollarsPerChipHour - run.rate) < 5e-5)
    #expect(abs(model.hardwareDollars - run.hardware) < 1)
    #expect(abs(model.interconnectDollars - run.interconnect) < 1)
    #expect(abs(model.energyDollars - run.energy) < 1)
    #expect(abs(model.nominalDollars - run.nominal) < 2)
  }

  /// Producer price index PCU518210518210, by which Epoch brings its totals to December 2023.
  private static let december2023 = 119.029

  @Test(
    "in dollars of December 2023 the totals are those of Epoch's table",
    arguments: [
      (0, 117.176, 731_668.0, 0.5), (1, 118.355, 1_099_605, 0.5), (2, 119.863, 51_040_524, 153_000),
    ])
  func inDollarsOf2023(run: Int, index: Double, published: Double, tolerance: Double) {
    let total = Self.runs[run].model.nominalDollars * Self.december2023 / index
    #expect(abs(total - published) <= tolerance)
  }

  @Test("a million chip-hours of 30,000-dollar chips use up 1,103,979 dollars")
  func rate() {
    let hour = EpochAmortisation.dollarsPerChipHour(value: 30_000, hoursPerYear: 8760)
    #expect(abs(hour * 1e6 - 1_103_979) < 1)
    let bought = EpochAmortisation.acquisitionDollars(chips: 16_384, dollarsPerChip: 44_489.88)
    #expect(abs(bought / 1e6 - 899.90) < 5e-3)
  }

  @Test("public cluster sheets add up")
  func sheets() {
    let small = ClusterSheet.h100Dollars(nodes: 64, switches: 8, cableDollars: 675_840)
    #expect(small == 24_003_840)
    #expect((small / 512).rounded() == 46_883)
    let large = ClusterSheet.h100Dollars(nodes: 128, switches: 48, cableDollars: 2_621_440)
    #expect(large == 50_429_440)
    #expect((large / 1024).rounded() == 49_248)
    // A calculator of mid 2026: 1,024 H100 for five years.
    let energy = ClusterSheet.energyDollars(
      chips: 1024, kilowattsPerChip: 0.7, utilisation: 0.7, powerUsageEffectiveness: 1.2,
      hours: 43_800, tariff: 0.08)
    #expect(abs(energy / 1e6 - 2.11) < 5e-3)
    let perPetaflopYear = (30.72e6 + energy) / (0.989 * 0.7 * 1024 * 5)
    #expect(abs(perPetaflopYear - 9300) < 50)
  }

  @Test("a server of 833,806 dollars breaks even with 98.32 an hour after 8,556 hours")
  func lenovo() throws {
    // Lenovo LP2225 (2025).
    let hours = try #require(
      ClusterSheet.breakEvenHours(
        capexDollars: 833_806, rentPerHour: 98.32, ownRunningPerHour: 0.87))
    #expect(abs(hours - 8556) < 0.5)
    let today = ClusterSheet.breakEvenHours(
      capexDollars: 833_806, rentPerHour: 55, ownRunningPerHour: 0.87)
    #expect(abs((today ?? 0) - 15_400) < 10)
    // Llama 3.1's 39.3 million GPU-hours on rented servers of eight: "over $483M".
    let rented = 39.3e6 / 8 * 98.32
    #expect(abs(rented / 1e6 - 483.0) < 0.05)
    #expect(
      ClusterSheet.breakEvenHours(capexDollars: 1, rentPerHour: 1, ownRunningPerHour: 1) == nil)
  }
}
