import Catalog
import Economics
import Quantities
import Uncertainty

/// One uncertain input of a plan: what is believed about it, and where that comes from.
public struct PlanInput: Hashable, Sendable {
  /// What a scenario file calls it: `experiments`, `throughput.h100-sxm`.
  public var name: String
  /// What it is, in a few words.
  public var meaning: String
  public var unit: String
  /// In its unit; the median is the value every bill is made with.
  public var distribution: Distribution
  /// Of the range.
  public var provenance: Provenance
  /// Whether the scenario gives the range, in place of the catalogue's.
  public var isGiven: Bool

  /// Its own dimension of the Sobol sequence; nil for a Latin hypercube stream.
  var dimension: Int? {
    InputDeclaration.named(name).flatMap { $0.declaration.dimensions[$0.item] }
  }

  public var median: Double { distribution.value(score: 0) }
}

extension SettledRange {
  /// What the range says: lognormal above 0, else normal, with low and high as the ends of the
  /// interval; a single typical value is certain.
  ///
  /// - Throws: `ScenarioFault` when the numbers contradict each other.
  func distribution() throws(ScenarioFault) -> Distribution {
    do {
      switch (low, typical, high) {
      case (nil, .some(let value), nil): return try .point(value)
      case (.some(let low), let typical, .some(let high)):
        return try .between(low, typical, high, confidence: confidence ?? 0.8)
      default: throw ScenarioFault("needs both low and high, or typical alone")
      }
    } catch let error as DistributionError {
      throw ScenarioFault(error.description)
    } catch let error as ScenarioFault {
      throw error
    } catch {
      throw ScenarioFault("makes no range")
    }
  }

  /// The middle: typical, else the median of what low and high say.
  var median: Double? { (try? distribution())?.value(score: 0) }
}

extension Distribution {
  /// Lognormal where all is above 0, else normal; split where typical is not in the middle.
  static func between(
    _ low: Double, _ typical: Double?, _ high: Double, confidence: Double = 0.8
  ) throws(DistributionError) -> Distribution {
    switch (typical, low > 0) {
    case (.some(let typical), true):
      try .lognormal(low: low, typical: typical, high: high, confidence: confidence)
    case (.some(let typical), false):
      try .normal(low: low, typical: typical, high: high, confidence: confidence)
    case (nil, true): try .lognormal(low: low, high: high, confidence: confidence)
    case (nil, false): try .normal(low: low, high: high, confidence: confidence)
    }
  }
}
