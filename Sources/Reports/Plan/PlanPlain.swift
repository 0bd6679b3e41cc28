import Planning
import Quantities

/// A plan as lines with tabs: one option a line, best first, then those ruled out.
public struct PlanPlain {
  let plan: Plan

  public init(_ plan: Plan) {
    self.plan = plan
  }

  /// The lines.
  public var text: String {
    let fitting = plan.ranked.enumerated().map { index, assessment -> String in
      guard let outcome = assessment.outcome else { return "" }
      return [
        String(index + 1), assessment.id, outcome.costCash.p50, outcome.costEconomic.p50,
        outcome.schedule.runDays.p50, outcome.predictedLoss.p50, assessment.evidence.rawValue,
      ].map { value in
        (value as? Double).map { Decimals.significant($0, 8) } ?? "\(value)"
      }.joined(separator: "\t") + "\n"
    }
    let out = plan.ruledOut.map { assessment in
      let why = assessment.reasons.map(\.message).joined(separator: "; ")
      return "-\t\(assessment.id)\t\(why)\n"
    }
    return (fitting + out).joined()
  }
}
