import Economics
import Testing

@Suite("Interruptions and spot")
struct InterruptionTests {
  /// Daly, FGCS 22 (2006), the complete model; times in seconds, computed to the digits printed.
  static let daly: [(k: Double, r: Double, m: Double, printed: [String])] = [
    (60, 300, 11_134.8, ["1155.9", "1116.3", "1.14177", "0.13076"]),
    (300, 600, 11_134.8, ["2584.7", "2388.6", "1.34360", "0.28602"]),
    (300, 900, 28_440, ["4130.9", "3933.3", "1.19781", "0.17689"]),
  ]

  @Test(
    "Young's and Daly's intervals and the waste at them are the published ones", arguments: daly)
  func intervals(k: Double, r: Double, m: Double, printed: [String]) {
    let young = CheckpointRestart.youngInterval(checkpoint: k, meanTime: m)
    let daly = CheckpointRestart.dalyInterval(checkpoint: k, meanTime: m)
    let wall = CheckpointRestart.wallPerUseful(checkpoint: k, restart: r, meanTime: m)
    let first = CheckpointRestart.firstOrderWaste(
      interval: young, checkpoint: k, restart: r, meanTime: m)
    #expect(prints(young, as: printed[0]))
    #expect(prints(daly, as: printed[1]))
    #expect(prints(wall, as: printed[2]))
    #expect(prints(first, as: printed[3]))
  }

  @Test("no other interval wastes less than Daly's by a thousandth")
  func optimum() {
    let best = CheckpointRestart.wallPerUseful(checkpoint: 300, restart: 600, meanTime: 11_134.8)
    let others = stride(from: 200.0, through: 20_000, by: 50).map {
      CheckpointRestart.wallPerUseful(
        interval: $0, checkpoint: 300, restart: 600, meanTime: 11_134.8)
    }
    #expect((others.min() ?? 0) > best * 0.999)
  }

  @Test("nothing that interrupts costs nothing")
  func never() {
    #expect(
      CheckpointRestart.wallPerUseful(checkpoint: 0, restart: 9, meanTime: .infinity) == 1)
    #expect(
      CheckpointRestart.wallPerUseful(checkpoint: 5, restart: 9, meanTime: .infinity) == 1)
  }

  /// 60% discount, checkpoint 120 s, restart 600 s; Daly's model at Young's interval, to which his
  /// own is at most three parts in ten thousand better.
  @Test(
    "spot at 60% off costs 0.525, 0.458 and 0.425 of on demand by how often it is taken away",
    arguments: [(2.0, "1.3125", "0.525"), (6, "1.1447", "0.458"), (24, "1.0620", "0.425")])
  func spot(meanHours: Double, multiplier: String, cost: String) {
    let spot = SpotInterruptions(
      reclaim: .wholeZone(meanHours: meanHours), checkpointHours: 120 / 3600.0,
      restartHours: 600 / 3600.0)
    let interval = CheckpointRestart.youngInterval(
      checkpoint: spot.checkpointHours, meanTime: meanHours)
    let young = CheckpointRestart.wallPerUseful(
      interval: interval, checkpoint: spot.checkpointHours, restart: spot.restartHours,
      meanTime: meanHours)
    #expect(prints(young, as: multiplier))
    #expect(prints(young * 0.4, as: cost))
    #expect(spot.billedPerUseful <= young && spot.billedPerUseful > young * 0.9996)
    #expect(agree(spot.relativeCost(discount: 0.6), 0.4 * spot.billedPerUseful))
    #expect(agree(spot.relativeCost(discount: spot.breakEvenDiscount), 1))
  }

  @Test("nodes taken one by one interrupt a synchronous job as often as all of them together")
  func perNode() {
    let nodes = SpotInterruptions(
      reclaim: .perNode(meanHours: 640, nodes: 64), checkpointHours: 0.05, restartHours: 0.2,
      reacquisitionHours: 0.5)
    #expect(nodes.meanHours == 10)
    #expect(agree(nodes.elapsedPerUseful, nodes.billedPerUseful * 1.05))
  }

  @Test("spot falls back to on demand just in time for the deadline")
  func fallback() throws {
    let spot = SpotInterruptions(
      reclaim: .wholeZone(meanHours: 2), checkpointHours: 120 / 3600.0,
      restartHours: 600 / 3600.0, reacquisitionHours: 1)
    let rule = SpotFallback(spot: spot, onDemandPerUseful: 1.02, setupHours: 3)
    #expect(rule.mustSwitch(remainingUsefulHours: 100, hoursLeft: 105))
    #expect(!rule.mustSwitch(remainingUsefulHours: 100, hoursLeft: 105.1))
    let split = try #require(rule.expectation(usefulHours: 1000, deadlineHours: 1300))
    let done = split.hoursOnSpot / spot.elapsedPerUseful
    #expect(agree(split.hoursOnSpot + split.onDemandBilledHours, 1300))
    #expect(agree((1000 - done) * 1.02 + 3, split.onDemandBilledHours))
    #expect(rule.expectation(usefulHours: 1000, deadlineHours: 1022) == nil)
    let easy = rule.expectation(usefulHours: 1000, deadlineHours: 5000)
    #expect(easy?.onDemandBilledHours == 0)
  }
}
