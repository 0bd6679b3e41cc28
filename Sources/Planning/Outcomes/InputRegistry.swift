import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty

/// The uncertain inputs of a plan and how they move together: the catalogue's ranges, the scatter of
/// published runs about the model, and the scenario's own ranges over them.
///
/// Listed prices are contracts and stand as points, unless the scenario gives a provider's a range.
/// Where a figure has no range, or only one end of one, it stands as a point and is not listed.
struct InputRegistry {
  let scenario: Scenario
  let catalog: Catalog
  private(set) var inputs: [PlanInput] = []

  /// - Parameter options: only what one of these depends on is listed.
  init(scenario: Scenario, catalog: Catalog, options: [OptionTraits]) {
    self.scenario = scenario
    self.catalog = catalog
    let source = InputSource(
      scenario: scenario, catalog: catalog,
      ownership: OwnershipAssumptions.standard(from: catalog).at(scenario.owning, catalog),
      options: options)
    let ownsAny = options.contains { $0.route == .buyGPU }
    var rest = InputDeclaration.all[...]
    while let first = rest.first {
      // Families of the same kind that stand together are listed side by side, name by name.
      let family = rest.prefix { $0.scope == first.scope && first.scope != .plan }
      let together = family.isEmpty ? rest.prefix(1) : family
      rest = rest.dropFirst(together.count)
      for item in Self.items(first.scope, source) {
        for declaration in together where ownsAny || declaration.dependents != .owned {
          add(declaration, item, source)
        }
      }
    }
  }

  /// The inputs by their names.
  var byName: [String: PlanInput] {
    Dictionary(uniqueKeysWithValues: inputs.map { ($0.name, $0) })
  }

  /// Names of a family to look at, in order: machines of the options, sellers and servers of the
  /// whole catalogue.
  private static func items(_ scope: InputDeclaration.Scope, _ source: InputSource) -> [String] {
    var seen: Set<String> = []
    switch scope {
    case .plan: return [""]
    case .accelerator:
      return source.options.map(\.accelerator).filter { seen.insert($0).inserted }
    case .generation:
      return source.options.filter { $0.route == .buyGPU }.map(\.generation).filter {
        seen.insert($0).inserted
      }
    case .provider: return Set(source.catalog.offers.map(\.provider)).sorted()
    case .server: return source.catalog.quotes.map(\.id)
    }
  }

  /// Adds the scenario's own range, or else the catalogue's where it has both ends.
  private mutating func add(
    _ declaration: InputDeclaration, _ item: String, _ source: InputSource
  ) {
    guard let belief = declaration.belief(source, item) else { return }
    let name = declaration.name(of: item)
    let isGiven: Bool
    let distribution: Distribution?
    let provenance: Provenance?
    if let given = scenario.spreads[name] {
      isGiven = true
      distribution = (try? given.distribution()).flatMap { $0.isPoint ? nil : $0 }
      provenance = Provenance(source: given.origin.description, asOf: "", grade: .a)
    } else {
      isGiven = false
      distribution = belief.distribution
      provenance = belief.provenance
    }
    guard let distribution, let provenance else { return }
    inputs.append(
      PlanInput(
        name: name, meaning: belief.meaning ?? declaration.meaning(item), unit: declaration.unit,
        distribution: distribution, provenance: provenance, isGiven: isGiven))
  }
}

extension InputRegistry {
  /// How inputs move together: the catalogue's judgements, where both sides are drawn.
  var correlations: [InputCorrelation] {
    let names = Set(inputs.map(\.name))
    func rows(_ id: String, _ pairs: [(String, String)]) -> [InputCorrelation] {
      guard let value = catalog.ownership("correlation/\(id)")?.value.central else { return [] }
      return pairs.filter { names.contains($0.0) && names.contains($0.1) }.map {
        InputCorrelation($0.0, $0.1, value)
      }
    }
    let chips = listed(.throughput)
    let prices = listed(.price)
    let servers = listed(.serverPrice)
    let newChips = chips.filter { name in
      guard let id = InputDeclaration.named(name)?.item, let chip = catalog.accelerator(id) else {
        return false
      }
      return scenario.overheads.stacksInUse.map { !$0.contains(chip.kind) } ?? false
    }
    return rows("mfu--first-use-delay", newChips.map { (InputDeclaration.portingTime.name, $0) })
      + rows("price--availability-wait", prices.map { ($0, InputDeclaration.queueWait.name) })
      + rows("prices-across-providers", Self.pairs(prices) + Self.pairs(servers))
      + rows("residual-value--rent-price", prices.map { (InputDeclaration.residualValue.name, $0) })
  }

  /// Inputs of a family that are listed.
  private func listed(_ family: InputDeclaration) -> [String] {
    inputs.map(\.name).filter { $0.hasPrefix(family.name + ".") }
  }

  private static func pairs(_ names: [String]) -> [(String, String)] {
    names.indices.flatMap { first in
      names.indices.dropFirst(first + 1).map { (names[first], names[$0]) }
    }
  }
}

extension Assessment {
  /// Nil when it has no figures.
  ///
  /// - Parameter generation: of its accelerator.
  func traits(generation: String) -> OptionTraits? {
    outcome.map { outcome in
      OptionTraits(
        route: route, provider: provider, offer: offer, accelerator: accelerator,
        generation: generation, purchase: purchase, throughput: outcome.throughput)
    }
  }
}

extension InputRegistry {
  /// The inputs that assessed options depend on.
  init(scenario: Scenario, catalog: Catalog, assessments: [Assessment]) {
    let options = assessments.compactMap { assessment in
      assessment.traits(
        generation: catalog.accelerator(assessment.accelerator)?.generation ?? "")
    }
    self.init(scenario: scenario, catalog: catalog, options: options)
  }

  /// The inputs that candidates depend on, beside the speeds of machines.
  init(scenario: Scenario, catalog: Catalog, candidates: [Candidate]) {
    self.init(scenario: scenario, catalog: catalog, options: candidates.map(\.traits))
  }
}

extension Candidate {
  var traits: OptionTraits {
    OptionTraits(
      route: route, provider: provider, offer: offerName, accelerator: accelerator.id,
      generation: accelerator.generation, purchase: purchase)
  }
}
