/// One thing a step line can say.
struct Metric: Hashable {
  enum Quantity {
    /// Seconds of an optimizer step.
    case stepSeconds
    /// Optimizer steps a second.
    case stepsPerSecond
    /// Seconds of a step, mean since the process began.
    case meanStepSeconds
    case tokensPerSecond
    case samplesPerSecond
    /// Tokens of one step.
    case tokensPerStep
    /// Sequences of one step.
    case batch
    /// Tokens of a sequence.
    case sequence
    /// Model TFLOP/s.
    case teraflops
    /// MFU as printed: per cent, a share, or one of them.
    case percent, share, utilization
  }

  /// What a figure is for.
  enum Scope {
    case device, node, job
  }

  var quantity: Quantity
  /// Nil when its name doesn't say.
  var scope: Scope?

  init(_ quantity: Quantity, _ scope: Scope? = nil) {
    (self.quantity, self.scope) = (quantity, scope)
  }
}

/// What one line or row says of a step.
struct StepRecord {
  var line: Int
  /// The step's number, where it is told.
  var step: Double?
  var values: [Metric: Double]

  func value(_ quantity: Metric.Quantity, _ scope: Metric.Scope? = nil) -> Double? {
    values[Metric(quantity, scope)]
  }
}
