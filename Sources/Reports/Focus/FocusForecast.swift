import Catalog
import Economics
import Planning
import Quantities

/// The dated payments of one option as a forecast with the column names of FOCUS (FinOps Open Cost
/// and Usage Specification, 1.3 names); a shape, not a conforming dataset, since FOCUS has none for
/// forecasts.
///
/// `BilledCost` sums to the option's p50 cash and `EffectiveCost` to its p50 economic cost, both to
/// the cent: what is paid up front is effective over the months it serves, and what is left after
/// the job is a credit to the effective cost alone.
public struct FocusForecast {
  let assessment: Assessment
  let outcome: Outcome
  let plan: Plan

  /// Nil for an option without figures.
  public init?(_ assessment: Assessment, in plan: Plan) {
    guard let outcome = assessment.outcome else { return nil }
    (self.assessment, self.outcome, self.plan) = (assessment, outcome, plan)
  }

  /// RFC 4180 with a header; unknown is an empty field.
  public var csv: String {
    var writer = CSVWriter(header: FocusColumn.all.map(\.name))
    for charge in charges { writer.append(FocusColumn.all.map { value($0.name, of: charge) }) }
    return writer.text
  }

  /// One row: an amount billed, used up, or both.
  struct Charge {
    var term: CostTerm
    var start: CalendarDate
    /// The first day after.
    var end: CalendarDate
    var billedCents: Int64
    var effectiveCents: Int64
    var category: String
    var frequency: String
    var description: String
  }

  // MARK: Charges

  /// Every charge, by date, then by term.
  var charges: [Charge] {
    var charges: [Charge] = []
    for line in outcome.breakdown {
      guard let term = CostTerm(rawValue: line.term) else { continue }
      let flows = outcome.cashFlow.flows.filter { $0.term == term && !$0.isRecovery }
        .sorted { $0.date < $1.date }
      charges += self.charges(of: term, flows, totalCents: line.cents)
    }
    charges += credits(below: charges.map(\.effectiveCents).reduce(0, +))
    let order = charges.indices.sorted {
      (charges[$0].start, charges[$0].term, $0) < (charges[$1].start, charges[$1].term, $1)
    }
    return order.map { charges[$0] }
  }

  /// Flows of a term in whole cents that sum to the term's line of the bill.
  private func charges(
    of term: CostTerm, _ flows: [Flow], totalCents: Int64
  ) -> [Charge] {
    var charges: [Charge] = []
    var (sum, given) = (0.0, Int64(0))
    for (index, flow) in flows.enumerated() {
      sum += flow.dollars
      let isLast = index == flows.count - 1
      let cents = (isLast ? totalCents : Money(dollars: sum).cents) - given
      given += cents
      let next = isLast ? outcome.schedule.finish : flows[index + 1].date
      let served = max(next, flow.date.adding(days: 1))
      charges +=
        Self.isPaidAhead(term, assessment.purchase)
        ? ahead(flow, cents, until: served) : [used(flow, cents)]
    }
    return charges
  }

  /// Whether a term is paid before it serves: bought servers, and terms paid at their start.
  static func isPaidAhead(_ term: CostTerm, _ purchase: Purchase) -> Bool {
    switch term {
    case .servers, .network, .storageHardware, .installation, .spares, .salesTax: true
    case .acceleratorRent, .minimumTermRounding, .idleCommitment:
      purchase == .capacityBlock || purchase == .calendar
        || purchase.rawValue.hasSuffix("all_upfront")
    default: false
    }
  }

  private func used(_ flow: Flow, _ cents: Int64) -> Charge {
    Charge(
      term: flow.term, start: flow.date,
      end: CalendarDate(daysSinceEpoch: flow.date.daysSinceEpoch + 1),
      billedCents: cents, effectiveCents: cents,
      category: flow.term == .taxes || flow.term == .salesTax ? "Tax" : "Usage",
      frequency: "Usage-Based", description: sentence(flow, "paid"))
  }

  /// The payment, and what it comes to month by month while it serves.
  private func ahead(_ flow: Flow, _ cents: Int64, until end: CalendarDate) -> [Charge] {
    var charges = [
      Charge(
        term: flow.term, start: flow.date,
        end: CalendarDate(daysSinceEpoch: flow.date.daysSinceEpoch + 1), billedCents: cents,
        effectiveCents: 0, category: flow.term == .salesTax ? "Tax" : "Purchase",
        frequency: "One-Time", description: sentence(flow, "paid up front"))
    ]
    let days = end.daysSinceEpoch - flow.date.daysSinceEpoch
    var (day, given) = (flow.date, Int64(0))
    while day < end {
      let next = min(Self.monthAfter(day), end)
      let gone = Double(next.daysSinceEpoch - flow.date.daysSinceEpoch) / Double(days)
      let share = next == end ? cents - given : Int64((Double(cents) * gone).rounded()) - given
      given += share
      charges.append(
        Charge(
          term: flow.term, start: day, end: next, billedCents: 0, effectiveCents: share,
          category: "Usage", frequency: "Recurring",
          description: sentence(flow, "used up, of what was paid on \(flow.date.iso)")))
      day = next
    }
    return charges
  }

  /// What is left after the job; the last takes what rounding leaves.
  private func credits(below effective: Int64) -> [Charge] {
    let recoveries = outcome.cashFlow.flows.filter(\.isRecovery)
    var missing = Money(dollars: outcome.costEconomic.p50).cents - effective
    guard missing != 0 else { return [] }
    let whole = recoveries.map(\.dollars).reduce(0, +)
    guard let last = recoveries.last, whole > 0 else {
      // A cent of rounding has nothing it could be left over from.
      return [credit(outcome.schedule.finish, .residualValue, missing, "rounding")]
    }
    let total = missing
    return recoveries.map { flow in
      let share = flow == last ? missing : Int64((Double(total) * flow.dollars / whole).rounded())
      missing -= share
      return credit(flow.date, flow.term, share, flow.note)
    }
  }

  private func credit(
    _ day: CalendarDate, _ term: CostTerm, _ cents: Int64, _ note: String
  ) -> Charge {
    Charge(
      term: term, start: day, end: CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 1),
      billedCents: 0, effectiveCents: cents, category: "Credit", frequency: "One-Time",
      description: "\(term.label): value left after the job, \(note)")
  }

  private func sentence(_ flow: Flow, _ what: String) -> String {
    let note = flow.note.isEmpty ? "" : " (\(flow.note))"
    return "\(flow.term.label) for \(assessment.label), \(what)\(note)"
  }

  /// The first day of the next month.
  static func monthAfter(_ day: CalendarDate) -> CalendarDate {
    let (year, month, _) = day.parts
    return CalendarDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
      ?? CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 28)
  }
}
