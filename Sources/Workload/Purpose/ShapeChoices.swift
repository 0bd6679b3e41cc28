/// Every shape of the ladder with its quality and what its purpose asks of it: what a budget chooses
/// from.
///
/// A planner that knows what tokens cost on a cluster asks it so:
///
///     let choices = ShapeChoices(law: law, purpose: .init(.serve), uniqueTokens: 40e12)
///     for choice in choices.all {
///       let tokens = min(affordable(choice.rung.shape), choices.mostTokens)
///       guard tokens >= choice.leastTokens else { continue }
///       let worth = choices.effectiveCompute(choice, tokens: tokens)  // greatest wins
///     }
///
/// The shapes, their least tokens and their quality do not depend on the budget, and the effective
/// compute of each rises with its tokens: so does the best of them with the budget.
public struct ShapeChoices: Sendable {
  /// One shape that may be trained.
  public struct Choice: Sendable {
    public var rung: ShapeLadder.Rung
    public var quality: ShapeLoss
    /// It is not worth training on fewer tokens; 0 for the one with the fewest active parameters, so
    /// that the smallest budget has a choice.
    public var leastTokens: Double
  }

  /// Which shapes are chosen from.
  public enum Kinds: Hashable, Sendable {
    case all
    case dense
    /// Mixtures of which one of `ShapeLadder.shares` is active.
    case share(Double)
    /// One shape alone, whatever its purpose admits: only its tokens are chosen.
    case only(TransformerArchitecture)
  }

  public let law: LossLaw
  public let purpose: Purpose
  /// Different tokens there are; infinite where they never run out.
  public let uniqueTokens: Double
  public let kinds: Kinds
  /// Those that the purpose admits, in the order of the ladder.
  public let all: [Choice]

  /// - Parameters:
  ///   - uniqueTokens: different tokens there are, positive.
  ///   - kinds: dense models alone, mixtures of one share alone, or all.
  public init(
    law: LossLaw = LossLaw(), purpose: Purpose = Purpose(),
    uniqueTokens: Double = Purpose.usualUniqueTokens, kinds: Kinds = .all
  ) {
    self.init(
      law: law, purpose: purpose, uniqueTokens: uniqueTokens, kinds: kinds,
      leastTokensFor: uniqueTokens)
  }

  /// - Parameter stock: the different tokens that least tokens are reckoned with.
  private init(
    law: LossLaw, purpose: Purpose, uniqueTokens: Double, kinds: Kinds,
    leastTokensFor stock: Double
  ) {
    (self.law, self.purpose, self.uniqueTokens) = (law, purpose, uniqueTokens)
    self.kinds = kinds
    let rungs =
      switch kinds {
      case .all: ShapeLadder.all
      case .dense: ShapeLadder.dense
      case .share(let share): ShapeLadder.mixtures.filter { $0.share == share }
      case .only(let shape):
        [ShapeLadder.Rung(shape, share: shape.activeParameters / shape.totalParameters)]
      }
    let admitted = rungs.filter {
      rungs.count == 1 || purpose.admits(totalParameters: $0.totalParameters)
    }
    let smallest = admitted.map(\.activeParameters).min()
    all = admitted.map { rung in
      let quality = ShapeLoss(rung.shape, law: law)
      let least = purpose.leastTokens(quality, uniqueTokens: stock)
      let isSmallest = rung.activeParameters == smallest
      return Choice(rung: rung, quality: quality, leastTokens: isSmallest ? 0 : least)
    }
  }

  /// Tokens beyond which further ones, all repeats, are worth nothing.
  public var mostTokens: Double { Purpose.mostPasses * uniqueTokens }

  /// The worth of a choice on so many tokens, in operations of the best dense model.
  public func effectiveCompute(_ choice: Choice, tokens: Double) -> Double {
    choice.quality.effectiveCompute(tokens: tokens, uniqueTokens: uniqueTokens)
  }

  /// A shape on its tokens.
  public struct Answer: Sendable {
    public var rung: ShapeLadder.Rung
    public var tokens: Double
    /// In operations of the best dense model.
    public var effectiveCompute: Double
    /// Operations of training, 6·N·D of the active parameters; less than there is where further passes
    /// over the data are worth nothing.
    public var compute: Double
    /// Passes over the different tokens; 1 or less where none repeats.
    public var passes: Double

    public var tokensPerActiveParameter: Double { tokens / rung.activeParameters }
  }

  /// The best shape and tokens for a training of so many operations, 6·N·D of the active parameters;
  /// nil when nothing is admitted.
  public func best(compute: Double) -> Answer? {
    var best: Answer?
    for choice in all {
      let active = choice.rung.activeParameters
      let tokens: Double = min(compute / (6 * active), mostTokens)
      guard tokens >= choice.leastTokens else { continue }
      let effective = effectiveCompute(choice, tokens: tokens)
      guard effective > best?.effectiveCompute ?? 0 else { continue }
      best = Answer(
        rung: choice.rung, tokens: tokens, effectiveCompute: effective,
        compute: 6 * active * tokens, passes: tokens / uniqueTokens)
    }
    return best
  }
}

extension ShapeChoices {
  /// The choices that can be the best where each shape gets a training of some size within a range,
  /// as on a cluster that runs some shapes more efficiently than others: those that at the upper end
  /// are worth at least what the best is at the lower end. No other can win, so a planner need time
  /// no others on its clusters.
  ///
  /// - Parameter compute: bounds of 6·N·D of the active parameters, operations.
  public func contenders(compute: ClosedRange<Double>) -> [Choice] {
    let sure = best(compute: compute.lowerBound)?.effectiveCompute ?? 0
    return all.filter { choice in
      let active = choice.rung.activeParameters
      let tokens: Double = min(compute.upperBound / (6 * active), mostTokens)
      return tokens >= choice.leastTokens && effectiveCompute(choice, tokens: tokens) >= sure
    }
  }
}

/// What keeps an answer from being better.
public struct BindingLimit: Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Different tokens run out.
    case uniqueTokens
    /// A model that would be better does not fit the serving node.
    case servingNode
    /// The compute, hence the money.
    case compute
  }

  public var kind: Kind
  /// What the answer would be without the limit; for compute, with twice as much.
  public var lifted: ShapeChoices.Answer
  /// Effective compute without the limit over that with it.
  public var gain: Double
}

extension ShapeChoices {
  /// Gains below this are the width of a step of the ladder and no limit.
  static let leastGain = 1.02

  /// What binds a training of so many operations, the greatest gain first; compute is always among
  /// them. Empty when nothing is admitted.
  public func limits(compute: Double) -> [BindingLimit] {
    guard let answer = best(compute: compute) else { return [] }
    var limits: [BindingLimit] = []
    func note(_ kind: BindingLimit.Kind, _ lifted: Answer?) {
      guard let lifted else { return }
      let gain: Double = lifted.effectiveCompute / answer.effectiveCompute
      guard kind == .compute || gain > Self.leastGain else { return }
      limits.append(BindingLimit(kind: kind, lifted: lifted, gain: gain))
    }
    if answer.passes > 1 {
      // As many tokens a shape as now, none of them repeats.
      let plenty = ShapeChoices(
        law: law, purpose: purpose, uniqueTokens: .infinity, kinds: kinds,
        leastTokensFor: uniqueTokens)
      note(.uniqueTokens, plenty.best(compute: compute))
    }
    if purpose.servingNode != nil {
      var unbounded = purpose
      unbounded.servingNode = nil
      let larger = ShapeChoices(
        law: law, purpose: unbounded, uniqueTokens: uniqueTokens, kinds: kinds)
      note(.servingNode, larger.best(compute: compute))
    }
    note(.compute, best(compute: 2 * compute))
    return limits.sorted { $0.gain > $1.gain }
  }
}
