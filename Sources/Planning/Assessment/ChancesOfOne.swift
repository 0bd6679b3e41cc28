import RealModule

extension Assessor {
  /// Chances over the length of the run, which is what is uncertain here; cost and time both grow
  /// with it, so that each limit is one slowest run that still keeps it.
  func chances(
    _ candidate: Candidate, _ evaluation: Evaluation, _ slowness: Slowness
  ) -> Chances {
    let instances = evaluation.instances
    let slowestPaid = slowest { factor in
      let hours = evaluation.hours * factor
      let cash =
        bills.cash(candidate, instances: instances, hours: hours, work: evaluation.job.size)
        ?? .infinity
      return cash <= self.scenario.budgetDollars
    }
    let room = bills.roomHours(candidate)
    let slowestInTime = slowest { factor in
      bills.calendarHours(candidate, hours: evaluation.hours * factor) <= room
    }
    let within = slowness.chance(under: slowestPaid)
    let byDeadline = slowness.chance(under: slowestInTime)
    return Chances(
      withinBudget: within, byDeadline: scenario.deadline == nil ? nil : byDeadline,
      both: scenario.deadline == nil ? within : min(within, byDeadline), best: nil)
  }

  /// The largest factor for which a limit that more time can only break is kept, by bisection.
  private func slowest(_ keeps: (Double) -> Bool) -> Double {
    guard keeps(1e-3) else { return 0 }
    var low = 1e-3
    var high = 1e3
    guard !keeps(high) else { return .infinity }
    for _ in 0..<50 {
      let middle = Double.sqrt(low * high)
      if keeps(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
