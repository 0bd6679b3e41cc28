import Catalog
import Quantities
import RealModule
import Throughput
import Workload

/// A shape on its tokens, as one cluster trains it.
struct ShapeChoice {
  /// Place in the choices; nil for a model that is given.
  var place: Int?
  var architecture: TransformerArchitecture
  var estimate: ThroughputEstimate
  var tokens: Double
  /// In operations of the best dense model.
  var effectiveCompute: Double
}

extension Sizer {
  /// Share of the 16-bit peak, and days, that say which shape a cluster's speed is measured with: a
  /// cluster of so many chips trains about such a model, whatever the budget.
  static let referenceShare = 0.35
  static let referenceDays = 90.0

  /// What a cluster of a size does at the median, with the team's lag and the goodput in it; nil where
  /// nothing can be trained.
  func clusterSpeed(_ candidate: Candidate, chips: Int, job: TrainingJob?) -> ClusterSpeed? {
    if let job {
      let batch = TrainingJob.shared(job.batchSequences, by: chips, scenario)
      guard
        case .success(let found) = throughput(
          candidate, chips: chips, architecture: job.architecture, batch: batch)
      else { return nil }
      let estimate = model.estimate(found, forTokens: job.tokens)
      return speed(candidate, chips, estimate, perToken: 1)
    }
    let peak: Double = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let compute: Double =
      peak * Double(chips) * Self.referenceShare * Self.referenceDays * 86_400
    guard let shapes, let place = shapes.place(compute: compute) else { return nil }
    let all = shapes.choices.all
    let tokens: Double = compute / (6 * all[place].rung.activeParameters)
    let size = TrainingJob.shared(
      TrainingJob.batchSequences(tokens: tokens, scenario: scenario), by: chips, scenario)
    // What is too large for the memory of a small cluster gives way to the next smaller.
    var tried = place
    for _ in 0..<12 {
      let rung = all[tried].rung
      if case .success(let found) = throughput(
        candidate, chips: chips, architecture: rung.shape, size: tried, batch: size)
      {
        let estimate = model.estimate(found, forTokens: tokens)
        return speed(candidate, chips, estimate, perToken: 6 * rung.activeParameters)
      }
      guard let next = shapes.choices.smaller(than: tried) else { return nil }
      tried = next
    }
    return nil
  }

  private func speed(
    _ candidate: Candidate, _ chips: Int, _ estimate: ThroughputEstimate, perToken: Double
  ) -> ClusterSpeed {
    let doubt = SpeedDoubt(estimate, team(candidate))
    return ClusterSpeed(
      chips: chips, workPerChipDay: perToken * tokensPerChipDay(candidate, estimate), doubt: doubt)
  }

  /// Tokens of a chip in a day, the team's lag and the goodput in.
  func tokensPerChipDay(_ candidate: Candidate, _ estimate: ThroughputEstimate) -> Double {
    let rate: Double = estimate.tokensPerSecondPerChip.p50 * estimate.goodput.p50
    return rate * team(candidate).lag * 86_400
  }

  /// How far the team stays behind on a candidate's chip.
  func team(_ candidate: Candidate) -> TeamDoubt {
    let chip = candidate.accelerator
    if let known = teams[chip.id] { return known }
    let found = TeamDoubt(
      chip, isMeasured: catalog.measured.contains { $0.id == chip.id },
      isGiven: scenario.spreads[InputDeclaration.throughput.name(of: chip.id)] != nil,
      catalog: catalog)
    teams[chip.id] = found
    return found
  }

  /// The best model that a cluster trains in so much of its time.
  ///
  /// - Parameters:
  ///   - chipDays: of machine time at the median speed, experiments taken off.
  ///   - expected: operations that the cluster is thought to do in it.
  /// - Returns: nil when no shape can be trained there, or none on enough tokens.
  func bestShape(
    _ candidate: Candidate, chips: Int, chipDays: Double, expected: Double
  ) -> ShapeChoice? {
    guard let shapes else { return nil }
    var compute = expected
    var best: ShapeChoice?
    var tried: Set<Int> = []
    // What is expected is corrected by what the shape does there; then its neighbours are tried.
    for _ in 0..<4 {
      guard let place = shapes.place(compute: compute) else { break }
      var isNew = false
      for next in shapes.choices.neighbours(of: place) where tried.insert(next).inserted {
        isNew = true
        guard
          let choice = choice(
            candidate, chips: chips, chipDays: chipDays, place: next,
            among: shapes.choices)
        else { continue }
        if choice.effectiveCompute > best?.effectiveCompute ?? 0 { best = choice }
      }
      guard isNew else { break }
      guard let found = best, let place = found.place else {
        // All too large for the tokens or the memory: the next smaller ones.
        compute /= 2
        continue
      }
      let active = shapes.choices.all[place].rung.activeParameters
      compute = 6 * active * tokensPerChipDay(candidate, found.estimate) * chipDays
    }
    return best
  }

  private func choice(
    _ candidate: Candidate, chips: Int, chipDays: Double, place: Int, among shapes: ShapeChoices
  ) -> ShapeChoice? {
    let option = shapes.all[place]
    let active = option.rung.activeParameters
    let peak: Double = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let about: Double = peak * chipDays * Self.referenceShare * 86_400 / (6 * active)
    let batch = TrainingJob.shared(
      TrainingJob.batchSequences(tokens: about, scenario: scenario), by: chips, scenario)
    guard
      case .success(let found) = throughput(
        candidate, chips: chips, architecture: option.rung.shape, size: place, batch: batch)
    else { return nil }
    let estimate = model.estimate(found, forTokens: about)
    let affordable: Double = tokensPerChipDay(candidate, estimate) * chipDays
    let tokens = Self.rounded(min(affordable, shapes.mostTokens))
    guard tokens >= option.leastTokens * 0.99, tokens > 0 else { return nil }
    return ShapeChoice(
      place: place, architecture: option.rung.shape, estimate: estimate, tokens: tokens,
      effectiveCompute: shapes.effectiveCompute(option, tokens: tokens))
  }
}

extension ShapeChoices {
  /// The place of a shape of the same kind with about two thirds of the active parameters.
  func smaller(than place: Int) -> Int? {
    let rung = all[place].rung
    return all.indices.last {
      all[$0].rung.share == rung.share
        && all[$0].rung.activeParameters <= 0.67 * rung.activeParameters
    }
  }

  /// Shapes of the same kind that are a little smaller or larger, and the shape itself.
  func neighbours(of place: Int) -> [Int] {
    let share = all[place].rung.share
    return [0, -1, 1, -2, 2, -4, 3].map { place + $0 }.filter {
      all.indices.contains($0) && all[$0].rung.share == share
    }
  }
}
