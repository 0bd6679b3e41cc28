import Quantities

/// The law by which shapes are compared: one law for dense models and one for mixtures.
///
/// At most one of each kind can be chosen, by the ids that `PublishedLaws.all` lists:
///
///     let law = try LossLaw(ids: ["hoffmann", "joint"])
public struct LossLaw: Hashable, Sendable {
  /// How a mixture's loss follows from its shape.
  public enum MixtureRule: String, CaseIterable, Hashable, Sendable {
    /// The dense law at leveraged compute (Tian et al., arXiv 2507.17702), the best split moved by the
    /// joint law's ratio of tokens.
    case leverage
    /// The joint law alone (Ludziejewski et al., arXiv 2502.05172), its own dense model for the unit.
    case joint
  }

  public var dense: AdditiveScalingLaw
  public var mixtures: MixtureRule
  /// The compute in operations beyond which the leverage of mixtures is taken to grow no further;
  /// infinite lifts the cap.
  public var leverageCap: Double

  /// The default: the refit of Besiroglu et al. (arXiv 2404.10102), which agrees with Hoffmann's
  /// other two approaches where the original third one doesn't, and the leverage law, the only one
  /// that was shown at more than 1e21 operations; its cap is the largest compute it was shown at.
  public init(
    dense: AdditiveScalingLaw = .besiroglu, mixtures: MixtureRule = .leverage,
    leverageCap: Double = EfficiencyLeverage.largestShownCompute
  ) {
    self.dense = dense
    self.mixtures = mixtures
    self.leverageCap = leverageCap
  }

  /// The law that ids name; a kind of which none is named keeps its default.
  ///
  /// - Throws: `QuantityError` for an unknown id, with the nearest known one, and for two laws of one
  ///   kind.
  public init(ids: [String]) throws(QuantityError) {
    self.init()
    var chosen: [PublishedLaw.Role: String] = [:]
    for id in ids {
      let law = try PublishedLaws.find(id)
      if let other = chosen[law.role] {
        throw QuantityError(
          "\(other) and \(law.id) are both laws of \(law.role.title); choose one of them")
      }
      chosen[law.role] = law.id
      switch law.form {
      case .additive(let constants): dense = constants
      case .mixture(let rule): mixtures = rule
      }
    }
  }
}
