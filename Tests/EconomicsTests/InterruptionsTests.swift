import Testing

@testable import Economics

@Suite("Interruptions and spot")
struct InterruptionsTests {
  /// One row of the table: times in seconds.
  struct Row: Sendable {
    var stall: Double
    var restart: Double
    var mean: Double
    var young: Double
    var daly: Double
    var optimum: Double
    var least: Double
    var firstOrder: Double
  }

  // Exact arithmetic on Daly 2006, equations 20 and 37, and Young 1974.
  static let rows: [Row] = [
    Row(
      stall: 60, restart: 300, mean: 11134.8, young: 1155.9, daly: 1116.3, optimum: 1116.3,
      least: 1.14177, firstOrder: 1.13076),
    Row(
      stall: 300, restart: 600, mean: 11134.8, young: 2584.7, daly: 2388.6, optimum: 2388.7,
      least: 1.34360, firstOrder: 1.28602),
    Row(
      stall: 300, restart: 900, mean: 28440, young: 4130.9, daly: 3933.3, optimum: 3933.3,
      least: 1.19781, firstOrder: 1.17689),
  ]

  @Test("intervals and time lost are those of Young and Daly", arguments: rows)
  func table(row: Row) {
    let model = Interruptions(
      meanHours: row.mean, stallHours: row.stall, restartHours: row.restart)
    #expect(abs(model.youngIntervalHours - row.young) < 0.06)
    #expect(abs(model.dalyIntervalHours - row.daly) < 0.06)
    #expect(abs(model.optimumIntervalHours - row.optimum) < 0.06)
    #expect(abs(model.leastWallPerUsefulHour() - row.least) < 1e-5)
    let waste = model.firstOrderWaste(intervalHours: model.youngIntervalHours)
    #expect(abs(1 + waste - row.firstOrder) < 1e-5)
  }

  @Test("no other interval loses less time than the optimum")
  func optimum() {
    var random = Seeded(state: 11)
    for _ in 0..<2000 {
      let model = Interruptions(
        meanHours: Double.random(in: 0.1...500, using: &random),
        stallHours: Double.random(in: 1e-4...3, using: &random),
        restartHours: Double.random(in: 0...1, using: &random))
      let best = model.wallPerUsefulHour(intervalHours: model.optimumIntervalHours)
      for factor in [0.9, 0.99, 1.01, 1.1] {
        let other = model.optimumIntervalHours * factor
        #expect(model.wallPerUsefulHour(intervalHours: other) >= best)
      }
    }
  }

  @Test("a free checkpoint leaves the restarts; a slow one is not started before the last is done")
  func limits() {
    let free = Interruptions(meanHours: 10, stallHours: 0, restartHours: 1)
    #expect(near(free.leastWallPerUsefulHour(), 1.105_170_918_1))
    #expect(free.leastWallPerUsefulHour(writeHours: 2) > free.leastWallPerUsefulHour())
    let dear = Interruptions(meanHours: 1, stallHours: 3, restartHours: 0)
    #expect(dear.dalyIntervalHours == 1)
    // Llama 3: 16,384 GPUs, 50,677 GPU-hours between interruptions (arXiv:2407.21783, table 5).
    #expect(abs(Interruptions.meanHours(ofPart: 50_677, parts: 16_384) - 3.093) < 5e-4)
  }

  static let spotCases: [(Double, Double, Double)] = [
    (2, 1.3125, 0.525), (6, 1.1447, 0.458), (24, 1.0620, 0.425),
  ]

  @Test("spot at 60% off costs 0.525, 0.458 and 0.425 of on demand", arguments: spotCases)
  func spot(mean: Double, wall: Double, cost: Double) {
    let run = SpotRun(
      interruptions: Interruptions(
        meanHours: mean, stallHours: 120 / 3600, restartHours: 600 / 3600), gapHours: 0.5)
    // The published figures are at Young's interval; the best one is a little better.
    let young = run.interruptions.youngIntervalHours
    #expect(abs(run.interruptions.wallPerUsefulHour(intervalHours: young) - wall) < 6e-5)
    #expect(run.billedPerCleanHour < wall + 6e-5)
    let dollars = run.dollars(chips: 4, cleanHours: 10, dollarsPerChipHour: 0.4)
    #expect(abs(dollars / 40 - cost) < 6e-4)
    #expect(near(run.breakEvenDiscount, 1 - 1 / run.billedPerCleanHour))
    let held = 10 * run.billedPerCleanHour
    #expect(near(run.calendarHours(cleanHours: 10), held + held / mean * 0.5))
  }

  @Test("on demand takes over when what is left needs all the time there is")
  func fallBack() {
    func falls(_ hours: Double) -> Bool {
      SpotRun.mustFallBack(
        remainingHours: 100, onDemandWallPerUsefulHour: 1.1, setupHours: 5, hoursToDeadline: hours)
    }
    #expect(falls(115))
    #expect(!falls(115.1))
  }
}
