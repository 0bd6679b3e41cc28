import Catalog
import Throughput
import Workload

/// What sizing asks of a cluster and a model: two numbers, so that hundreds of offers of one machine
/// are sized without copying whole estimates.
struct Speed {
  /// Of all chips, with the usual interruptions of a run of 10¹² tokens, at the median.
  var tokensPerHour: Double
  /// How far the run's length scatters.
  var spread: Slowness
}

/// Speeds of one cluster by step of the ladder of sizes, filled as they are asked for.
final class SpeedTable {
  enum Entry {
    case unknown, refused
    case known(Speed)
  }

  var entries: [Entry]

  init(sizes: Int) {
    entries = Array(repeating: .unknown, count: sizes)
  }
}

extension Assessor {
  /// The table of a candidate's cluster: the same for all that are sold the same machine.
  func speedTable(_ candidate: Candidate, chips: Int, batch: Int) -> SpeedTable {
    let key = estimateKey(candidate, chips: chips, size: -1, batch: batch)
    if let known = speedTables[key] { return known }
    let table = SpeedTable(sizes: ladder.architectures.count)
    speedTables[key] = table
    return table
  }

  /// How fast a cluster trains a step of the ladder; nil when it can't.
  func speed(
    _ candidate: Candidate, chips: Int, size: Int, batch: Int, in table: SpeedTable
  ) -> Speed? {
    switch table.entries[size] {
    case .known(let speed): return speed
    case .refused: return nil
    case .unknown: break
    }
    let estimate = throughput(
      candidate, chips: chips, architecture: ladder.architectures[size], size: size, batch: batch)
    guard case .success(let found) = estimate else {
      table.entries[size] = .refused
      return nil
    }
    let speed = Speed(
      tokensPerHour: found.tokensPerSecondPerChip.p50 * Double(chips) * found.goodput.p50 * 3600,
      spread: Slowness(found))
    table.entries[size] = .known(speed)
    return speed
  }
}
