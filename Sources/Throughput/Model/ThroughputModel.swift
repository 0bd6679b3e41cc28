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
/// The step-time model adds up, per layer, matrix products, core attention, vector operations and
/// exposed transfers, then the pipeline, data parallelism, the optimizer and stragglers. Its
/// parameters are fitted on published runs (`calibration.csv`), its ranges come from families of
/// runs left out of the fit (`residuals.csv`).
public struct ThroughputModel: Sendable {
  let calibration: Calibration
  let residuals: Residuals

  init(calibration: Calibration, residuals: Residuals) {
    self.calibration = calibration
    self.residuals = residuals
  }

  /// The model with the calibration that is built in.
  public static let builtIn: ThroughputModel = {
    do {
      return try ThroughputModel(
        calibration: Calibration.read(text: table(Calibration.fileName)),
        residuals: Residuals.read(text: table(Residuals.fileName)))
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  static func table(_ name: String) -> String {
    EmbeddedTables.files.first { $0.name == name }?.text ?? ""
  }

  /// Finds the strategy with the shortest step among those of a coarse grid, quickly.
  ///
  /// - Parameters:
  ///   - sequenceLength: tokens of a sequence.
  ///   - globalBatchSequences: sequences of one optimizer step.
  ///   - chips: chips of the job.
  ///   - chipsPerSlice: chips of one TPU slice; nil for the largest slice sold.
  public func best(
    architecture: TransformerArchitecture, sequenceLength: Int, globalBatchSequences: Int,
    precision: Precision, accelerator: Accelerator, chips: Int, chipsPerSlice: Int?
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let job = Job(
      architecture: architecture, sequenceLength: sequenceLength,
      globalBatchSequences: globalBatchSequences, precision: precision)
    do throws(Infeasibility) {
      let timer = try self.timer(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice)
      let outcome = PlanningGrid(timer: timer).search()
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
  /// - Parameter isSearched: whether a search chose the strategy, so that its time is corrected for
  ///   the search's having picked the model's own optimism.
  public func estimate(
    strategy: ParallelismStrategy, architecture: TransformerArchitecture, sequenceLength: Int,
    globalBatchSequences: Int, accelerator: Accelerator, chipsPerSlice: Int?,
    isSearched: Bool = false
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let job = Job(
      architecture: architecture, sequenceLength: sequenceLength,
      globalBatchSequences: globalBatchSequences, precision: strategy.precision)
    do throws(Infeasibility) {
      let chips = try Self.chips(of: strategy, accelerator)
      let timer = try self.timer(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice)
      let layout = Layout(strategy)
      try Self.check(layout, timer.problem, timer.machine)
      let memory = timer.memory(layout)
      let usable = timer.machine.memoryBytes * MemoryUse.usableShare
      guard memory.total <= usable else {
        throw Self.outOfMemory(
          memory, timer.machine,
          nearestChange: cure(job, accelerator, chips: chips, chipsPerSlice: chipsPerSlice))
      }
      return .success(estimate(job, timer, layout, isSearched: isSearched, evaluated: 1))
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
    return LayerTimer(
      problem: problem, machine: machine, parameters: calibration.parameters(for: machine),
      roundsUp: true)
  }

  /// Turns a layout's step time into an estimate with ranges.
  func estimate(
    _ job: Job, _ timer: LayerTimer, _ layout: Layout, isSearched: Bool, evaluated: Int
  ) -> ThroughputEstimate {
    let machine = timer.machine
    let step = timer.step(layout, isSearched: isSearched)
    let flops = job.architecture.flopsPerToken(
      sequenceLength: job.sequenceLength, convention: .causal)
    let tokensPerSecond = timer.problem.batchTokens / step.total / Double(machine.chips)
    let peak = (timer.runsFP8 ? machine.peak8 : machine.peak16) * machine.unitsPerChip
    let utilization = tokensPerSecond * flops / peak
    let spread = residuals.spread(
      target: "step", generation: machine.generation, kind: machine.kind)
    let known = residuals.count(generation: machine.generation)
    return ThroughputEstimate(
      strategy: layout.strategy(precision: job.precision), chips: machine.chips,
      stepSeconds: step.total, tokensPerSecondPerChip: Self.rate(tokensPerSecond, spread),
      modelFlopsUtilization: Self.rate(utilization, spread),
      hardwareFlopsUtilization: utilization * (1 + timer.recomputedShare(layout)),
      memoryGiB: timer.memory(layout).parts, breakdown: step.parts.filter { $0.value != 0 },
      isExtrapolated: known == 0,
      beyondPublished: PublishedRun.axesBeyond(layout, kind: machine.kind),
      evidence: known == 0 ? .d : .b,
      goodput: goodput(machine.kind), strategiesEvaluated: evaluated)
  }

  /// A rate's range from the spread of measured over predicted times.
  private static func rate(_ middle: Double, _ spread: ResidualSpread) -> Percentiles {
    Percentiles(
      p10: middle * Elementary.exponential(-spread.p90), p50: middle,
      p90: middle * Elementary.exponential(-spread.p10))
  }

  /// The steady share of the hours of a run of 10¹² tokens on chips of a kind. Its spread is what whole
  /// runs scatter more than steps do, on a logarithmic scale; never above 1.
  public func goodput(_ kind: AcceleratorKind) -> Percentiles {
    let runs = residuals.spread(target: "run", generation: "", kind: kind)
    let steps = residuals.spread(target: "step", generation: "", kind: kind)
    func excess(_ run: Double, _ step: Double) -> Double {
      max(0.05 * 0.05, run * run - step * step).squareRoot()
    }
    let middle = 1 / calibration.shared.runFactor(tokens: Self.usualTokens)
    let slower = Elementary.exponential(-excess(runs.p90, steps.p90))
    let faster = Elementary.exponential(excess(runs.p10, steps.p10))
    return Percentiles(
      p10: middle * slower, p50: middle, p90: min(Self.largestGoodput, middle * faster))
  }
}

extension ThroughputModel {
  /// No run is without an interruption or a checkpoint.
  public static let largestGoodput = 0.99

  /// Tokens of the run that an estimate's goodput is for.
  static let usualTokens = 1e12

  /// What an estimate's goodput becomes, as a factor, for a run of other than 10¹² tokens: long runs
  /// lose a smaller share.
  public func goodputFactor(tokens: Double) -> Double {
    calibration.shared.runFactor(tokens: Self.usualTokens)
      / calibration.shared.runFactor(tokens: tokens)
  }

  /// An estimate with the goodput of a run of so many tokens.
  public func estimate(
    _ estimate: ThroughputEstimate, forTokens tokens: Double
  ) -> ThroughputEstimate {
    var result = estimate
    let factor = goodputFactor(tokens: tokens)
    let known = estimate.goodput
    result.goodput = Percentiles(
      p10: min(Self.largestGoodput, known.p10 * factor),
      p50: min(Self.largestGoodput, known.p50 * factor),
      p90: min(Self.largestGoodput, known.p90 * factor))
    return result
  }
}

extension LayerTimer {
  /// Recomputed operations over the model's: a forward pass is a third of forward and backward.
  func recomputedShare(_ layout: Layout) -> Double {
    switch layout.recompute {
    case .none: 0
    case .full: layout.recomputedShare / 3
    case .selective: isGPU ? 0 : parameters.rematerialization / 3
    }
  }
}
