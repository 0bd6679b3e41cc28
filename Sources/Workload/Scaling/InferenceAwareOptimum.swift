/// The model and data that reach a loss for the least cost of training and serving together.
public struct LifetimeOptimum: Hashable, Sendable {
  public var parameters: Double
  public var tokens: Double
  /// Training and serving, in operations (or in the money of the given prices).
  public var lifetimeCost: Double
  /// The same for the model that is cheapest to train.
  public var costWithoutForesight: Double

  /// The share that planning for serving saves.
  public var saving: Double { 1 - lifetimeCost / costWithoutForesight }
}

extension AdditiveScalingLaw {
  /// Minimises `trainingPrice`·6·N·D + `servingPrice`·2·N·D_inf under L(N,D) = loss (Sardana et
  /// al. 2024, arXiv 2401.00448). With prices of 1 the cost is in operations; with prices per
  /// operation (price per hour over sustained operations per hour) it is in money.
  ///
  /// Laws fitted at ordinary ratios overstate what tokens are worth beyond about 1,000 per
  /// parameter.
  /// - Parameters:
  ///   - target: the loss to reach, above the irreducible one.
  ///   - servedTokens: tokens read and written over the model's life.
  /// - Returns: nil when no model reaches the loss, or an amount is negative or no number.
  public func lifetimeOptimum(
    forLoss target: Double, servedTokens: Double, trainingPrice: Double = 1,
    servingPrice: Double = 1
  ) -> LifetimeOptimum? {
    guard servedTokens >= 0, trainingPrice > 0, servingPrice >= 0,
      let compute = compute(forLoss: target)
    else { return nil }
    let unaware = optimum(compute: compute)
    func cost(_ parameters: Double, _ tokens: Double) -> Double {
      let training: Double = 6 * trainingPrice * parameters * tokens
      return training + 2 * servingPrice * parameters * servedTokens
    }
    let smallest: Double = power(
      parameterCoefficient / (target - irreducibleLoss), 1 / parameterExponent)
    let served: Double = servingPrice * servedTokens / (3 * trainingPrice)
    // Slope of the cost in ln N along the line of equal loss, up to a positive factor:
    // 1 + served/D − αA·N^−α/(βB·D^−β). It rises from below 0 near the smallest model that reaches
    // the loss to at least 0 at the optimum of training alone.
    var low = naturalLogarithm(smallest)
    var high = naturalLogarithm(unaware.parameters)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      let parameters = exponential(middle)
      guard let tokens = tokens(forLoss: target, parameters: parameters) else {
        low = middle
        continue
      }
      let worth: Double = parameterExponent * parameterTerm(parameters)
      let price: Double = (1 + served / tokens) * tokenExponent * tokenTerm(tokens)
      if worth > price { low = middle } else { high = middle }
    }
    let parameters = exponential(high)
    guard let tokens = tokens(forLoss: target, parameters: parameters) else { return nil }
    return LifetimeOptimum(
      parameters: parameters, tokens: tokens, lifetimeCost: cost(parameters, tokens),
      costWithoutForesight: cost(unaware.parameters, unaware.tokens))
  }
}
