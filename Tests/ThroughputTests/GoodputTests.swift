import Catalog
import Testing

@testable import Throughput

struct GoodputTests {
  /// Stall K, restart R and mean time between failures M in seconds; Young's and Daly's intervals,
  /// the true optimum, its wall factor and the first-order wall factor at Young's. Computed from
  /// Daly's complete model with an independent minimiser.
  struct Row: Sendable {
    var stall, restart, mean, young, daly, optimum, factor, firstOrder: Double

    var run: CheckpointedRun {
      CheckpointedRun(
        meanSecondsBetweenFailures: mean, stallSeconds: stall, restartSeconds: restart)
    }
  }

  static let rows = [
    Row(
      stall: 60, restart: 300, mean: 11134.8, young: 1155.9, daly: 1116.3, optimum: 1116.3,
      factor: 1.14177, firstOrder: 1.13076),
    Row(
      stall: 300, restart: 600, mean: 11134.8, young: 2584.7, daly: 2388.6, optimum: 2388.7,
      factor: 1.34360, firstOrder: 1.28602),
    Row(
      stall: 300, restart: 900, mean: 28440, young: 4130.9, daly: 3933.3, optimum: 3933.3,
      factor: 1.19781, firstOrder: 1.17689),
  ]

  @Test("Intervals and wall factors agree with an independent minimiser", arguments: rows)
  func intervals(_ row: Row) {
    let run = row.run
    #expect(abs(run.youngWorkSeconds - row.young) < 0.06)
    #expect(abs(run.dalyWorkSeconds - row.daly) < 0.06)
    #expect(abs(run.optimalWorkSeconds - row.optimum) < 0.06)
    #expect(abs(run.leastWallFactor() - row.factor) < 6e-6)
    let first = run.firstOrderWallFactor(workSeconds: run.youngWorkSeconds)
    #expect(abs(first - row.firstOrder) < 6e-6)
  }

  @Test("No interval near the optimum does better", arguments: rows)
  func optimum(_ row: Row) {
    let run = row.run
    let best = run.optimalWorkSeconds
    for factor in [0.9, 0.99, 1.01, 1.1] {
      #expect(run.wallFactor(workSeconds: best * factor) > run.leastWallFactor())
    }
  }

  /// Capacity that is reclaimed every 2, 6 and 24 hours, K = 120 s, R = 600 s; derived, at Young's
  /// interval, which the true optimum beats by 3e-4 in the first case.
  @Test(
    "Reclaimed capacity costs what it should",
    arguments: [(2.0, 1.3125), (6.0, 1.1447), (24.0, 1.0620)])
  func reclaimed(_ hours: Double, _ factor: Double) {
    let run = CheckpointedRun(
      meanSecondsBetweenFailures: hours * 3600, stallSeconds: 120, restartSeconds: 600)
    let atYoung = run.wallFactor(workSeconds: run.youngWorkSeconds)
    #expect(abs(atYoung - factor) < 6e-5)
    #expect(run.leastWallFactor() < atYoung)
  }

  @Test("Saxena's period is the most available one, and takes 24.2 steps in the worked example")
  func availability() {
    // changlan.org/posts/optimal-checkpointing: M 6000 s, R 600 s, stall 10 s, steps of 15 s; its
    // "about 24" leaves out the square of the stall.
    let example = CheckpointedRun(
      meanSecondsBetweenFailures: 6000, stallSeconds: 10, restartSeconds: 600)
    #expect(abs(example.availabilityOptimalWorkSeconds / 15 - 24.2) < 0.05)
    // Llama 3 405B, M = 3.09 h: derived.
    let llama = CheckpointedRun(
      meanSecondsBetweenFailures: 3.09 * 3600, stallSeconds: 30, restartSeconds: 900)
    #expect(abs(llama.youngWorkSeconds - 817) < 0.5)
    #expect(abs(llama.availabilityOptimalPeriodSeconds - 880) < 0.5)
    #expect(abs(llama.firstOrderWaste(workSeconds: llama.youngWorkSeconds) - 0.154) < 0.0005)
    func available(_ period: Double) -> Double {
      let mean = llama.meanSecondsBetweenFailures
      let up: Double = mean / (mean + llama.restartSeconds + period / 2)
      return (1 - llama.stallSeconds / period) * up
    }
    let period = llama.availabilityOptimalPeriodSeconds
    #expect(available(period) > available(period * 1.01))
    #expect(available(period) > available(period * 0.99))
  }

  @Test("A shorter stall pays as derived", arguments: [(60.0, 1155.0, 0.104), (5.0, 334.0, 0.030)])
  func stalls(_ stall: Double, _ interval: Double, _ loss: Double) {
    let run = CheckpointedRun(
      meanSecondsBetweenFailures: 3.09 * 3600, stallSeconds: stall, restartSeconds: 0)
    #expect(abs(run.youngWorkSeconds - interval) < 1)
    #expect(abs(run.firstOrderWaste(workSeconds: run.youngWorkSeconds) - loss) < 0.0005)
  }

  @Test("Extremes stay in range")
  func extremes() {
    let free = CheckpointedRun(
      meanSecondsBetweenFailures: 1000, stallSeconds: 0, restartSeconds: 0)
    #expect(free.optimalWorkSeconds == 0)
    #expect(free.leastWallFactor() == 1)
    // A stall far beyond the mean time between failures: a stretch of work never ends.
    let hopeless = CheckpointedRun(
      meanSecondsBetweenFailures: 1, stallSeconds: 1000, restartSeconds: 0)
    #expect(hopeless.dalyWorkSeconds == 1)
    #expect(hopeless.optimalWorkSeconds <= 1)
    #expect(hopeless.leastWallFactor() == .infinity)
    let steady = CheckpointedRun(
      meanSecondsBetweenFailures: 1e12, stallSeconds: 1, restartSeconds: 100)
    #expect(steady.leastWallFactor() > 1)
    #expect(steady.leastWallFactor() < 1.00001)
  }

  /// Llama 3 (arXiv 2407.21783, table 5): 419 unplanned interruptions, 54 days, 16,384 GPUs. Meta's
  /// research clusters (arXiv 2410.21680): 6.50 failures per 1,000 node-days of 8 GPUs.
  @Test("Failure rates of a chip make those of a job")
  func rates() {
    let hours = FailureRates.chipHoursPerInterruption(chips: 16384, days: 54, interruptions: 419)
    #expect(abs(hours - 50677) < 1)
    let llama = FailureRates.meanSecondsBetweenFailures(perChipHour: 1 / hours, chips: 16384)
    #expect(abs(llama / 3600 - 3.093) < 0.001)
    let perChipHour = 6.50e-3 / 8 / 24
    for (chips, hours) in [(16384, 1.80), (131_072, 0.225), (1024, 28.8)] {
      let mean = FailureRates.meanSecondsBetweenFailures(perChipHour: perChipHour, chips: chips)
      #expect(abs(mean / 3600 / hours - 1) < 0.003)
    }
  }

  @Test("Checkpoints of Llama 3.1 405B have the size of 14 bytes a parameter")
  func checkpoints() {
    let bytes = CheckpointCost.bytes(parameters: 405_853_388_800)
    #expect(abs(bytes / 1e12 - 5.68) < 0.005)
    let blocking = CheckpointCost.blocking(bytes: bytes, storageBytesPerSecond: 1e11)
    #expect(abs(blocking.stallSeconds - 56.8) < 0.05)
    let copied = CheckpointCost.asynchronous(
      bytes: bytes, chips: 16384, hostBytesPerSecondPerChip: 1.5e10, storageBytesPerSecond: 1e11)
    #expect(abs(copied.stallSeconds - 0.0231) < 0.0001)
    #expect(copied.writeSeconds == blocking.writeSeconds)
  }

  @Test("Each kind has rates, and only measured ones are graded above D")
  func builtIn() {
    #expect(FailureRates.builtIn.map(\.kind) == [.gpu, .tpu, .trainium])
    #expect(FailureRates.of(.gpu)?.provenance.grade == .c)
    #expect(FailureRates.of(.tpu)?.provenance.grade == .d)
    #expect(FailureRates.of(.trainium)?.provenance.grade == .d)
  }

  @Test("More chips and slower storage lower goodput", arguments: AcceleratorKind.allCases)
  func goodput(_ kind: AcceleratorKind) throws {
    let rates = try #require(FailureRates.of(kind))
    let fast = CheckpointCost.blocking(bytes: 1e12, storageBytesPerSecond: 5e10)
    let slow = CheckpointCost.blocking(bytes: 1e12, storageBytesPerSecond: 1e10)
    var last = 1.0
    for chips in [64, 1024, 16384, 131_072] {
      let goodput = try #require(FailureGoodput(rates: rates, chips: chips, checkpoint: fast))
      let poor = try #require(FailureGoodput(rates: rates, chips: chips, checkpoint: slow))
      #expect(goodput.pessimistic < goodput.typical)
      #expect(goodput.typical < goodput.optimistic)
      #expect(goodput.optimistic < 1)
      #expect(poor.typical < goodput.typical)
      #expect(goodput.typical < last)
      last = goodput.typical
    }
  }

  @Test("Asynchronous checkpoints follow one another no faster than they are written")
  func writeTime() throws {
    let rates = try #require(FailureRates.of(.gpu))
    let slow = CheckpointCost.asynchronous(
      bytes: 1e12, chips: 16384, hostBytesPerSecondPerChip: 1.5e10, storageBytesPerSecond: 1e9)
    let goodput = try #require(FailureGoodput(rates: rates, chips: 16384, checkpoint: slow))
    #expect(goodput.workSeconds == 1000)
    #expect(goodput.run.optimalWorkSeconds < 1000)
    #expect(abs(goodput.typical * goodput.run.wallFactor(workSeconds: 1000) - 1) < 1e-12)
  }

  @Test("A bad table of rates is refused, fault by fault")
  func badTable() {
    let columns = "kind,per_chip_hour_low,per_chip_hour,per_chip_hour_high,"
    let rest = "restart_s_low,restart_s,restart_s_high,source_url,as_of,grade,note\n"
    let line = "npu,2e-5,1e-5,3e-5,0,600,900,somewhere,2026,D,\n"
    let error = #expect(throws: FaultList.self) {
      try FailureRates.read(text: columns + rest + line)
    }
    #expect(error?.faults.map(\.column) == ["kind", "per_chip_hour", "restart_s_low"])
  }
}
