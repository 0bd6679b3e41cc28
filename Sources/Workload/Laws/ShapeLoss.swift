/// The loss that a shape reaches by the tokens it is trained on, and what that is worth: the compute
/// that the best dense model would need for it. This is what ranks options.
///
/// Make one a shape and law, once, and ask it as often as needed; an answer takes a few elementary
/// functions and no memory:
///
///     let quality = ShapeLoss(shape, law: LossLaw())
///     quality.effectiveCompute(tokens: 15e12)           // operations of the best dense model
///     quality.tokens(forEffectiveCompute: 2e25)         // nil when never reached
///
/// A mixture of N active parameters on D tokens loses as much as a dense model of N·√(EL·ρ)
/// parameters on D·√(EL/ρ) tokens: its compute counts EL times (`EfficiencyLeverage`), and at its
/// best it takes ρ times the tokens per active parameter of a dense model
/// (`MixtureLaw.tokenShift`). So the leverage counts once, nothing is better than the best split of
/// its compute, and the loss saturates where parameters or tokens run short. Tokens beyond the
/// different ones count less (Muennighoff et al., arXiv 2305.16264).
///
/// What no law here knows: the quality of the data, the recipe, and all that follows pretraining.
public struct ShapeLoss: Hashable, Sendable {
  /// Parameters that a token meets, both embeddings counted.
  public let activeParameters: Double
  /// nil for a dense model.
  public let makeup: ExpertMakeup?
  public let law: LossLaw

  /// Loss above the irreducible one: size·EL^(−α/2) + data·EL^(−β/2)·D′^−β.
  private let size: Double
  private let data: Double
  private let sizeExponent: Double
  private let dataExponent: Double
  /// ln EL = leverageStart + leverageSlope·ln C.
  private let leverageStart: Double
  private let leverageSlope: Double
  private let capLogarithm: Double
  /// More tokens than are ever looked for.
  private static let mostTokens = 1e30
  /// The frontier that a loss is measured on: L − E = scale·(C/6)^−decay.
  private let frontierScale: Double
  private let frontierDecay: Double

  public init(_ shape: TransformerArchitecture, law: LossLaw = LossLaw()) {
    self.init(activeParameters: shape.activeParameters, makeup: ExpertMakeup(shape), law: law)
  }

  /// - Parameters:
  ///   - activeParameters: positive.
  ///   - makeup: nil for a dense model.
  public init(activeParameters: Double, makeup: ExpertMakeup?, law: LossLaw = LossLaw()) {
    self.activeParameters = activeParameters
    self.makeup = makeup
    self.law = law
    var own = law.dense
    var frontier = law.dense
    var shift = 1.0
    (leverageStart, leverageSlope) = Self.leverage(makeup, law)
    if let makeup {
      switch law.mixtures {
      case .leverage: shift = MixtureLaw.tokenShift(experts: makeup.wholeExperts)
      case .joint:
        own = MixtureLaw.additive(experts: makeup.wholeExperts)
        frontier = MixtureLaw.additive(experts: 1)
      }
    }
    (sizeExponent, dataExponent) = (own.parameterExponent, own.tokenExponent)
    size = own.parameterTerm(activeParameters * shift.squareRoot())
    data = own.tokenTerm(1 / shift.squareRoot())
    capLogarithm = naturalLogarithm(law.leverageCap)
    frontierScale =
      frontier.parameterTerm(frontier.balance) + frontier.tokenTerm(1 / frontier.balance)
    let exponents: Double = frontier.parameterExponent + frontier.tokenExponent
    frontierDecay = frontier.parameterExponent * frontier.tokenExponent / exponents
  }

  /// Start and slope of ln EL over ln C; both 0 where no leverage is counted.
  private static func leverage(_ makeup: ExpertMakeup?, _ law: LossLaw) -> (Double, Double) {
    guard let makeup, law.mixtures == .leverage else { return (0, 0) }
    let share = EfficiencyLeverage.logarithmOfShare(makeup.activeShare)
    let exponent = EfficiencyLeverage.exponent(granularity: makeup.granularity)
    return (share * exponent, share * EfficiencyLeverage.slope / naturalLogarithm(10))
  }

  // MARK: What tokens give

  /// ln EL at a training of so many tokens, under the cap.
  private func leverageLogarithm(_ tokens: Double) -> Double {
    guard leverageSlope != 0 else { return leverageStart }
    let compute = naturalLogarithm(6 * activeParameters * tokens)
    return leverageStart + leverageSlope * min(compute, capLogarithm)
  }

  /// Loss above the irreducible one, in nats per token of the law that holds for the shape.
  private func excess(tokens: Double, uniqueTokens: Double) -> Double {
    let leverage = leverageLogarithm(tokens)
    let worth =
      tokens <= uniqueTokens
      ? tokens : DataConstrainedLaw.effectiveTokens(tokens: tokens, uniqueTokens: uniqueTokens)
    let counted: Double = naturalLogarithm(worth) + leverage / 2
    return size * exponential(-sizeExponent * leverage / 2)
      + data * exponential(-dataExponent * counted)
  }

  /// How many times the shape's compute counts at its best split; 1 for a dense model, and under
  /// the joint law, which has no factor of its own for it.
  public func leverage(tokens: Double) -> Double { exponential(leverageLogarithm(tokens)) }

  /// The compute in operations that the best dense model would need for the same loss. It rises with
  /// tokens, with active parameters, with fewer active of the same experts.
  ///
  /// - Parameters:
  ///   - tokens: trained on, repeats counted; positive.
  ///   - uniqueTokens: different ones; infinite where they never run out.
  public func effectiveCompute(tokens: Double, uniqueTokens: Double = .infinity) -> Double {
    let excess = excess(tokens: tokens, uniqueTokens: uniqueTokens)
    return 6 * power(frontierScale / excess, 1 / frontierDecay)
  }

  /// Loss in nats per token, in the terms of the dense law whichever law mixtures have.
  public func loss(tokens: Double, uniqueTokens: Double = .infinity) -> Double {
    let compute = effectiveCompute(tokens: tokens, uniqueTokens: uniqueTokens)
    return law.dense.optimum(compute: compute).loss
  }

  /// The share of the shape's leveraged compute that its best split would need for the same loss, at
  /// most 1: what being off the best split costs. Under the joint law, which counts no leverage, a
  /// mixture's gain is in it and it can exceed 1.
  public func splitEfficiency(tokens: Double) -> Double {
    let compute: Double = 6 * activeParameters * tokens * leverage(tokens: tokens)
    return effectiveCompute(tokens: tokens) / compute
  }

  /// The dense model that reaches the same loss on the same tokens; nil where none does, as for a
  /// mixture far too large for its tokens. A dense model is its own.
  public func denseEquivalentParameters(
    tokens: Double, uniqueTokens: Double = .infinity
  ) -> Double? {
    guard makeup != nil else { return activeParameters }
    let worth = DataConstrainedLaw.effectiveTokens(tokens: tokens, uniqueTokens: uniqueTokens)
    let left: Double =
      loss(tokens: tokens, uniqueTokens: uniqueTokens) - law.dense.irreducibleLoss
      - law.dense.tokenTerm(worth)
    guard left > 0 else { return nil }
    return power(law.dense.parameterCoefficient / left, 1 / law.dense.parameterExponent)
  }

  // MARK: What tokens are needed

  /// The tokens at which an effective compute is reached, repeats counted; nil where it never is.
  public func tokens(
    forEffectiveCompute target: Double, uniqueTokens: Double = .infinity
  ) -> Double? {
    guard target > 0 else { return nil }
    var leverage = leverageStart
    if leverageSlope != 0 {
      let atCap: Double = min(law.leverageCap / (6 * activeParameters), Self.mostTokens)
      if effectiveCompute(tokens: atCap, uniqueTokens: uniqueTokens) >= target {
        return tokensUnderCap(atCap, target: target, uniqueTokens: uniqueTokens)
      }
      guard atCap < Self.mostTokens else { return nil }
      leverage += leverageSlope * capLogarithm
    }
    let allowed: Double = frontierScale * power(target / 6, -frontierDecay)
    let left: Double = allowed - size * exponential(-sizeExponent * leverage / 2)
    guard left > 0 else { return nil }
    let counted: Double = power(data / left, 1 / dataExponent)
    return DataConstrainedLaw.tokens(
      effective: counted * exponential(-leverage / 2), uniqueTokens: uniqueTokens)
  }

  /// The same while the leverage still grows with compute, which has no closed form.
  private func tokensUnderCap(_ most: Double, target: Double, uniqueTokens: Double) -> Double? {
    var high = naturalLogarithm(most)
    var low = min(high, 0)
    for _ in 0..<200 where high - low > 1e-13 * high.magnitude {
      let middle = (low + high) / 2
      let reached = effectiveCompute(tokens: exponential(middle), uniqueTokens: uniqueTokens)
      if reached < target { low = middle } else { high = middle }
    }
    return exponential(high)
  }

  /// The tokens at which one more operation spent on parameters or on tokens is worth the same, when
  /// every token served over the model's life costs as well (Sardana et al., arXiv 2401.00448,
  /// equation 3): α·A·N^−α/(β·B·D^−β) = 1 + price·served/(3·D). With none served this is the split
  /// that is best for training alone.
  ///
  /// - Parameters:
  ///   - served: tokens read and written over the model's life.
  ///   - price: of an operation of serving over one of training.
  public func bestTokens(served: Double = 0, price: Double = 1) -> Double {
    var low = 0.0
    var high = naturalLogarithm(Self.mostTokens)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      let tokens = exponential(middle)
      let leverage = leverageLogarithm(tokens)
      let sizeWorth: Double = sizeExponent * size * exponential(-sizeExponent * leverage / 2)
      let dataWorth: Double =
        dataExponent * data * exponential(-dataExponent * (middle + leverage / 2))
      if sizeWorth / dataWorth < 1 + price * served / (3 * tokens) {
        low = middle
      } else {
        high = middle
      }
    }
    return exponential(high)
  }
}

extension DataConstrainedLaw {
  /// The tokens trained on that are worth so many different ones; nil beyond what any number of
  /// passes is worth.
  static func tokens(effective: Double, uniqueTokens: Double) -> Double? {
    guard effective > uniqueTokens else { return effective }
    let worth: Double = 1 - (effective / uniqueTokens - 1) / tokenDecay
    guard worth > 0 else { return nil }
    return uniqueTokens * (1 - tokenDecay * naturalLogarithm(worth))
  }
}
