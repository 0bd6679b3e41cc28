import Catalog
import Decisions
import RealModule
import Throughput

/// The doubt about a chip's speed: what the model of the step leaves open, the team's lag, and the
/// goodput, as loadings on shared and own scores.
struct SpeedDoubt: Sendable {
  let team: TeamDoubt
  /// Standard deviations of the logarithm: of the model's own error, and of the goodput.
  let model: Double
  let goodput: Double

  init(_ estimate: ThroughputEstimate, _ team: TeamDoubt) {
    self.team = team
    func deviation(_ low: Double, _ high: Double) -> Double {
      low > 0 && high > low ? .log(high / low) / 2 / 1.281_551_565_544_600_5 : 0
    }
    let (speed, share) = (estimate.tokensPerSecondPerChip, estimate.goodput)
    model = deviation(speed.p10, speed.p90)
    goodput = deviation(share.p10, share.p90)
  }

  /// Names of the scores it needs.
  static func scores(_ chip: Accelerator, _ team: TeamDoubt) -> [String] {
    ["team", "goodput", "stack.\(team.stack)", "chip.\(chip.id)", "model.\(chip.id)"]
  }

  /// Of the logarithm of the speed.
  ///
  /// - Parameter correlation: of the team's lag on any two chips, in place of what is judged of their
  ///   stacks.
  func loadings(
    _ chip: Accelerator, _ draws: OutcomeDraws, correlation: Double? = nil
  ) -> [Loading] {
    let (between, within) = (correlation ?? team.between, correlation ?? team.within)
    let common: Double = .sqrt(between)
    let stack: Double = .sqrt(max(0, within - between))
    let own: Double = .sqrt(max(0, 1 - within))
    // The goodput shares with the team as much as makes its correlation with the lag right.
    let shared = min(1, common > 0 ? team.withGoodput / common : 0)
    let apart: Double = .sqrt(max(0, 1 - shared * shared))
    return draws.loading("team", team.deviation * common + goodput * shared)
      + draws.loading("stack.\(team.stack)", team.deviation * stack)
      + draws.loading("chip.\(chip.id)", team.deviation * own)
      + draws.loading("goodput", goodput * apart)
      + draws.loading("model.\(chip.id)", model)
  }

  /// Standard deviation of the logarithm of the speed.
  var deviation: Double {
    let common: Double = .sqrt(team.between)
    let shared = min(1, common > 0 ? team.withGoodput / common : 0)
    let along: Double = team.deviation * common + goodput * shared
    let rest: Double =
      team.deviation * team.deviation * (1 - team.between)
      + goodput * goodput * (1 - shared * shared) + model * model
    return .sqrt(along * along + rest)
  }
}
