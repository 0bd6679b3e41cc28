import Catalog
import Quantities

extension Assessor {
  /// The calendar of an option with every input at its median: one phase after the other, those that
  /// take no time left out.
  ///
  /// Porting goes on while the machines are waited for; what stands under it is what it takes beyond.
  func calendar(_ candidate: Candidate, _ evaluation: Evaluation) -> [CalendarPhase] {
    let chips = evaluation.chips
    let phases = bills.phases(candidate, chips: chips)
    let isOwned = candidate.route == .buyGPU
    let there: Double =
      isOwned
      ? max(phases.delivery.days, phases.hall.days) + phases.installation.days : phases.wait.days
    let porting = max(0, phases.porting.days - there)
    let work: Double =
      bills.calendarHours(candidate, chips: chips, hours: evaluation.hours) / 24
    let experiments: Double = work * (1 - 1 / bills.experimentsMultiplier)
    let lengths: [(CalendarPhase.Name, Double)] = [
      (.decide, phases.decide.days), (.contract, phases.contract.days),
      (isOwned ? .delivery : .wait, there), (.porting, porting),
      (.staging, phases.acceptance.days + phases.bringUp.days), (.experiments, experiments),
      (.run, work - experiments), (.evaluation, phases.evaluation.days),
      (.margin, phases.margin),
    ]
    var result: [CalendarPhase] = []
    var day = 0.0
    for (name, length) in lengths {
      let start = scenario.start.adding(days: day)
      day += length
      let end = scenario.start.adding(days: day)
      guard length > 0 else { continue }
      result.append(CalendarPhase(name: name, start: start, end: end))
    }
    return result
  }
}
