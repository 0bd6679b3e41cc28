/// A law of the form L = E + A·N^−α + B·D^−β: the loss of a model of N parameters trained on D
/// tokens (Hoffmann et al. 2022, arXiv 2203.15556, section 3.3).
///
/// Losses are cross-entropies in nats per token and compare only within one law. Parameters are
/// counted whole, embeddings included; compute is 6·N·D operations.
public struct AdditiveScalingLaw: Hashable, Sendable {
  /// The word that names the set of constants.
  public var id: String
  /// E, the loss that no model and no data remove.
  public var irreducibleLoss: Double
  /// A.
  public var parameterCoefficient: Double
  /// B.
  public var tokenCoefficient: Double
  /// α.
  public var parameterExponent: Double
  /// β.
  public var tokenExponent: Double

  public init(
    id: String, irreducibleLoss: Double, parameterCoefficient: Double, tokenCoefficient: Double,
    parameterExponent: Double, tokenExponent: Double
  ) {
    self.id = id
    self.irreducibleLoss = irreducibleLoss
    self.parameterCoefficient = parameterCoefficient
    self.tokenCoefficient = tokenCoefficient
    self.parameterExponent = parameterExponent
    self.tokenExponent = tokenExponent
  }

  /// Loss in nats per token.
  public func loss(parameters: Double, tokens: Double) -> Double {
    irreducibleLoss + parameterTerm(parameters) + tokenTerm(tokens)
  }

  /// A·N^−α, what the model's finite size costs.
  public func parameterTerm(_ parameters: Double) -> Double {
    parameterCoefficient * power(parameters, -parameterExponent)
  }

  /// B·D^−β, what the finite data costs.
  public func tokenTerm(_ tokens: Double) -> Double {
    tokenCoefficient * power(tokens, -tokenExponent)
  }

  /// G of Hoffmann et al., equation 4: N* = G·(C/6)^a.
  var balance: Double {
    let ratio: Double =
      parameterExponent * parameterCoefficient / (tokenExponent * tokenCoefficient)
    return power(ratio, 1 / (parameterExponent + tokenExponent))
  }

  /// a, the exponent of compute in the best number of parameters; that of tokens is 1 − a.
  public var parameterShare: Double { tokenExponent / (parameterExponent + tokenExponent) }

  /// The model and data with the least loss for a compute of 6·N·D operations.
  public func optimum(compute: Double) -> ComputeOptimum {
    let product: Double = compute / 6
    let parameters: Double = balance * power(product, parameterShare)
    let tokens: Double = product / parameters
    return ComputeOptimum(
      parameters: parameters, tokens: tokens, loss: loss(parameters: parameters, tokens: tokens))
  }

  /// The tokens for which a model of this size is the best use of the compute it takes.
  public func tokens(for parameters: Double) -> Double {
    let scale: Double =
      tokenExponent * tokenCoefficient / (parameterExponent * parameterCoefficient)
    return power(scale * power(parameters, parameterExponent), 1 / tokenExponent)
  }

  /// The tokens at which a model of this size reaches a loss; nil when it never does.
  public func tokens(forLoss target: Double, parameters: Double) -> Double? {
    let left: Double = target - irreducibleLoss - parameterTerm(parameters)
    guard left > 0 else { return nil }
    return power(tokenCoefficient / left, 1 / tokenExponent)
  }

  /// The least compute in operations that reaches a loss; nil at or below the irreducible loss.
  ///
  /// On the frontier L* − E = K·(C/6)^−γ with γ = αβ/(α+β), which inverts in closed form.
  public func compute(forLoss target: Double) -> Double? {
    let left: Double = target - irreducibleLoss
    guard left > 0 else { return nil }
    let scale: Double = parameterTerm(balance) + tokenTerm(1 / balance)
    let decay: Double =
      parameterExponent * tokenExponent / (parameterExponent + tokenExponent)
    return 6 * power(scale / left, 1 / decay)
  }

  /// The numbers of parameters that, at a fixed compute, lose at most a share of the optimum's loss.
  ///
  /// The optimum is flat; the band says how much freedom that leaves.
  /// - Parameter excess: the share, for example 0.005 for half a percent; not negative.
  public func isoLossBand(compute: Double, excess: Double = 0.005) -> ClosedRange<Double> {
    let best = optimum(compute: compute)
    let limit: Double = best.loss * (1 + excess)
    // Loss at fixed compute is convex in ln N, so each side crosses the limit once.
    func edge(_ direction: Double) -> Double {
      var inside = 0.0
      var outside = 1.0
      func isInside(_ distance: Double) -> Bool {
        let parameters: Double = best.parameters * exponential(direction * distance)
        return loss(parameters: parameters, tokens: compute / (6 * parameters)) <= limit
      }
      while isInside(outside) && outside < 64 { outside *= 2 }
      for _ in 0..<50 {
        let middle = (inside + outside) / 2
        if isInside(middle) { inside = middle } else { outside = middle }
      }
      return best.parameters * exponential(direction * inside)
    }
    return edge(-1)...max(edge(-1), edge(1))
  }

  /// How much more loss a model and its data have than the best use of the same compute.
  public func excessLoss(parameters: Double, tokens: Double) -> Double {
    loss(parameters: parameters, tokens: tokens)
      - optimum(compute: 6 * parameters * tokens).loss
  }

  /// How many times the least compute for its loss a model and its data take; 1 at the optimum.
  public func computeFactor(parameters: Double, tokens: Double) -> Double {
    let reached = loss(parameters: parameters, tokens: tokens)
    // The loss of finite parameters and tokens is above E, so the compute is known.
    guard let least = compute(forLoss: reached) else { return 1 }
    return max(1, 6 * parameters * tokens / least)
  }
}

/// The best model and data for a compute.
public struct ComputeOptimum: Hashable, Sendable {
  public var parameters: Double
  public var tokens: Double
  /// In nats per token.
  public var loss: Double

  public init(parameters: Double, tokens: Double, loss: Double) {
    self.parameters = parameters
    self.tokens = tokens
    self.loss = loss
  }

  public var tokensPerParameter: Double { tokens / parameters }
}
