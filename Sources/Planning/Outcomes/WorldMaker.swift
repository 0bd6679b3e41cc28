import Catalog
import Synchronization
import Uncertainty

/// Draws the worlds of a plan, and says which of their columns an option reads.
struct WorldMaker: Sendable {
  private(set) var inputs: [PlanInput]
  private(set) var sampler: Sampler
  /// How each input becomes a factor.
  private var forms: [InputDeclaration.FactorForm]
  private let generations: [String: String]

  /// - Parameters:
  ///   - assessments: the options.
  ///   - seed: nil takes the scenario's.
  /// - Throws: `SamplerError`.
  init(_ assessments: [Assessment], scenario: Scenario, catalog: Catalog) throws {
    let registry = InputRegistry(scenario: scenario, catalog: catalog, assessments: assessments)
    inputs = registry.inputs
    sampler = try Sampler(
      inputs: inputs.map {
        UncertainInput($0.name, $0.distribution, dimension: $0.dimension)
      }, correlations: registry.correlations, seed: scenario.seed)
    forms = inputs.map {
      InputDeclaration.named($0.name)?.declaration.form(scenario) ?? .overMedian
    }
    var generations: [String: String] = [:]
    for chip in catalog.accelerators { generations[chip.id] = chip.generation }
    self.generations = generations
  }

  /// The same with some of the inputs.
  ///
  /// - Parameter kept: their indices, ascending.
  init(_ other: WorldMaker, keeping kept: [Int], sampler: Sampler) {
    self = other
    inputs = kept.map { other.inputs[$0] }
    forms = kept.map { other.forms[$0] }
    self.sampler = sampler
  }

  /// Draws of one thread at a time.
  private static let drawsAtOnce = 4096

  /// The first worlds; the same whatever the number of threads.
  func worlds(_ count: Int, threads: Int? = nil) -> Worlds {
    let pieces = (count + Self.drawsAtOnce - 1) / Self.drawsAtOnce
    let parts = Mutex([Worlds?](repeating: nil, count: pieces))
    Workers.run(pieces, threads: threads) { next in
      while let piece = next() {
        let start = piece * Self.drawsAtOnce
        let part = worlds(sampler.draws(start..<min(count, start + Self.drawsAtOnce)))
        parts.withLock { $0[piece] = part }
      }
    }
    return Worlds.joined(parts.withLock { $0.compactMap { $0 } })
      ?? worlds(sampler.draws(0..<0))
  }

  /// The worlds of some draws.
  func worlds(_ draws: Draws) -> Worlds {
    Worlds(inputs, draws: draws, forms: forms)
  }

  /// The world of given values of the inputs.
  func world(_ values: [Double]) -> Worlds {
    Worlds(inputs, values: values, forms: forms)
  }

  /// The columns of an option.
  func columns(_ assessment: Assessment, in worlds: Worlds) -> WorldColumns {
    WorldColumns(
      assessment.inputs(generation: generations[assessment.accelerator] ?? ""),
      isOwned: assessment.route == .buyGPU,
      goodput: assessment.outcome?.throughput.goodput.p50 ?? 1, in: worlds)
  }
}

extension WorldMaker {
  /// Names of the inputs that an option's figures depend on.
  func columnNames(_ assessment: Assessment) -> Set<String> {
    assessment.inputs(generation: generations[assessment.accelerator] ?? "").all
  }
}

extension Assessment {
  /// - Parameter generation: of its accelerator.
  func inputs(generation: String) -> OptionInputs {
    OptionInputs(
      route: route, provider: provider, offer: offer, accelerator: accelerator,
      generation: generation)
  }
}
