import Quantities
import Catalog
import Workload

/// Predicts how fast a model trains on a machine, and finds the strategy that trains it fastest.
///
///     let model = ThroughputModel.builtIn
///     let result = model.best(
///       architecture: architecture, sequenceLength: 8192, globalBatchSequences: 2048,
///       precision: .bf16, accelerator: h100, chips: 1024, chipsPerSlice: nil)
///
/// The step-time model adds up, kind by kind of layer, matrix products, grouped products of experts,
/// core attention, scans, elementwise operations, casts and exposed transfers, joins them with the time
/// that the host takes to launch them, then adds the pipeline, data parallelism, the optimizer and
/// stragglers. Shapes of its curves are those of measured kernels (`kernel-curves.csv`), levels are
/// fitted on published runs (`calibration.csv`), software has a class (`software.csv`), ranges come
/// from families of runs left out of the fit (`error-scale.csv`, `residuals.csv`).
public struct ThroughputModel: Sendable {
  var calibration: Calibration
  var residuals: Residuals
  var errors: ErrorScale

  /// The model with the calibration that is built in.
  public static let builtIn: ThroughputModel = {
    do {
      return try ThroughputModel(
        calibration: Calibration.read(text: EmbeddedTables.text(Calibration.fileName)),
        residuals: Residuals.read(text: EmbeddedTables.text(Residuals.fileName)),
        errors: ErrorScale.read(text: EmbeddedTables.text(ErrorScale.fileName)))
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// Finds the strategy with the shortest step among those of a coarse grid, quickly.
  ///
  /// - Parameters:
  ///   - sequenceLength: tokens of a sequence.
  ///   - globalBatchSequences: sequences of one optimizer step.
  ///   - chips: chips of the job.
  ///   - chipsPerSlice: chips of one TPU slice; nil for the largest slice sold.
  ///   - software: what trains; nil for what is usual on the chip.
  ///   - memory: what other searches found, which this one adds to: faster where many are like one
  ///     another, with the same result.
  public func best(
    architecture: TransformerArchitecture, sequenceLength: Int, globalBatchSequences: Int,
    precision: Precision, accelerator: Accelerator, chips: Int, chipsPerSlice: Int?,
    software: SoftwareStack? = nil, remembering memory: SearchMemory? = nil
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let job = Job(
      architecture: architecture, sequenceLength: sequenceLength,
      globalBatchSequences: globalBatchSequences, precision: precision, software: software)
    do throws(Infeasibility) {
      let timer = try self.timer(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice)
      let grid = PlanningGrid(timer: timer)
      let outcome = memory?.search(grid) ?? grid.search()
      guard let layout = outcome.best else {
        return .failure(
          whyNot(outcome, job, accelerator, timer.machine, chipsPerSlice: chipsPerSlice))
      }
      return .success(
        estimate(job, timer, layout, isSearched: true, evaluated: outcome.evaluated))
    } catch {
      return .failure(error)
    }
  }

  /// Times one strategy. The strategy decides how many chips there are.
  ///
  /// A strategy is refused only when its memory would be overfilled by more than the model's own
  /// error even if each layer were computed again from its input; below that the estimate carries a
  /// warning. Software offloads and recomputes what no strategy names.
  ///
  /// - Parameters:
  ///   - isSearched: whether a search chose the strategy.
  ///   - recomputesAsNeeded: whether recomputation is raised from the strategy's as far as memory asks.
  public func estimate(
    strategy: ParallelismStrategy, architecture: TransformerArchitecture, sequenceLength: Int,
    globalBatchSequences: Int, accelerator: Accelerator, chipsPerSlice: Int?,
    isSearched: Bool = false, software: SoftwareStack? = nil, recomputesAsNeeded: Bool = false
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let job = Job(
      architecture: architecture, sequenceLength: sequenceLength,
      globalBatchSequences: globalBatchSequences, precision: strategy.precision,
      software: software)
    do throws(Infeasibility) {
      let chips = try Self.chips(of: strategy, accelerator)
      let timer = try self.timer(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice)
      var layout = Layout(strategy)
      try Self.check(layout, timer.problem, timer.machine)
      let usable = timer.machine.memoryBytes * MemoryUse.usableShare
      let most: Double = usable * (1 + MemoryUse.errorShare)
      if recomputesAsNeeded {
        for recompute in Recompute.allCases where timer.memory(layout).total > usable {
          layout.recompute = recompute
        }
        if timer.memory(layout).total > usable { layout.recompute = strategy.recompute }
      }
      var least = layout
      least.recompute = .full
      guard timer.memory(least).total <= most else {
        throw Self.outOfMemory(
          timer.memory(least), timer.machine,
          nearestChange: cure(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice))
      }
      var result = estimate(job, timer, layout, isSearched: isSearched, evaluated: 1)
      let memory = timer.memory(layout)
      if memory.total > usable {
        let reason = Self.outOfMemory(memory, timer.machine, nearestChange: nil).message
        result.warnings.append(
          reason + " That is within what software saves by recomputing and offloading more.")
      }
      return .success(result)
    } catch {
      return .failure(error)
    }
  }

  /// What is trained, step by step.
  struct Job: Hashable, Sendable {
    var architecture: TransformerArchitecture
    var sequenceLength: Int
    var globalBatchSequences: Int
    var precision: Precision
    /// nil for what is usual on the chip.
    var software: SoftwareStack?
  }

  /// The recipe that the field trains with on an accelerator, as of the published runs of 2026; 16 bits
  /// where the accelerator's rates are unknown.
  public static func usualPrecision(_ accelerator: Accelerator) -> Precision {
    (try? Machine(accelerator: accelerator, chips: 1))?.usualPrecision ?? .bf16
  }

  func timer(
    _ job: Job, _ accelerator: Accelerator, chips: Int, chipsPerSlice: Int?
  ) throws(Infeasibility) -> LayerTimer {
    let (sequence, batch) = (job.sequenceLength, job.globalBatchSequences)
    guard sequence >= 1, batch >= 1 else {
      throw Infeasibility(
        code: "input", message: "A step needs at least one sequence of one token.",
        limit: Double(min(sequence, batch)), needed: 1, unit: "sequences")
    }
    let machine = try Machine(
      accelerator: accelerator, chips: chips, chipsPerSlice: chipsPerSlice)
    let problem = StepProblem(
      architecture: job.architecture, sequenceLength: sequence, globalBatchSequences: batch,
      precision: job.precision)
    let software =
      job.software
      ?? SoftwareTable.builtIn.usual(machine.kind, generation: machine.generation)
    return LayerTimer(
      problem: problem, machine: machine,
      parameters: calibration.parameters(for: machine, software), software: software,
      roundsUp: true)
  }

  /// Share of exposed transfers of a usual searched layout.
  private static let usualExposedShare = 0.1

  /// Turns a layout's step time into an estimate with ranges.
  func estimate(
    _ job: Job, _ timer: LayerTimer, _ layout: Layout, isSearched: Bool, evaluated: Int
  ) -> ThroughputEstimate {
    let machine = timer.machine
    let step = timer.step(layout, isSearched: isSearched)
    let flops = job.architecture.flopsPerToken(
      sequenceLength: job.sequenceLength, convention: .causal)
    let tokensPerSecond = timer.problem.batchTokens / step.total / Double(machine.chips)
    let peak = timer.recipe.peak * machine.unitsPerChip
    let utilization = tokensPerSecond * flops / peak
    var features = timer.features(step)
    if isSearched {
      // One width for all layouts of a chip: which of them a search picks says nothing of the error.
      features.stepSeconds = max(1, features.stepSeconds)
      features.exposedShare = Self.usualExposedShare
    }
    let spread = errors.spread(features)
    let known = residuals.count(generation: machine.generation)
    return ThroughputEstimate(
      strategy: layout.strategy(precision: timer.recipe.precision), chips: machine.chips,
      stepSeconds: step.total, tokensPerSecondPerChip: Self.rate(tokensPerSecond, spread),
      tunedTokensPerSecondPerChip: Self.rate(tokensPerSecond, spread),
      modelFlopsUtilization: Self.rate(utilization, spread),
      hardwareFlopsUtilization: utilization * (1 + timer.recomputedShare(layout)),
      memoryGiB: timer.memory(layout).parts, breakdown: step.parts.filter { $0.value != 0 },
      isExtrapolated: known == 0,
      beyondPublished: PublishedRun.axesBeyond(layout, kind: machine.kind),
      evidence: known == 0 ? .d : .b,
      goodput: goodput(machine.kind, chips: machine.chips), strategiesEvaluated: evaluated,
      software: timer.software)
  }

  /// A rate's range from the spread of measured over predicted times.
  private static func rate(_ middle: Double, _ spread: ResidualSpread) -> Percentiles {
    Percentiles(
      p10: middle * Elementary.exponential(-spread.p90), p50: middle,
      p90: middle * Elementary.exponential(-spread.p10))
  }

  /// The steady share of the hours of a well-run job of 10¹² tokens: hours over those of steps lie from
  /// 1.05 to 1.25, open stacks and long ramp-ups at the end (facts of 2021 to 2026: Llama 3, BLOOM,
  /// BloombergGPT, Gemini, MegaScale; grade C). How far a team stays behind tuned software is no part of
  /// it (`TeamEffect`).
  public func goodput(_ kind: AcceleratorKind, chips: Int = 1) -> Percentiles {
    let middle = 1 / (calibration.shared.runHours + Self.hoursOfMoreChips(chips))
    return Percentiles(p10: middle * 0.86, p50: middle, p90: min(Self.bestRun.p90, middle * 1.03))
  }

  /// Hours that larger clusters lose beside, over those of steps: 1.08 up to 4,096 chips and about 1.1 at
  /// 16,384 (well-run jobs; grade C).
  private static func hoursOfMoreChips(_ chips: Int) -> Double {
    0.01 * max(0, Elementary.binaryLogarithm(Double(max(1, chips)) / 4096))
  }
}

extension ThroughputModel {
  /// What the best long runs reach, however many tokens they have: hours over those of steps of 1.12,
  /// 1.05 and 1.03 (well-run jobs to 4,096 chips; Gemini with its state kept in memory and ByteRobust
  /// both report 97 %; grade C).
  static let bestRun = Percentiles(p10: 1 / 1.12, p50: 1 / 1.05, p90: 0.97)

  /// Tokens of the run that an estimate's goodput is for.
  public static let usualTokens = 1e12

  /// What an estimate's goodput becomes, as a factor, for a run of other than 10¹² tokens: long runs
  /// lose a smaller share.
  public func goodputFactor(tokens: Double) -> Double {
    calibration.shared.runFactor(tokens: Self.usualTokens)
      / calibration.shared.runFactor(tokens: tokens)
  }

  /// The goodput of a run of so many tokens, never better than the best long runs.
  private func goodput(tokens: Double, chips: Int) -> Percentiles {
    let factor = goodputFactor(tokens: tokens)
    let more = 1 / (1 + Self.hoursOfMoreChips(chips))
    let usual = goodput(.gpu, chips: chips)
    return Percentiles(
      p10: min(Self.bestRun.p10 * more, usual.p10 * factor),
      p50: min(Self.bestRun.p50 * more, usual.p50 * factor),
      p90: min(Self.bestRun.p90 * more, usual.p90 * factor))
  }

  /// An estimate with the goodput of a run of so many tokens in place of the one it is for; what a
  /// scenario says of the goodput stays.
  public func estimate(
    _ estimate: ThroughputEstimate, forTokens tokens: Double
  ) -> ThroughputEstimate {
    let (from, to) = (
      goodput(tokens: estimate.goodputTokens, chips: estimate.chips),
      goodput(tokens: tokens, chips: estimate.chips)
    )
    let known = estimate.goodput
    var result = estimate
    result.goodput = Percentiles(
      p10: min(1, known.p10 * to.p10 / from.p10), p50: min(1, known.p50 * to.p50 / from.p50),
      p90: min(1, known.p90 * to.p90 / from.p90))
    result.goodputTokens = tokens
    return result
  }
}

extension LayerTimer {
  /// Recomputed operations over the model's: a forward pass is a third of forward and backward.
  func recomputedShare(_ layout: Layout) -> Double {
    switch layout.recompute {
    case .none: 0
    case .full: layout.recomputedShare / 3
    case .selective:
      switch software.style {
      case .xla: parameters.repeatedXLA / 3
      case .torch: parameters.repeatedTorch / 3
      case .megatron, .tuned: 0
      }
    }
  }
}
