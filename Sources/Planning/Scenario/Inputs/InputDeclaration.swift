import Catalog
import Economics
import Quantities
import Throughput
import Uncertainty

/// What an uncertain input multiplies in the outcome of an option.
///
/// `server` and those after it are of what is bought alone: a world fills in no others for a rental.
enum Factor: Int, CaseIterable, Sendable {
  /// Rent of the provider.
  case price
  /// All computing over the final run's.
  case experiments
  /// Work and time to port to a new stack.
  case porting
  /// Wait in a flex-start queue.
  case queueWait
  /// Price of the server bought.
  case server
  /// How fast its value is lost, or the value left where that is given.
  case residual
  case electricity, colocation, staff, maintenance
  /// Weeks from order to delivery.
  case leadTime
  /// Weeks from delivery to running.
  case installation
  case burnIn

  /// How many there are.
  @inline(__always) static var count: Int { Factor.burnIn.rawValue + 1 }
}

/// All there is to say of one uncertain input, or of a family with one input an accelerator,
/// provider, server or generation: what a scenario file calls it, what it multiplies, where its range
/// comes from, and the words for it. Sampling, sizing, sensitivity and scenario files read it here.
struct InputDeclaration: Sendable {
  /// What there is one input of.
  enum Scope: Sendable {
    case plan, accelerator, provider, server, generation
  }

  /// Which options depend on it.
  enum Dependents: Sendable {
    case all, rented, owned
  }

  /// What else than the length of the run moves with it, for sizing under a chance.
  struct Effects: OptionSet, Sendable {
    let rawValue: Int
    static let money = Effects(rawValue: 1)
    static let time = Effects(rawValue: 2)
  }

  /// How a drawn value becomes a factor.
  enum FactorForm: Sendable {
    /// Over the median.
    case overMedian
    /// A curve of values is bent: its rate of decay is the logarithm's of what is left.
    case decay
    /// The value itself.
    case asDrawn
  }

  /// What is believed, where it is listed at all.
  struct Belief {
    /// Nil where only a scenario's own range makes it uncertain.
    var distribution: Distribution?
    var provenance: Provenance?
    /// Words in place of the declaration's.
    var meaning: String?

    init(
      distribution: Distribution? = nil, provenance: Provenance? = nil, meaning: String? = nil
    ) {
      self.distribution = distribution
      self.provenance = provenance
      self.meaning = meaning
    }

    /// A range with both ends and a middle; one that lacks any makes nothing uncertain.
    init(range: Interval, provenance: Provenance, meaning: String? = nil) {
      self.init(provenance: provenance, meaning: meaning)
      if let low = range.low, let middle = range.typical, let high = range.high {
        distribution = try? .between(low, middle, high)
      }
    }
  }

  /// The name in scenario files, of a family the part before the dot.
  let name: String
  let scope: Scope
  let dependents: Dependents
  let unit: String
  /// What it is, in a few words, for a name of its family.
  let meaning: @Sendable (_ item: String) -> String
  /// Nil where it acts through the length of the run or the constants of the scaling law.
  let multiplies: Factor?
  let effects: Effects
  /// The field of a scenario that sets its middle; nil where none does.
  let scenarioKey: String?
  /// Dimensions of the Sobol sequence by name of its family (empty for the plan), never another
  /// input's; all other inputs are Latin hypercube streams.
  let dimensions: [String: Int]
  /// What `low`, `typical` and `high` of a scenario's own range can be, and what they are for anybody
  /// who means them (a judgement; grade D); nil where nothing is said.
  let bounds: Bounds?
  /// Whether a scenario can give its range.
  let isGivable: Bool
  let form: @Sendable (Scenario) -> FactorForm
  /// What the catalogue and the scenario say of it; nil where it isn't listed.
  let belief: @Sendable (InputSource, _ item: String) -> Belief?
  /// Puts the middle of a given range where the figure it replaces is read from.
  let settle: @Sendable (inout SettledFigures, _ item: String, Interval, _ median: Double) -> Void

  init(
    _ name: String, one scope: Scope = .plan, of dependents: Dependents = .all, unit: String,
    meaning: @escaping @Sendable (String) -> String, multiplies: Factor? = nil,
    effects: Effects = [], scenarioKey: String? = nil, dimensions: [String: Int] = [:],
    bounds: Bounds? = nil, isGivable: Bool = true,
    form: @escaping @Sendable (Scenario) -> FactorForm = { _ in .overMedian },
    belief: @escaping @Sendable (InputSource, String) -> Belief?,
    settle: @escaping @Sendable (inout SettledFigures, String, Interval, Double) -> Void = {
      _, _, _, _ in
    }
  ) {
    self.name = name
    self.scope = scope
    self.dependents = dependents
    self.unit = unit
    self.meaning = meaning
    self.multiplies = multiplies
    self.effects = effects
    self.scenarioKey = scenarioKey
    self.dimensions = dimensions
    self.bounds = bounds
    self.isGivable = isGivable
    self.form = form
    self.belief = belief
    self.settle = settle
  }

  /// The name of the input of one accelerator, provider, server or generation.
  func name(of item: String) -> String { item.isEmpty ? name : "\(name).\(item)" }

  /// The names of its family, all that the catalogue knows.
  func items(_ catalog: Catalog) -> [String] {
    switch scope {
    case .plan: [""]
    case .accelerator: catalog.accelerators.map(\.id)
    case .provider: Set(catalog.offers.map(\.provider)).sorted()
    case .server: catalog.quotes.map(\.id)
    case .generation: OwnershipAssumptions.standard(from: catalog).leadWeeks.keys.sorted()
    }
  }
}

/// An option as far as its inputs depend on it.
struct OptionTraits {
  var route: Route
  var provider: String
  var offer: String
  var accelerator: String
  var generation: String
  var purchase: Purchase
  /// Nil before it is known.
  var throughput: ThroughputEstimate?
}

/// What ranges are read from.
struct InputSource {
  let scenario: Scenario
  let catalog: Catalog
  let ownership: OwnershipAssumptions
  /// The options that are looked at.
  let options: [OptionTraits]

  typealias Belief = InputDeclaration.Belief

  /// A row of the catalogue, its middle the geometric one.
  func row(_ id: String) -> Belief? {
    guard let row = catalog.ownership(id) else { return nil }
    return Belief(
      range: Interval(
        low: row.value.low, typical: row.value.geometricCentral, high: row.value.high),
      provenance: row.provenance)
  }

  /// A figure of owning; nil where there is none.
  func figure(_ figure: Sourced?) -> Belief? {
    guard let figure else { return nil }
    return Belief(
      range: Interval(
        low: figure.value.low, typical: figure.value.central, high: figure.value.high),
      provenance: figure.provenance)
  }

  /// The estimate of an accelerator's speed, once it is known.
  func estimate(_ accelerator: String) -> ThroughputEstimate? {
    options.first { $0.accelerator == accelerator }?.throughput
  }

  /// A range about 1, as published runs scatter about the model.
  func scatter(_ range: Percentiles, _ estimate: ThroughputEstimate) -> Belief {
    Belief(
      range: Interval(low: range.p10 / range.p50, typical: 1, high: range.p90 / range.p50),
      provenance: Provenance(
        source: "scatter of published runs about the model", asOf: "", grade: estimate.evidence))
  }

  /// Whether an option's software stack is one the team has not used.
  func isNewStack(_ option: OptionTraits) -> Bool {
    guard let used = scenario.overheads.stacksInUse,
      let chip = catalog.accelerator(option.accelerator)
    else { return false }
    return !used.contains(chip.kind)
  }
}
