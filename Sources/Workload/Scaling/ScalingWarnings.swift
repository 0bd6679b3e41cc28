/// Why a scaling law's answer should be doubted for an input.
public struct ScalingWarning: Hashable, Sendable {
  public enum Severity: String, Comparable, Hashable, Sendable {
    /// Outside what the law was fitted on.
    case caution
    /// So far outside that the answer is a guess.
    case severe

    public static func < (left: Severity, right: Severity) -> Bool {
      left == .caution && right == .severe
    }
  }

  public var severity: Severity
  /// One sentence for the user.
  public var message: String

  public init(_ severity: Severity, _ message: String) {
    self.severity = severity
    self.message = message
  }
}

/// The ranges over which the laws were fitted, and what to say beyond them.
public enum ScalingWarnings {
  /// For the additive laws: fitted at 57M to 16.2B parameters, 0.8B to 318B tokens, 1.4e18 to
  /// 1.3e22 operations and 0.46 to 341 tokens per parameter (the extremes of the 240 points of
  /// Hoffmann et al. 2022 as read by Besiroglu et al. 2024).
  public static func additive(parameters: Double, tokens: Double) -> [ScalingWarning] {
    let compute: Double = 6 * parameters * tokens
    let ratio: Double = tokens / parameters
    var warnings: [ScalingWarning] = []
    func note(_ isOutside: Bool, _ isFar: Bool, _ message: String) {
      if isFar {
        warnings.append(ScalingWarning(.severe, message))
      } else if isOutside {
        warnings.append(ScalingWarning(.caution, message))
      }
    }
    note(
      !(1.4e18...1.3e22).contains(compute), compute > 1e24,
      "the law was fitted at 1.4e18 to 1.3e22 operations")
    note(
      !(0.46...341).contains(ratio), ratio > 350,
      "the law was fitted at 0.46 to 341 tokens per parameter")
    note(
      !(57e6...16.2e9).contains(parameters), false, "the law was fitted at 57M to 16.2B parameters")
    note(!(0.8e9...318e9).contains(tokens), false, "the law was fitted at 0.8B to 318B tokens")
    return warnings
  }

  /// Kaplan's law, which is of historical interest only.
  public static let kaplan = ScalingWarning(
    .severe, "Kaplan's law was fitted up to 1.5B parameters and 23B tokens, and later corrected")

  /// Llama 3's law, fitted at 6e18 to 1e22 operations.
  public static func llama3(compute: Double) -> [ScalingWarning] {
    guard compute > 1e22 || compute < 6e18 else { return [] }
    return [ScalingWarning(.caution, "Llama 3's law was fitted at 6e18 to 1e22 operations")]
  }

  /// DeepSeek's law, fitted at 1e17 to 3e20 operations.
  public static func deepSeek(compute: Double) -> [ScalingWarning] {
    guard compute > 3e20 || compute < 1e17 else { return [] }
    return [ScalingWarning(.caution, "DeepSeek's law was fitted at 1e17 to 3e20 operations")]
  }

  /// The worth of repeated data.
  public static func dataConstrained(
    parameters: Double, tokens: Double, uniqueTokens: Double
  ) -> [ScalingWarning] {
    guard tokens > uniqueTokens else { return [] }
    var warnings: [ScalingWarning] = []
    if tokens > 40 * uniqueTokens {
      warnings.append(
        ScalingWarning(.severe, "beyond 40 passes over the data a further one is worth nothing"))
    }
    if parameters > 9e9 || tokens > 900e9 {
      warnings.append(
        ScalingWarning(
          .caution, "the worth of repeats was fitted up to 9B parameters and 900B tokens"))
    }
    return warnings
  }

  /// A model made small because it will be served much.
  public static func overtrained(parameters: Double, tokens: Double) -> [ScalingWarning] {
    guard parameters > 10e9, tokens > 350 * parameters else { return [] }
    return [
      ScalingWarning(
        .caution,
        "runs far beyond the usual tokens per parameter were measured only on models under 10B")
    ]
  }

  /// The law of mixtures, fitted up to 32 experts and about 3B active parameters.
  public static func mixture(activeParameters: Double, experts: Int) -> [ScalingWarning] {
    var warnings: [ScalingWarning] = []
    if experts > 32 {
      warnings.append(
        ScalingWarning(
          experts > 64 ? .severe : .caution, "the law of mixtures was fitted up to 32 experts"))
    }
    if activeParameters > 3.2e9 {
      warnings.append(
        ScalingWarning(
          .caution, "the law of mixtures was fitted at about 0.1B to 3B active parameters"))
    }
    return warnings
  }

  /// The critical batch size.
  public static func criticalBatch(trainingTokens: Double) -> [ScalingWarning] {
    guard trainingTokens > 24e9 else { return [] }
    return [
      ScalingWarning(
        trainingTokens > 1e12 ? .severe : .caution,
        "the critical batch size was fitted up to 1.2B parameters and about 24B tokens")
    ]
  }
}
