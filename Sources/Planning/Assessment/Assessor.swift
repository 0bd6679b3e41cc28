import Economics
import Workload

/// Turns what was decided of candidates into assessments: dates, money, figures, or the reasons against.
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
}
