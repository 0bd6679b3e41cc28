import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty
import Workload

/// What one candidate with one number of chips comes to, in numbers only.
struct Evaluation: Sendable {
  var chips: Int
  var instances: Int
  var job: TrainingJob
  var throughput: ThroughputEstimate
  /// Hours of the run with its usual interruptions, at the median.
  var hours: Double
  var cash: Double
  var economic: Double
  var loss: Double
  /// In operations of the best dense model; nil for a model that is given.
  var effectiveCompute: Double?
}

/// How far from its median a run's length lies, as a factor: lognormal about 1, of its own width to
/// either side.
struct Slowness: Hashable {
  /// Standard deviation of the natural logarithm towards slower, and towards faster.
  let slower: Double
  let faster: Double

  /// From the spread of throughput and goodput, taken as independent.
  init(_ estimate: ThroughputEstimate) {
    let (speed, goodput) = (estimate.tokensPerSecondPerChip, estimate.goodput)
    slower = Self.joint(Self.spread(speed.p10, speed.p50), Self.spread(goodput.p10, goodput.p50))
    faster = Self.joint(Self.spread(speed.p50, speed.p90), Self.spread(goodput.p50, goodput.p90))
  }

  /// From the median to the ninetieth percentile of a normal, in standard deviations.
  private static let toNinety = 1.281_551_565_544_600_5

  private static func spread(_ low: Double, _ high: Double) -> Double {
    low > 0 && high > low ? .log(high / low) / toNinety : 0
  }

  private static func joint(_ first: Double, _ second: Double) -> Double {
    .sqrt(first * first + second * second)
  }

  /// Standard deviation on the side of a standard normal score.
  func sigma(score: Double) -> Double { score < 0 ? faster : slower }

  /// The factor that the run's length stays under with a chance.
  func factor(chance: Double) -> Double {
    factor(score: NormalDistribution.quantile(chance))
  }

  /// The factor at a standard normal score.
  func factor(score: Double) -> Double { .exp(sigma(score: score) * score) }

  /// The chance that the run's length stays under a factor of its median.
  func chance(under factor: Double) -> Double {
    guard factor > 0 else { return 0 }
    guard factor < .infinity else { return 1 }
    let sigma = sigma(score: .log(factor))
    guard sigma > 0 else { return factor >= 1 ? 1 : 0 }
    return NormalDistribution.cumulative(.log(factor) / sigma)
  }
}
