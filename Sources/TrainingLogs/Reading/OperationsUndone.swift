import Catalog
import Quantities
import Workload

/// TFLOP/s and MFU of a log, turned back into tokens by the rule and the peak of who printed them.
extension LogResolver {
  func count(_ framework: Framework, sequence: Double) -> FrameworkCount {
    FrameworkCount(
      framework, model: question.model, sequenceLength: Int(sequence),
      accelerator: question.accelerator.id,
      peakTeraflops: question.peakTeraflops ?? content.peakTeraflops)
  }

  /// Tokens a second and chip from TFLOP/s, else from MFU.
  func fromOperations(
    _ records: [StepRecord], sequence: Double, _ notes: inout [String]
  ) throws(Fault) -> Series {
    let chips = Double(question.chips)
    let teraflops: [(step: Double?, rate: Double)] = records.compactMap { record in
      let device =
        record.value(.teraflops, .device) ?? record.value(.teraflops)
        ?? record.value(.teraflops, .job).map { $0 / chips / devices }
      return device.map { (record.step, $0) }
    }
    if !teraflops.isEmpty {
      let factor = try perTeraflop(sequence, isShare: false, &notes)
      return (teraflops.map { ($0.step, $0.rate * factor) }, "TFLOP/s, its rule undone")
    }
    let shares = try utilizations(records)
    guard !shares.isEmpty else { throw fault("no line tells a speed of training") }
    let factor = try perTeraflop(sequence, isShare: true, &notes)
    return (shares.map { ($0.step, $0.rate * factor) }, "MFU, its rule and peak undone")
  }

  /// MFU as shares.
  func utilizations(_ records: [StepRecord]) throws(Fault) -> [(step: Double?, rate: Double)] {
    let open = records.compactMap { $0.value(.utilization) }
    // No share is above 1: such a column is in per cent.
    let isPercent = content.framework == .nemoAutomodel
    let scale = isPercent || (open.max() ?? 0) > 1 ? 0.01 : 1.0
    let found: [(line: Int, step: Double?, rate: Double)] = records.compactMap { record in
      let share =
        record.value(.percent).map { $0 / 100 } ?? record.value(.share)
        ?? record.value(.utilization).map { $0 * scale }
      return share.map { (record.line, record.step, $0) }
    }
    if let wrong = found.first(where: { $0.rate > 1 }),
      framework.map({ !$0.printsUtilization }) ?? true
    {
      throw Fault(
        file: file, line: wrong.line,
        message: "an MFU of \(Bounds.shown(wrong.rate * 100)) % can't be; check the column's unit")
    }
    return found.map { ($0.step, $0.rate) }
  }

  /// Tokens a second and chip for one TFLOP/s of a device, or for an MFU of 1.
  private func perTeraflop(
    _ sequence: Double, isShare: Bool, _ notes: inout [String]
  ) throws(Fault) -> Double {
    guard let framework else { return try ofAnyFramework(sequence, isShare: isShare, &notes) }
    let count = count(framework, sequence: sequence)
    guard count.flopsPerToken != nil else {
      throw fault(
        "\(framework.title)'s operations can't be undone for this model (\(count.rule)); give a log with "
          + "step times or tokens a second")
    }
    if isShare {
      let given = question.peakTeraflops ?? content.peakTeraflops
      guard let factor = count.rate(utilization: 1), let peak = count.devicePeak else {
        throw fault(
          "what \(framework.title) divides by on \(question.accelerator.id) isn't known; "
            + "--peak TFLOPS says it, a device")
      }
      let source =
        given == nil
        ? "the peak that \(framework.title) \(framework.version) assumes" : "the peak given"
      notes.append(
        "MFU undone by \(framework.title)'s rule (\(count.rule)) and \(source), "
          + "\(Bounds.shown(peak / 1e12)) TFLOP/s a device")
      return factor
    }
    notes.append("TFLOP/s undone by \(framework.title)'s rule (\(count.rule))")
    return count.rate(deviceTeraflops: 1) ?? 0
  }

  /// Where nobody's own names stand in the log: what the rules of all have in common, if anything.
  private func ofAnyFramework(
    _ sequence: Double, isShare: Bool, _ notes: inout [String]
  ) throws(Fault) -> Double {
    let rules: [(Framework, FlopsRule)] = Framework.allCases.compactMap { one in
      one.flopsRule.map { (one, $0) }
    }
    var readings: [(framework: Framework, factor: Double)] = []
    let peak = question.peakTeraflops.map { $0 * 1e12 } ?? question.peak
    for (one, rule) in rules {
      let flops = rule.flopsPerToken(question.model, sequenceLength: Int(sequence))
      if let flops { readings.append((one, (isShare ? peak : 1e12) / flops)) }
    }
    guard let low = readings.min(by: { $0.factor < $1.factor }),
      let high = readings.max(by: { $0.factor < $1.factor })
    else {
      throw fault(
        "no framework's rule counts such a model rightly; give step times or tokens a second")
    }
    let what = isShare ? "MFU" : "TFLOP/s"
    guard high.factor / low.factor <= 1.02 else {
      throw fault(
        "whose \(what) this is doesn't stand in it, and rules differ by "
          + "\(Decimals.fixed((high.factor / low.factor - 1) * 100, 0)) % (\(low.framework.rawValue) to "
          + "\(high.framework.rawValue)); --framework NAME decides")
    }
    notes.append("\(what) undone by the rule that all frameworks agree on here")
    return (low.factor + high.factor) / 2
  }

  /// What the log prints of operations, held against the speed that was read from it.
  func printed(_ records: [StepRecord], beside step: LoggedStep) -> [String] {
    guard let framework, !step.basis.contains("undone") else { return [] }
    let count = count(framework, sequence: step.sequenceLength)
    let teraflops = records.compactMap { $0.value(.teraflops, .device) }.sorted()
    guard let expected = count.deviceTeraflops(tokensPerSecondPerChip: step.tokensPerSecondPerChip),
      !teraflops.isEmpty
    else { return [] }
    let logged = teraflops[teraflops.count / 2]
    guard abs(logged / expected - 1) > 0.1 else {
      return [
        "its \(Decimals.significant(logged, 4)) TFLOP/s a device agree with that by "
          + "\(framework.title)'s own rule (\(count.rule))"
      ]
    }
    return [
      "check --model, --chips, --sequence-length and --global-batch: by \(framework.title)'s rule this "
        + "speed would be \(Decimals.significant(expected, 4)) TFLOP/s a device, the log prints "
        + "\(Decimals.significant(logged, 4))"
    ]
  }
}
