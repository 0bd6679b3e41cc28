/// How far the effective compute of a shape may be from the law's value, as parts of its natural
/// logarithm: what all shapes share, by how much each is moved, and what is its own.
///
/// Draw the shared variables once an outcome, for all options together, so that comparisons between
/// them are not drowned in doubt that they share:
///
///     let doubt = ShapeLoss(shape).doubt(tokens: 15e12)
///     effective *= exponential of doubt.deviation(shared: draws, own: ownDraw)
///
/// Draws are standard normal; `own` is one for each model made by its own people and recipe, and the
/// same for shapes of one ladder.
public struct QualityDoubt: Hashable, Sendable {
  /// Variables that all shapes share: the five constants of the dense law, how the leverage
  /// goes on beyond what was measured, and what tokens beyond the best split are worth.
  public static let sharedVariables = 7

  /// What one standard deviation of each shared variable moves.
  public var shared: [Double]
  /// Standard deviation of what is left.
  public var own: Double

  public init(shared: [Double], own: Double) {
    self.shared = shared
    self.own = own
  }

  /// ln of the factor on the effective compute.
  ///
  /// - Parameters:
  ///   - draws: `sharedVariables` standard normal values, the same for all shapes.
  ///   - ownDraw: standard normal.
  public func deviation(shared draws: [Double], own ownDraw: Double) -> Double {
    var sum: Double = own * ownDraw
    for (part, draw) in zip(shared, draws) { sum += part * draw }
    return sum
  }

  /// Standard deviation of ln of the ratio of two shapes' effective computes.
  public func deviation(from other: QualityDoubt) -> Double {
    var variance: Double = own * own + other.own * other.own
    for (left, right) in zip(shared, other.shared) { variance += (left - right) * (left - right) }
    return variance.squareRoot()
  }

  /// Standard deviation of ln of the effective compute alone.
  public var deviation: Double {
    shared.reduce(own * own) { $0 + $1 * $1 }.squareRoot()
  }
}

/// Two trained shapes by the law.
public struct QualityComparison: Hashable, Sendable {
  /// Effective compute of the first over that of the second.
  public var ratio: Double
  /// Standard deviation of the ratio's natural logarithm.
  public var deviation: Double

  /// Standard deviations from the middle to the 10th or 90th percentile.
  static let deviationsToDecile = 1.281_551_565_5

  /// Whether the law's range covers both orders: the chance that the worse is the better exceeds
  /// 10%. “Not told apart” is then all that can be said.
  public var isToldApart: Bool {
    naturalLogarithm(ratio).magnitude > Self.deviationsToDecile * deviation
  }

  /// 10th and 90th percentile of the ratio.
  public var range: ClosedRange<Double> {
    let reach: Double = Self.deviationsToDecile * deviation
    return ratio * exponential(-reach)...ratio * exponential(reach)
  }
}

extension ShapeLoss {
  /// Losses of mixtures were predicted to 0.01 nat at 100 times the compute of the experiments
  /// (Ling 2.0 report, arXiv 2510.22115), taken as two standard deviations: judgement, grade D.
  static let ownLossDeviation = 0.005

  /// What the effective compute may be off by.
  public func doubt(tokens: Double, uniqueTokens: Double = .infinity) -> QualityDoubt {
    let middle = naturalLogarithm(effectiveCompute(tokens: tokens, uniqueTokens: uniqueTokens))
    func logarithm(_ law: LossLaw) -> Double {
      let other = ShapeLoss(activeParameters: activeParameters, makeup: makeup, law: law)
      return naturalLogarithm(other.effectiveCompute(tokens: tokens, uniqueTokens: uniqueTokens))
    }
    var shared = denseLawParts(logarithm)
    shared.append(leveragePart(logarithm))
    shared.append(tokenPart(tokens: tokens))
    // A loss moves along the frontier by dL = −decay·(L − E)·d ln C.
    let slope: Double = frontierSlope(atLogarithm: middle)
    return QualityDoubt(shared: shared, own: makeup == nil ? 0 : Self.ownLossDeviation / slope)
  }

  /// Compares this shape on its tokens with another on its own.
  public func compared(
    tokens: Double, with other: ShapeLoss, tokens otherTokens: Double,
    uniqueTokens: Double = .infinity
  ) -> QualityComparison {
    let own = effectiveCompute(tokens: tokens, uniqueTokens: uniqueTokens)
    let theirs = other.effectiveCompute(tokens: otherTokens, uniqueTokens: uniqueTokens)
    let doubt = doubt(tokens: tokens, uniqueTokens: uniqueTokens)
    let theirDoubt = other.doubt(tokens: otherTokens, uniqueTokens: uniqueTokens)
    return QualityComparison(ratio: own / theirs, deviation: doubt.deviation(from: theirDoubt))
  }

  /// −dL/d ln C of the dense law on its frontier, in nats.
  private func frontierSlope(atLogarithm compute: Double) -> Double {
    let best = law.dense.optimum(compute: exponential(compute))
    let exponents: Double = law.dense.parameterExponent + law.dense.tokenExponent
    let decay: Double = law.dense.parameterExponent * law.dense.tokenExponent / exponents
    return decay * (best.loss - law.dense.irreducibleLoss)
  }

  /// The dense law's constants along the axes of their covariance (its Cholesky factor): the same
  /// relative spread is taken for the constants of every dense law.
  private func denseLawParts(_ logarithm: (LossLaw) -> Double) -> [Double] {
    let step = 1e-4
    func moved(_ index: Int, _ by: Double) -> Double {
      var changed = law
      switch index {
      case 0: changed.dense.parameterCoefficient *= exponential(by)
      case 1: changed.dense.tokenCoefficient *= exponential(by)
      case 2: changed.dense.irreducibleLoss *= exponential(by)
      case 3: changed.dense.parameterExponent += by
      default: changed.dense.tokenExponent += by
      }
      return logarithm(changed)
    }
    let gradient = (0..<5).map { (moved($0, step) - moved($0, -step)) / (2 * step) }
    let factor = ScalingLawUncertainty.choleskyFactor
    return (0..<5).map { column in
      zip(gradient, factor).reduce(0) { $0 + $1.0 * $1.1[column] }
    }
  }

  /// Half the way between the leverage of the low and of the high end of its range, in deviations.
  private func leveragePart(_ logarithm: (LossLaw) -> Double) -> Double {
    guard makeup != nil, law.mixtures == .leverage else { return 0 }
    var (low, high) = (law, law)
    low.leverageCap = EfficiencyLeverage.rangeOfCompute.lowerBound
    high.leverageCap = EfficiencyLeverage.rangeOfCompute.upperBound
    return (logarithm(high) - logarithm(low)) / 2 / QualityComparison.deviationsToDecile
  }

  /// How far the joint law's own split, carried beyond its range, would put the cost of being off the
  /// best split from what is counted, in deviations.
  private func tokenPart(tokens: Double) -> Double {
    guard let makeup, law.mixtures == .leverage else { return 0 }
    let joint = MixtureLaw.shareOfCompute(
      activeParameters: activeParameters, tokens: tokens, experts: makeup.wholeExperts)
    let apart: Double = naturalLogarithm(splitEfficiency(tokens: tokens) / joint)
    return apart / QualityComparison.deviationsToDecile
  }
}

extension ScalingLawUncertainty {
  /// Lower triangular factor of the covariance; a little is added to its diagonal, since pairs of
  /// constants are collinear to all printed digits.
  static let choleskyFactor: [[Double]] = {
    let size = covariance.count
    var factor = Array(repeating: Array(repeating: 0.0, count: size), count: size)
    for row in 0..<size {
      for column in 0...row {
        var value: Double = covariance[row][column] + (row == column ? 1e-9 : 0)
        for index in 0..<column { value -= factor[row][index] * factor[column][index] }
        if row == column {
          factor[row][row] = max(1e-12, value).squareRoot()
        } else {
          factor[row][column] = value / factor[column][column]
        }
      }
    }
    return factor
  }()
}
