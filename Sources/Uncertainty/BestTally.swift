/// Which option is best in which world, and how good the best is there, without keeping every
/// option's draws.
///
/// Options are added one column at a time, in any order and from any split over threads; the result
/// is the same to the bit. Less is better: a cost, a time or a loss.
///
///     var tally = BestTally(draws: 4096)
///     for option in options.indices { tally.add(option, costs(option)) }
///     tally.chances(options: options.count)[0].value
public struct BestTally: Sendable {
  /// The least value in each world; infinite where nothing is possible.
  public private(set) var best: [Double]
  private var winners: [Int32]

  public init(draws: Int) {
    best = [Double](repeating: .infinity, count: draws)
    winners = [Int32](repeating: .max, count: draws)
  }

  /// Enters an option with its value in each world, infinite where it is impossible. Of equal values
  /// that of the lower number counts, so number equal options in order of preference. A value that
  /// is not a number never wins.
  public mutating func add(_ option: Int, _ values: [Double]) {
    let option = Int32(option)
    best.withUnsafeMutableBufferPointer { best in
      winners.withUnsafeMutableBufferPointer { winners in
        for draw in 0..<min(best.count, values.count) {
          let value = values[draw]
          if value < best[draw] || (value == best[draw] && option < winners[draw]) {
            best[draw] = value
            winners[draw] = value < .infinity ? option : .max
          }
        }
      }
    }
  }

  /// Takes in the options that another thread has entered.
  public mutating func merge(_ other: BestTally) {
    for draw in 0..<min(best.count, other.best.count) {
      let value = other.best[draw]
      if value < best[draw] || (value == best[draw] && other.winners[draw] < winners[draw]) {
        best[draw] = value
        winners[draw] = other.winners[draw]
      }
    }
  }

  /// The option that wins a world; nil where nothing is possible.
  public func winner(draw: Int) -> Int? {
    winners[draw] == .max ? nil : Int(winners[draw])
  }

  /// The chance of each option, from number 0, to be the best. They add up to 1 unless in some
  /// worlds nothing is possible.
  public func chances(options: Int) -> [Estimate] {
    var wins = [Int](repeating: 0, count: options)
    for winner in winners where winner < options { wins[Int(winner)] += 1 }
    return wins.map { .chance(hits: $0, draws: winners.count) }
  }
}
