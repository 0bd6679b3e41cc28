import Economics
import Workload

/// Turns candidates into assessments: throughput, dates, money, or the reasons against.
///
/// One assessor serves the candidates of one accelerator.
final class Assessor {
  let sizer: Sizer
  let bills: BillMaker
  let scenario: Scenario

  init(_ sizer: Sizer) {
    self.sizer = sizer
    bills = sizer.bills
    scenario = sizer.scenario
  }

  /// Assesses one candidate.
  func assess(_ candidate: Candidate, job: TrainingJob?) -> Assessment {
    let blocking = candidate.reasons.contains { Self.blockingCodes.contains($0.code) }
    let choice: SizingChoice =
      blocking
      ? .nothing([])
      : job.map { sizer.choose(candidate, job: $0) } ?? sizer.chooseForBudget(candidate)
    switch choice {
    case .nothing(let reasons):
      return assessment(candidate, evaluation: nil, reasons: candidate.reasons + reasons)
    case .figures(let evaluation, let reasons):
      return assessment(candidate, evaluation: evaluation, reasons: candidate.reasons + reasons)
    }
  }

  /// Reasons that leave nothing to compute.
  private static let blockingCodes: Set<String> = [
    "unknown_rates", "no_price", "not_sold", "accelerator_announced",
  ]
}
