import Catalog
import Economics
import Throughput
import Workload

/// What sizing asks of a cluster and a model: a few numbers, so that hundreds of offers of one machine
/// are sized without copying whole estimates.
struct Speed {
  /// Of all chips, with the usual interruptions of a run of 10¹² tokens, at the median.
  var tokensPerHour: Double
  /// How far the run's length scatters.
  var spread: Slowness
  /// What the goodput may grow by in a longer run.
  var largestFactor: Double
}

/// Speeds of the clusters of one accelerator by step of the ladder of sizes, filled as they are asked
/// for.
struct SpeedTables: Sendable {
  enum Entry {
    case unknown, refused
    case known(Speed)
  }

  private var numbers: [ThroughputMemory.EstimateKey: Int] = [:]
  private var entries: [[Entry]] = []

  /// The number of a cluster's table.
  ///
  /// - Parameters:
  ///   - key: of its estimates, whatever the size.
  ///   - sizes: steps of the ladder.
  mutating func number(_ key: ThroughputMemory.EstimateKey, sizes: Int) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = entries.count
    entries.append(Array(repeating: .unknown, count: sizes))
    return entries.count - 1
  }

  subscript(table: Int, size: Int) -> Entry {
    get { entries[table][size] }
    set { entries[table][size] = newValue }
  }
}

extension Sizer {
  /// The number of a candidate's table: the same for all that are sold the same machine.
  func speedTable(_ candidate: Candidate, chips: Int, batch: Int) -> Int {
    let key = estimateKey(candidate, chips: chips, size: -1, batch: batch)
    return findings.speeds.number(key, sizes: ladder.architectures.count)
  }

  /// How fast a cluster trains a step of the ladder; nil when it can't.
  func speed(
    _ candidate: Candidate, chips: Int, size: Int, batch: Int, table: Int
  ) -> Speed? {
    switch findings.speeds[table, size] {
    case .known(let speed): return speed
    case .refused: return nil
    case .unknown: break
    }
    let estimate = throughput(
      candidate, chips: chips, architecture: ladder.architectures[size], size: size, batch: batch)
    guard case .success(let found) = estimate else {
      findings.speeds[table, size] = .refused
      return nil
    }
    let speed = Speed(
      tokensPerHour: found.tokensPerSecondPerChip.p50 * Double(chips) * found.goodput.p50 * 3600,
      spread: Slowness(found), largestFactor: ThroughputModel.largestGoodput / found.goodput.p50)
    findings.speeds[table, size] = .known(speed)
    return speed
  }
}

/// What sizing an offer depends on: offers that have it in common, such as one machine at one price in
/// several regions, are sized once.
struct SizingKey: Hashable {
  var bill: OptionBill
  var counts: [Int]
  var chipsPerInstance: Int
  var largestSlice: Int?
  var machine: ThroughputMemory.EstimateKey
  var inputs: OptionInputs
  var otherCosts: OtherCosts
  var dollars: Double
  var roomHours: Double
}

extension Sizer {
  /// The key of a rented candidate; nil for servers, of which there are no two alike.
  func twinKey(_ candidate: Candidate, _ counts: [Int]) -> SizingKey? {
    guard case .rent(let offer) = candidate.source,
      let bill = bills.bill(candidate, instances: 1, work: nil)
    else { return nil }
    return SizingKey(
      bill: bill, counts: counts, chipsPerInstance: candidate.chipsPerInstance,
      largestSlice: offer.chipCounts.last,
      machine: estimateKey(candidate, chips: 0, size: -1, batch: 0), inputs: candidate.inputs,
      otherCosts: candidate.otherCosts, dollars: spendingLimit(candidate),
      roomHours: bills.roomHours(candidate))
  }
}
