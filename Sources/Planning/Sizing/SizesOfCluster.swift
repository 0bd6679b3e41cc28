import Economics
import Throughput
import Workload

/// The sizes of the ladder as one cluster could train them: the least loss of each that money and time
/// allow, found as it is asked for.
struct SizesOfCluster {
  /// What is known of one size.
  private struct Known {
    /// The least loss, once it was asked for under a bound it is under.
    var loss: Double?
    /// Of that loss.
    var tokens = 0.0
    /// The least loss is not below this.
    var least = -Double.infinity
  }

  private let candidate: Candidate
  private let chips: Int
  private let batch: Int
  private let table: Int
  private var limits: RunLimits
  /// The hours one size leaves room for are a good guess for the next.
  private var hours: Double
  private var sizes: [Known]
  /// A size that can't be trained there, if one was met.
  private(set) var refused: Int?

  /// - Parameters:
  ///   - table: the number of the cluster's table of speeds.
  ///   - hours: a first guess at the length of the run.
  ///   - count: steps of the ladder.
  init(
    _ candidate: Candidate, chips: Int, batch: Int, table: Int, limits: RunLimits, hours: Double,
    count: Int
  ) {
    self.candidate = candidate
    (self.chips, self.batch, self.table) = (chips, batch, table)
    (self.limits, self.hours) = (limits, hours)
    sizes = Array(repeating: Known(), count: count)
  }

  /// The least loss of a size, as far as it was found; infinite where it was not.
  func known(_ index: Int) -> Double { sizes[index].loss ?? .infinity }

  /// The tokens of the least loss that was found.
  func tokens(_ index: Int) -> Double { sizes[index].tokens }

  /// The least loss of a size; nil where it can't be trained, and where the loss is not below a bound,
  /// which is much sooner found than the loss.
  mutating func loss(of index: Int, below bound: Double, _ sizer: Sizer) -> Double? {
    if let known = sizes[index].loss { return known }
    guard bound > sizes[index].least else { return nil }
    guard
      let speed = sizer.speed(candidate, chips: chips, size: index, batch: batch, table: table)
    else {
      (sizes[index].least, refused) = (.infinity, index)
      return nil
    }
    let (law, parameters) = (sizer.law, sizer.ladder.parameters[index])
    guard let needed = Self.stepsNeeded(for: bound, parameters: parameters, law) else {
      sizes[index].least = bound
      return nil
    }
    let rates = sizer.tokenRates(candidate, size: index)
    limits.prepare(speed.spread)
    let last = limits.last(
      near: RoundTokens.step(near: hours * speed.tokensPerHour), atLeast: needed
    ) { (hours: sizer.hours(step: $0, at: speed), rates.at(tokens: RoundTokens.value($0))) }
    guard let last else {
      sizes[index].least = bound
      return nil
    }
    hours = sizer.hours(step: last, at: speed)
    sizes[index].tokens = RoundTokens.value(last)
    sizes[index].loss = law.loss(parameters: parameters, tokens: sizes[index].tokens)
    return sizes[index].loss
  }

  /// The step of tokens short of which a bound on the loss is never reached; nil when it never is.
  private static func stepsNeeded(
    for bound: Double, parameters: Double, _ law: AdditiveScalingLaw
  ) -> Int? {
    guard bound < .infinity else { return 0 }
    // A hair less, for what rounding may do.
    return law.tokens(forLoss: bound, parameters: parameters).map {
      RoundTokens.step(near: $0 * (1 - 1e-9))
    }
  }
}

extension Sizer {
  /// The other costs of work of a size by its tokens, which they rise with in proportion.
  func tokenRates(_ candidate: Candidate, size: Int) -> TokenRates {
    if let known = ratesOfSizes[size] { return known }
    let parameters = ladder.parameters[size]
    func rates(_ tokens: Double) -> OtherCostRates {
      OtherCostRates(bills.otherCosts(candidate, WorkSize(parameters: parameters, tokens: tokens)))
    }
    let found = TokenRates(none: rates(0), trillion: rates(1e12))
    ratesOfSizes[size] = found
    return found
  }

  /// Hours of a run at the median, by the step of its tokens.
  func hours(step: Int, at speed: Speed) -> Double {
    let factor = min(speed.largestFactor, RoundTokens.goodputFactors[step])
    return RoundTokens.value(step) / (speed.tokensPerHour * factor)
  }
}
