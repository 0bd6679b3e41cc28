import Quantities
import Decisions
import Dispatch
import Synchronization
import Throughput
import Workload

extension OptionDecision {
  /// What the chosen size of each class comes to, on all cores; nil for a class that has none.
  ///
  /// - Parameter wanted: classes that are somebody's best.
  func sizes(
    _ wanted: Set<Int>, sizers: [Sizer], sizerOf: [Int], draws: OutcomeDraws
  ) -> [Int: DecidedSize] {
    let found = Mutex([Int: DecidedSize]())
    DispatchQueue.concurrentPerform(iterations: sizers.count) { sizer in
      for index in wanted.sorted() where sizerOf[classes[index].place] == sizer {
        let size = size(of: index, sizers[sizer], draws)
        found.withLock { $0[index] = size }
      }
    }
    return found.withLock { $0 }
  }

  private func size(
    of index: Int, _ sizer: Sizer, _ draws: OutcomeDraws
  ) -> DecidedSize? {
    let (part, standing) = (classes[index], standing(index))
    guard let choice = standing.assessment.choice,
      let evaluation = evaluation(part, standing, choice, sizer)
    else { return nil }
    var option = decider.candidates[index]
    let speed = part.speeds[choice.size]
    // The median speed is that of the model that was chosen; its doubt is the class's.
    let ratio =
      sizer.tokensPerChipDay(part.candidate, evaluation.throughput) / speed.workPerChipDay
    let size = option.sizes[choice.size]
    let maker = DecisionClassMaker(sizer.bills)
    var billed = size.billedChips
    if case .buy(let quote) = part.candidate.source,
      maker.setPurchase(&option, part.candidate, quote, chips: Int(size.chips), draws)
    {
      billed = size.chips
    }
    option.sizes = [ClusterSize(chips: size.chips, billedChips: billed, scale: size.scale * ratio)]
    option.terms = [option.terms[choice.terms]]
    option.curve = .identity
    maker.setOther(&option, part.candidate, evaluation.job.size, draws)
    var question = decider.question
    question.work = evaluation.job.tokens
    let table = decider.outcomes.reporting
    let own = Choice(size: 0, terms: 0)
    let runs = Decisions.Sizer(table).runs(
      option, own, work: evaluation.job.tokens, question)
    let experiments = option.experimentsShare.values(in: table)
    let runDays = zip(runs.runDays, experiments).map { $0 / (1 + max(0, $1)) }
    return DecidedSize(
      evaluation: evaluation, report: Report(evaluation.job.tokens, own, runs),
      runDays: Percentiles(of: runDays), standing: standing)
  }

  /// The job of a class at its chosen size: the one that is given, or the best shape that its share of
  /// machine time trains.
  private func evaluation(
    _ part: DecisionClass, _ standing: Standing, _ choice: Choice, _ sizer: Sizer
  ) -> Evaluation? {
    let chips = part.chips(choice.size)
    if let job = sizer.givenJob {
      guard case .success(let found) = sizer.evaluate(part.candidate, chips: chips, job: job) else {
        return nil
      }
      return found
    }
    guard let work = standing.assessment.sizing?.work else { return nil }
    let days: Double = work / part.speeds[choice.size].workPerChipDay
    guard
      let shape = sizer.bestShape(
        part.candidate, chips: chips, chipDays: days, expected: work)
    else {
      return nil
    }
    let job = TrainingJob(
      architecture: shape.architecture, tokens: shape.tokens,
      sequenceLength: sizer.scenario.sequenceLength,
      batchSequences: TrainingJob.batchSequences(tokens: shape.tokens, scenario: sizer.scenario)
    ).shared(by: chips, sizer.scenario)
    var evaluation = sizer.evaluation(
      part.candidate, chips: chips, job: job, estimate: shape.estimate)
    evaluation.effectiveCompute = shape.effectiveCompute
    return evaluation
  }
}
