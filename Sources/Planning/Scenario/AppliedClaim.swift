import Catalog
import Quantities

/// Somebody's statement, taken for true: a hypothesis laid over the base case, never part of it.
public struct AppliedClaim: Hashable, Sendable {
  /// What is taken to be different on the chips it speaks of.
  public enum Effect: Hashable, Sendable {
    /// Work done in the same time, times the base case's.
    case output(Double)
    /// Prices, times the base case's.
    case cost(Double)
    /// Model FLOPs utilization, whatever the base case's.
    case utilization(Double)
    /// US dollars a chip-hour rented.
    case price(Double)
  }

  /// The claim's id in the catalogue.
  public var id: String
  public var effect: Effect
  public var route: Route
  /// The accelerator it speaks of; empty for all of the route.
  public var accelerator: String
  public var grade: EvidenceGrade

  /// Whether it touches what runs on an accelerator over a route.
  public func touches(route: Route, accelerator: String) -> Bool {
    route == self.route && (self.accelerator.isEmpty || self.accelerator == accelerator)
  }

  /// `apple-trn2-pretrain: output × 1.5`.
  public var badge: String {
    let what =
      switch effect {
      case .output(let factor): "output × \(Decimals.shortest(factor))"
      case .cost(let factor): "cost × \(Decimals.shortest(factor))"
      case .utilization(let share): "MFU \(Decimals.fixed(share * 100, 1)) %"
      case .price(let dollars): "$\(Decimals.shortest(dollars)) a chip-hour"
      }
    return "\(id): \(what)"
  }

  /// The factor it is applied with, as `init(parsing:catalog:)` takes it; nil where only the claim's
  /// own figure can be meant.
  public var factor: Double? {
    switch effect {
    case .output(let factor) where factor >= 1 && factor < 100: factor
    case .cost(let factor) where factor > 0.01 && factor < 1: factor
    default: nil
    }
  }

  /// `id` or `id=factor`, which reads back as the same claim.
  public var text: String {
    factor.map { "\(id)=\(Decimals.shortest($0))" } ?? id
  }

  /// Reads `id` or `id=factor`.
  ///
  /// Without a factor the claim's own figure is taken, its typical value or else the end it states.
  /// A gain in efficiency or in work for the money is read as more output, a saving as less cost. A
  /// factor above 1 multiplies output, one below 1 the cost. Ratios against another machine say
  /// nothing about this plan's base case and need a factor.
  ///
  /// - Throws: `ScenarioFault` when there is no such claim or it can't be applied that way.
  public init(parsing text: String, catalog: Catalog) throws(ScenarioFault) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let claim = catalog.claims.first(where: { $0.id == name }) else {
      let near = NearMiss.closest(to: name, among: catalog.claims.map(\.id))
      throw ScenarioFault(
        "“\(Magnitude.printable(name))” is no claim"
          + (near.map { "; did you mean \($0)?" } ?? "; plan catalog claims lists them"))
    }
    guard let route = Route(rawValue: claim.route) else {
      throw ScenarioFault("\(name) speaks of no route and can't be applied; it is there to be read")
    }
    id = name
    self.route = route
    accelerator = claim.accelerator
    grade = claim.provenance.grade
    if parts.count == 2 {
      effect = try Self.given(String(parts[1]), name)
    } else if let stated = Self.stated(claim) {
      effect = stated
    } else {
      throw ScenarioFault(
        "\(name) compares \(claim.subject) with \(claim.baseline.isEmpty ? "nothing" : claim.baseline)"
          + ", not with this plan's base case; give the factor, as in --claim \(name)=1.5")
    }
  }

  private static func given(_ text: String, _ name: String) throws(ScenarioFault) -> Effect {
    guard let factor = try? Magnitude.parse(text, as: "a factor"), factor > 0.01, factor < 100
    else {
      throw ScenarioFault(
        "--claim \(name)=\(Magnitude.printable(text)): give a factor, above 1 on output (1.5) or "
          + "below 1 on cost (0.5)")
    }
    return factor < 1 ? .cost(factor) : .output(factor)
  }

  private static func stated(_ claim: Claim) -> Effect? {
    guard let value = claim.value.typical ?? claim.value.high ?? claim.value.low else { return nil }
    switch claim.metric {
    case "efficiency_gain_fraction", "price_performance_gain_fraction": return .output(1 + value)
    case "cost_saving_fraction", "cost_to_train_saving_fraction", "tco_saving_fraction":
      return .cost(1 - value)
    case "price_change_fraction": return .cost(1 + value)
    case "mfu_fraction": return .utilization(value)
    case "price_usd_per_chip_hour": return .price(value)
    default: return nil
    }
  }
}
