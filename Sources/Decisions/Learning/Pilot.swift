import RealModule
import Uncertainty

/// A trial before the decision: what it reads of the logarithm of speeds, and how well.
public struct Pilot: Hashable, Sendable {
  /// What is read: a chip's own part of the doubt, and the team's part with it. Scores must be
  /// independent standard normals that enter figures as loadings.
  public var reads: [Loading]
  /// Standard deviation of the reading's error, of the logarithm.
  public var error: Double
  /// Days that it puts everything off; 0 beside a procurement that takes as long.
  public var delayDays: Double
  public var costUsd: Double

  public init(reads: [Loading], error: Double, delayDays: Double = 0, costUsd: Double = 0) {
    self.reads = reads
    self.error = error
    self.delayDays = delayDays
    self.costUsd = costUsd
  }
}

/// What a pilot is worth.
public struct PilotWorth: Hashable, Sendable {
  /// The leader's rank today.
  public let today: Double
  /// Mean of the leader's rank when one chooses and sizes after the reading.
  public let learnt: Double
  /// Chance that the reading makes another option the leader.
  public let switching: Double
  /// The gain in dollars, before the pilot's price: what the leader's own terms ask for as much more
  /// work, or the cash saved. Nil when no budget reaches it.
  public let usd: Double?

  /// Share of today's rank that is gained.
  public var gain: Double { today == 0 ? 0 : learnt / today - 1 }
}

extension Decider {
  /// Readings a pilot's worth is averaged over: midpoints of equal chances.
  public static let usualReadings = 64

  /// Draws what the pilot would read, updates, chooses and sizes again, keeping the chance in each
  /// case; the mean less today's. Nil when nothing can be signed today.
  ///
  /// Worths of several pilots don't add. A grant stays as doubtful as it was.
  public func worth(
    of pilot: Pilot, _ decision: Decision, readings: Int = Decider.usualReadings
  ) -> PilotWorth? {
    guard let leader = decision.sign, readings > 0 else { return nil }
    var (sum, switches, counted) = (0.0, 0, 0)
    for reading in 0..<readings {
      let score = NormalDistribution.quantile((Double(reading) + 0.5) / Double(readings))
      let after = learning(pilot, score: score, decision)
      // With given work a case in which nothing can be signed has no cash to average.
      guard let sign = after.sign else {
        if question.work == nil { counted += 1 }
        continue
      }
      counted += 1
      sum += sign.rank
      switches += sign.candidate == leader.candidate ? 0 : 1
    }
    let learnt: Double = counted > 0 ? sum / Double(counted) : leader.rank
    return PilotWorth(
      today: leader.rank, learnt: learnt, switching: Double(switches) / Double(readings),
      usd: dollars(leader, learnt: learnt))
  }

  private func learning(_ pilot: Pilot, score: Double, _ decision: Decision) -> Decision {
    let update = Update(pilot, score: score)
    var changed: [Int: Candidate] = [:]
    for (place, candidate) in candidates.enumerated()
    where pilot.delayDays > 0 || pilot.reads.contains(where: { candidate.depends(on: $0.column) }) {
      var learnt = candidate.mapping(update.applied)
      if pilot.delayDays > 0 { learnt.startDays = learnt.startDays + pilot.delayDays }
      changed[place] = learnt
    }
    return redecide(changed, from: decision).1
  }

  /// What a gain is worth by the leader's own terms.
  private func dollars(_ leader: Standing, learnt: Double) -> Double? {
    if question.work != nil { return leader.rank - learnt }
    guard let own = leader.assessment.sizing?.value, leader.rank > 0 else { return nil }
    let candidate = candidates[leader.candidate]
    let more = own * learnt / leader.rank
    guard let now = sizer.leastBudget(candidate, value: own, question).usd,
      let then = sizer.leastBudget(candidate, value: more, question).usd
    else { return nil }
    return then - now
  }
}

/// Independent scores z after a noisy reading of a·z: they keep their columns, moved and narrowed.
///
/// With S = |a|² + error², the mean becomes a·reading/S and the covariance 1 − a·aᵀ/S, whose root is
/// 1 − β·a·aᵀ with β = (1 − √(1 − |a|²/S))/|a|² (conditional normal distribution).
private struct Update {
  private let reads: [Loading]
  private let shift: Double
  private let narrowing: Double

  init(_ pilot: Pilot, score: Double) {
    reads = pilot.reads
    let squares = pilot.reads.reduce(0) { $0 + $1.weight * $1.weight }
    let total: Double = squares + pilot.error * pilot.error
    // The reading itself is √S times its score.
    shift = total > 0 ? score / .sqrt(total) : 0
    narrowing = squares > 0 ? (1 - .sqrt(max(0, 1 - squares / total))) / squares : 0
  }

  func applied(_ figure: Figure) -> Figure {
    var learnt = figure
    for place in learnt.parts.indices {
      var common = 0.0
      for loading in figure.parts[place].exponents {
        for read in reads where read.column == loading.column {
          common += read.weight * loading.weight
        }
      }
      guard common != 0 else { continue }
      learnt.parts[place].constant *= .exp(common * shift)
      learnt.parts[place].exponents += reads.map {
        Loading($0.column, -narrowing * common * $0.weight)
      }
    }
    return learnt
  }
}
