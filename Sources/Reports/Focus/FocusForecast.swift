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
  /// What was asked, and the tables it was answered from, as checksums.
  let scenarioId: String
  let catalogueVersion: String

  /// Nil for an option without figures.
  public init?(_ assessment: Assessment, in plan: Plan) {
    guard let outcome = assessment.outcome else { return nil }
    (self.assessment, self.outcome, self.plan) = (assessment, outcome, plan)
    func checksum(_ text: String) -> String {
      "sha256-" + SHA256.hexadecimal(of: Array(text.utf8))
    }
    scenarioId = checksum(PlanDocument(plan).scenario.document)
    catalogueVersion = checksum(
      plan.catalogFiles.map { SHA256.hexadecimal(of: $0.bytes) }.joined())
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
    let payments = outcome.payments
    var charges = payments.indices.flatMap { index -> [Charge] in
      let payment = payments[index]
      guard payment.term.isPaidAhead(assessment.purchase) else { return [used(payment)] }
      let next = payments[(index + 1)...].first { $0.term == payment.term }
      let end = next?.date ?? outcome.schedule.finish
      return ahead(payment, until: max(end, payment.date.adding(days: 1)))
    }
    charges += credits(below: charges.map(\.effectiveCents).reduce(0, +))
    let order = charges.indices.sorted {
      (charges[$0].start, charges[$0].term, $0) < (charges[$1].start, charges[$1].term, $1)
    }
    return order.map { charges[$0] }
  }

  private func used(_ payment: Payment) -> Charge {
    Charge(
      term: payment.term, start: payment.date,
      end: CalendarDate(daysSinceEpoch: payment.date.daysSinceEpoch + 1),
      billedCents: payment.cents, effectiveCents: payment.cents,
      category: payment.term == .taxes ? "Tax" : "Usage", frequency: "Usage-Based",
      description: sentence(payment, "paid"))
  }

  /// The payment, and what it comes to month by month while it serves.
  private func ahead(_ payment: Payment, until end: CalendarDate) -> [Charge] {
    let (paid, cents) = (payment.date, payment.cents)
    var charges = [
      Charge(
        term: payment.term, start: paid,
        end: CalendarDate(daysSinceEpoch: paid.daysSinceEpoch + 1), billedCents: cents,
        effectiveCents: 0, category: payment.term == .salesTax ? "Tax" : "Purchase",
        frequency: "One-Time", description: sentence(payment, "paid up front"))
    ]
    let days = end.daysSinceEpoch - paid.daysSinceEpoch
    var (day, given) = (paid, Int64(0))
    while day < end {
      let next = min(Self.monthAfter(day), end)
      let gone = Double(next.daysSinceEpoch - paid.daysSinceEpoch) / Double(days)
      let share = next == end ? cents - given : Int64((Double(cents) * gone).rounded()) - given
      given += share
      charges.append(
        Charge(
          term: payment.term, start: day, end: next, billedCents: 0, effectiveCents: share,
          category: "Usage", frequency: "Recurring",
          description: sentence(payment, "used up, of what was paid on \(paid.iso)")))
      day = next
    }
    return charges
  }

  /// What is left after the job, which nobody pays back: it lowers the effective cost alone.
  private func credits(below effective: Int64) -> [Charge] {
    let recoveries = outcome.cashFlow.flows.filter(\.isRecovery)
    let missing = Money(dollars: outcome.planned.economicDollars).cents - effective
    guard missing != 0 else { return [] }
    let whole = recoveries.map(\.dollars).reduce(0, +)
    guard missing < 0, whole > 0 else {
      // A cent of rounding has nothing it could be left over from, and is nobody's credit.
      return [leftOver(outcome.schedule.finish, .residualValue, missing, "rounding", "Adjustment")]
    }
    // By running sums, so that no part's rounding turns the sign of another.
    var (sum, given) = (0.0, Int64(0))
    return recoveries.filter { $0.dollars > 0 }.map { flow in
      sum += flow.dollars
      let cents = Int64((Double(missing) * min(1, sum / whole)).rounded()) - given
      given += cents
      return leftOver(
        flow.date, flow.term, cents, "value left after the job, \(flow.note)", "Credit")
    }
  }

  private func leftOver(
    _ day: CalendarDate, _ term: CostTerm, _ cents: Int64, _ note: String, _ category: String
  ) -> Charge {
    Charge(
      term: term, start: day, end: CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 1),
      billedCents: 0, effectiveCents: cents, category: category, frequency: "One-Time",
      description: "\(term.label): \(note)")
  }

  private func sentence(_ payment: Payment, _ what: String) -> String {
    let note = payment.note.isEmpty ? "" : " (\(payment.note))"
    return "\(payment.term.label) for \(assessment.label), \(what)\(note)"
  }

  /// The first day of the next month.
  static func monthAfter(_ day: CalendarDate) -> CalendarDate {
    let (year, month, _) = day.parts
    return CalendarDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
      ?? CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 28)
  }
}
