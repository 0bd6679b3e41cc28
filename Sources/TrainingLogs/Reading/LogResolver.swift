import Catalog
import Quantities
import Workload

/// Makes a speed of what a log says: from the most direct figure it has.
struct LogResolver {
  let file: String
  let content: LogContent
  let question: LogQuestion

  var framework: Framework? { question.framework ?? content.framework }
  private var chips: Double { Double(question.chips) }
  var devices: Double { framework?.devicesPerChip(question.accelerator.id) ?? 1 }

  /// A fault of the log as a whole.
  func fault(_ message: String) -> Fault {
    Fault(file: file, line: content.records.first?.line, message: message)
  }

  func resolved() throws(Fault) -> LoggedStep {
    var notes = content.notes
    let sequence = try sequenceLength()
    let (records, batch, dropped) = try ofOneBatch()
    let found = try rates(records, sequence: sequence, batch: batch, &notes)
    guard let steady = SteadyState(found.series), steady.median > 0 else {
      throw fault("holds no speed above 0")
    }
    if steady.kept + steady.warmUp + steady.outliers == 1 {
      notes.append("one step only: whether it is a steady one can't be told")
    }
    let step = LoggedStep(
      framework: framework, tokensPerSecondPerChip: steady.median, sequenceLength: sequence,
      globalBatch: batch, kept: steady.kept, warmUp: steady.warmUp, outliers: steady.outliers,
      otherBatch: dropped, spread: (steady.high - steady.low) / 2 / steady.median,
      basis: found.basis, notes: [], leftOut: content.leftOut)
    notes += content.refused.map { "left out \($0)" }
    notes += printed(records, beside: step)
    var result = step
    result.notes = notes
    return result
  }

  private func sequenceLength() throws(Fault) -> Double {
    let logged =
      content.constants[Metric(.sequence)] ?? content.records.last?.value(.sequence)
    if let given = question.sequenceLength {
      if let logged, logged != Double(given) {
        throw fault(
          "the log's sequences have \(Bounds.shown(logged)) tokens, --sequence-length says \(given)"
        )
      }
      return Double(given)
    }
    if let logged, !Self.whole.contains(logged) {
      throw fault("\(Bounds.shown(logged)) tokens can't be a sequence; give --sequence-length")
    }
    guard let logged else {
      throw fault("doesn't say how long its sequences are; give --sequence-length")
    }
    return logged
  }

  /// The records of one batch, since a batch that ramps up has other steps; and the batch.
  private func ofOneBatch() throws(Fault) -> (records: [StepRecord], batch: Double, dropped: Int) {
    let records = content.records
    let logged = records.compactMap { $0.value(.batch) }
    let constant = content.constants[Metric(.batch)]
    if let given = question.globalBatch.map(Double.init) {
      // Numbers of three digits, as nanotron's 1.02K, are as good as the given one.
      func isSame(_ value: Double) -> Bool { abs(value / given - 1) < 0.006 }
      if let constant, !isSame(constant) { throw otherBatch(constant, given) }
      guard !logged.isEmpty else { return (records, given, 0) }
      let same = records.filter { $0.value(.batch).map(isSame) ?? true }
      guard !same.isEmpty, same.contains(where: { $0.value(.batch) != nil }) else {
        throw otherBatch(logged.last ?? 0, given)
      }
      return (same, given, records.count - same.count)
    }
    if let wrong = ([constant].compactMap(\.self) + logged).first(where: {
      !Self.whole.contains($0)
    }) {
      throw fault("a step of \(Bounds.shown(wrong)) sequences can't be; give --global-batch")
    }
    if let constant { return (records, constant, 0) }
    guard let last = logged.last else {
      throw fault("doesn't say how many sequences a step has; give --global-batch")
    }
    let same = records.filter { $0.value(.batch).map { $0 == last } ?? true }
    return (same, last, records.count - same.count)
  }

  private func otherBatch(_ logged: Double, _ given: Double) -> Fault {
    fault(
      "the log's steps have \(Bounds.shown(logged)) sequences, --global-batch says "
        + "\(Bounds.shown(given)); leave the option out or mend it")
  }

  /// Counts that can be: of tokens in a sequence, and of sequences in a step.
  private static let whole = 1.0...1e8

  typealias Series = (series: [(step: Double?, rate: Double)], basis: String)

  /// Tokens a second and chip of each record, from the first figure in this order that the log has.
  private func rates(
    _ records: [StepRecord], sequence: Double, batch: Double, _ notes: inout [String]
  ) throws(Fault) -> Series {
    let (chips, devices) = (self.chips, self.devices)
    let host = Double(question.accelerator.chipsPerHost ?? 8)
    func series(_ rate: (StepRecord) -> Double?) -> [(step: Double?, rate: Double)] {
      records.compactMap { record in
        guard let rate = rate(record), rate.isFinite, rate > 0 else { return nil }
        return (record.step, rate)
      }
    }
    let direct: [(String, (StepRecord) -> Double?)] = [
      ("tokens a second and device", { $0.value(.tokensPerSecond, .device).map { $0 * devices } }),
      (
        "tokens and seconds of a step",
        { record in
          guard let seconds = record.value(.stepSeconds) else { return nil }
          if let all = record.value(.tokensPerStep, .job) { return all / seconds / chips }
          return record.value(.tokensPerStep, .device).map { $0 / seconds * devices }
        }
      ),
      (
        "seconds of a step and its batch",
        { $0.value(.stepSeconds).map { batch * sequence / $0 / chips } }
      ),
      ("tokens a second and node", { $0.value(.tokensPerSecond, .node).map { $0 / host } }),
      ("tokens a second of the whole job", { $0.value(.tokensPerSecond, .job).map { $0 / chips } }),
      (
        "samples a second of the whole job",
        { $0.value(.samplesPerSecond, .job).map { $0 * sequence / chips } }
      ),
      (
        "samples a second and device",
        { $0.value(.samplesPerSecond, .device).map { $0 * sequence * devices } }
      ),
      (
        "samples a second and node",
        { $0.value(.samplesPerSecond, .node).map { $0 * sequence / host } }
      ),
      ("steps a second", { $0.value(.stepsPerSecond).map { $0 * batch * sequence / chips } }),
    ]
    for (basis, rate) in direct {
      let found = series(rate)
      if !found.isEmpty { return (found, basis) }
    }
    let means = Self.unfolded(records)
    if !means.isEmpty {
      notes.append("seconds of a step are a mean since the start in this log; they were told apart")
      return (
        means.map { ($0.step, batch * sequence / $0.seconds / chips) }, "mean seconds of a step"
      )
    }
    for (quantity, tokens) in [
      (Metric.Quantity.tokensPerSecond, 1.0), (.samplesPerSecond, sequence),
    ] {
      let found = series { $0.value(quantity).map { $0 * tokens } }
      guard !found.isEmpty else { continue }
      let (divisor, words) = try scope(
        of: SteadyState(found)?.median ?? 0, sequence: sequence, &notes)
      return (found.map { ($0.step, $0.rate / divisor) }, "tokens a second of \(words)")
    }
    return try fromOperations(records, sequence: sequence, &notes)
  }

  /// Seconds of the steps between two lines, from means since the start.
  private static func unfolded(_ records: [StepRecord]) -> [(step: Double?, seconds: Double)] {
    var found: [(step: Double?, seconds: Double)] = []
    var before: (step: Double, seconds: Double)?
    for record in records {
      guard let mean = record.value(.meanStepSeconds) else { continue }
      guard let step = record.step else {
        found = [(nil, mean)]
        continue
      }
      if let before, step > before.step {
        let seconds = (step * mean - before.step * before.seconds) / (step - before.step)
        if seconds > 0 { found.append((step, seconds)) }
      } else if before == nil {
        found.append((step, mean))
      }
      before = (step, mean)
    }
    return found
  }

  /// What a speed is of, where its name doesn't say: told by what the chips can do.
  ///
  /// - Returns: what to divide by to have a chip's, and in words.
  private func scope(
    of rate: Double, sequence: Double, _ notes: inout [String]
  ) throws(Fault) -> (divisor: Double, words: String) {
    let host = Double(question.accelerator.chipsPerHost ?? 8)
    let all: [(RateScope, Double, String)] = [
      (.chip, 1 / devices, "a chip"), (.node, host, "a node of \(Int(host))"),
      (.job, chips, "all \(question.chips) chips"),
    ]
    if let per = question.per, let named = all.first(where: { $0.0 == per }) {
      return (named.1, named.2)
    }
    let flops = question.model.flopsPerToken(sequenceLength: Int(sequence), convention: .causal)
    var possible: [(scope: RateScope, divisor: Double, words: String, share: Double)] = []
    var shares: [String] = []
    for (scope, divisor, words) in all where !possible.contains(where: { $0.divisor == divisor }) {
      let share = rate / divisor * flops / question.peak
      shares.append("\(Decimals.significant(share * 100, 2)) % if of \(words)")
      if Self.likely.contains(share) { possible.append((scope, divisor, words, share)) }
    }
    let shown = shares.joined(separator: ", ")
    guard possible.count < 2 else {
      let words = possible.map { "--per \($0.scope.rawValue)" }.joined(separator: " or ")
      throw fault(
        "whose speed \(Bounds.shown(rate)) is doesn't stand in its name, and the chips' peak leaves "
          + "\(possible.count) readings (\(shown)); \(words) decides")
    }
    guard let only = possible.first else {
      throw fault(
        "the speed \(Bounds.shown(rate)) makes no likely share of the chips' peak (\(shown)); check "
          + "--model, --accelerator and --chips, or say --per chip, node or job")
    }
    notes.append(
      "the speed was taken to be of \(only.words): \(Decimals.significant(only.share * 100, 3)) % of "
        + "the peak; the other readings make no likely share (\(shown))")
    return (only.divisor, only.words)
  }

  /// Shares of the peak that a run which somebody plans by reaches: below the lowest of published runs,
  /// and their highest (a judgement; grade D).
  private static let likely = 0.08...0.77
}
