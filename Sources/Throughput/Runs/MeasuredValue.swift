import Catalog

extension PublishedRun {
  /// The measured value where the row has it in so many words, without knowing the machine.
  var statedMeasure: Double? {
    switch kind {
    case .step: return number("measured_step_s") ?? derived("step_s")
    case .run:
      if let hours = number("chip_hours") ?? derived("chip_hours") { return hours }
      guard let chips = number("chips"), let days = number("wall_days") else { return nil }
      return chips * days * 24
    }
  }
}

extension PublishedProblem {
  /// What was measured: chip-hours of a run, seconds of a step, from the most direct figure the
  /// source gives; nil when it gives none.
  var measured: Double? {
    switch run.kind {
    case .run: run.statedMeasure
    case .step: measuredStepSeconds
    }
  }

  private var measuredStepSeconds: Double? {
    let tokens = problem.batchTokens
    let chips = Double(machine.chips)
    if let seconds = run.number("measured_step_s") { return seconds }
    if let rate = run.number("measured_tokens_per_s_per_chip") { return tokens / rate / chips }
    if let seconds = run.derived("step_s") { return seconds }
    let derivedRate =
      run.derived("tokens_per_s_per_chip") ?? run.derived("tokens_per_s_per_chip_est")
    if let rate = derivedRate { return tokens / rate / chips }
    // Rates of operations count the whole score matrix; recomputation of everything adds a third.
    let attention: Double = 12 * problem.counts.attention * problem.heads * problem.headWidth
    let perToken: Double = 6 * matmulWeights + attention * problem.sequence
    let flops = tokens * perToken
    if let rate = run.derived("hw_tflops_per_chip") { return flops * 4 / 3 / (rate * 1e12 * chips) }
    if let rate = run.number("measured_model_tflops_per_chip") {
      return flops / (rate * 1e12 * chips)
    }
    let peak = reportedPeak * chips
    if let utilization = run.number("measured_mfu") { return flops / (utilization * peak) }
    if let utilization = run.number("measured_hfu") { return flops * 4 / 3 / (utilization * peak) }
    return nil
  }

  /// The peak that sources divide by: 8-bit runs by twice the 16-bit one; GB200 and GB300 by 2,450
  /// TFLOP/s, where the catalogue's figure is 2,500.
  private var reportedPeak: Double {
    let is2450 = run.accelerator == "gb200" || run.accelerator == "gb300"
    let peak16 = is2450 ? 2450e12 : machine.peak16 * machine.unitsPerChip
    let bits = Double(problem.precision.bits)
    return peak16 * 16 / bits
  }

  /// Chip-hours of a whole run from the seconds of a step.
  func chipHours(stepSeconds: Double, parameters: StepParameters) -> Double {
    let tokens = run.number("tokens") ?? problem.batchTokens
    let factor = run.isSteadyRate ? 1 : parameters.runFactor(tokens: tokens)
    let steady = stepSeconds * tokens / problem.batchTokens * Double(machine.chips) / 3600
    return steady * factor
  }
}
