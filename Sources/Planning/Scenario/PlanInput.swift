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

  public var median: Double { distribution.value(score: 0) }
}

/// The names that ranges can be given for.
enum InputNames {
  static let experiments = "experiments"
  static let residualValue = "residual_value"
  static let loss = "loss"
  static let portingTime = "porting_time"
  static let electricity = "electricity"
  static let colocation = "colocation"
  static let staff = "staff"
  static let maintenance = "maintenance"
  static let installationTime = "installation_time"
  static let burnInTime = "burn_in_time"
  static let queueWait = "queue_wait"

  static func throughput(_ accelerator: String) -> String { "throughput.\(accelerator)" }
  static func goodput(_ accelerator: String) -> String { "goodput.\(accelerator)" }
  static func price(_ provider: String) -> String { "price.\(provider)" }
  static func serverPrice(_ quote: String) -> String { "server_price.\(quote)" }
  static func leadTime(_ generation: String) -> String { "lead_time.\(generation)" }

  /// Dimensions of the Sobol sequence, one an input and never another's; all other inputs are Latin
  /// hypercube streams.
  static let dimensions: [String: Int] = [
    experiments: 0, residualValue: 1, loss: 2, portingTime: 3, electricity: 4, colocation: 5,
    staff: 6, maintenance: 7, installationTime: 8, burnInTime: 9, queueWait: 10,
    price("aws"): 11, price("gcp"): 12,
  ]

  /// Every name a range can be given for.
  static func all(_ catalog: Catalog) -> [String] {
    let fixed = [
      experiments, residualValue, portingTime, electricity, colocation, staff, maintenance,
      installationTime, burnInTime, queueWait,
    ]
    let chips = catalog.accelerators.map(\.id)
    let generations = OwnershipAssumptions.standard(from: catalog).leadWeeks.keys.sorted()
    let providers = Set(catalog.offers.map(\.provider)).sorted()
    var names: [String] = fixed + chips.map(throughput)
    names += chips.map(goodput)
    names += providers.map(price)
    names += catalog.quotes.map { serverPrice($0.id) }
    names += generations.map(leadTime)
    return names
  }

  /// - Throws: `ScenarioFault` with the nearest name when there is no such input.
  static func check(_ name: String, _ catalog: Catalog) throws(ScenarioFault) {
    let known = all(catalog)
    guard !known.contains(name) else { return }
    let near = NearMiss.closest(to: name, among: known)
    throw ScenarioFault(
      "“\(Magnitude.printable(name))” is no uncertain input"
        + (near.map { "; did you mean \($0)?" } ?? "; plan sensitivity lists them"))
  }
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
