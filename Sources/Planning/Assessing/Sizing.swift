import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty
import Workload

/// What one candidate with one number of chips comes to, in numbers only.
struct Evaluation {
  var chips: Int
  var instances: Int
  var job: Job
  var throughput: ThroughputEstimate
  /// Hours of the run with its usual interruptions, at the median.
  var hours: Double
  var cash: Double
  var economic: Double
  var loss: Double
}

/// How far from its median a run's length lies, as a factor; lognormal about 1.
struct Slowness {
  /// Standard deviation of the natural logarithm.
  let sigma: Double

  /// From the spread of throughput and goodput, taken as independent.
  init(_ estimate: ThroughputEstimate) {
    let speed = Self.spread(estimate.tokensPerSecondPerChip)
    let goodput = Self.spread(estimate.goodput)
    sigma = Double.sqrt(speed * speed + goodput * goodput)
  }

  /// Distance from the tenth to the ninetieth percentile of a normal, in standard deviations.
  private static let tenToNinety = 2.563_103_131_089_201

  private static func spread(_ range: ThroughputRange) -> Double {
    guard range.p10 > 0, range.p90 > range.p10 else { return 0 }
    return .log(range.p90 / range.p10) / tenToNinety
  }

  /// The factor that the run's length stays under with a chance.
  func factor(chance: Double) -> Double {
    factor(score: NormalDistribution.quantile(chance))
  }

  /// The same at a standard normal score.
  func factor(score: Double) -> Double { .exp(sigma * score) }

  /// The chance that the run's length stays under a factor of its median.
  func chance(under factor: Double) -> Double {
    guard factor > 0 else { return 0 }
    guard sigma > 0 else { return factor >= 1 ? 1 : 0 }
    guard factor < .infinity else { return 1 }
    return NormalDistribution.cumulative(.log(factor) / sigma)
  }
}
