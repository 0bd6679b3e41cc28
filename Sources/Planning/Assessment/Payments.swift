import Catalog
import Economics
import Quantities

/// One payment of the p50 world, in whole cents.
public struct Payment: Hashable, Sendable {
  public var date: CalendarDate
  public var term: CostTerm
  public var cents: Int64
  /// What it is for, in a few words; may be empty.
  public var note: String
}

extension Outcome {
  /// Every payment of the p50 world, by term in the order of the bill, then by date. The cents of a
  /// term sum to its line of the breakdown: rounding is carried from one payment to the next.
  public var payments: [Payment] {
    breakdown.flatMap { line -> [Payment] in
      let flows = cashFlow.flows.filter { $0.term.rawValue == line.term && !$0.isRecovery }
        .sorted { $0.date < $1.date }
      var (sum, given) = (0.0, Int64(0))
      return flows.enumerated().map { index, flow in
        sum += flow.dollars
        let isLast = index == flows.count - 1
        let cents = (isLast ? line.cents : Money(dollars: sum).cents) - given
        given += cents
        return Payment(date: flow.date, term: flow.term, cents: cents, note: flow.note)
      }
    }
  }
}

extension CostTerm {
  /// Whether it is paid before it serves: bought servers, and terms of rent paid at their start.
  public func isPaidAhead(_ purchase: Purchase) -> Bool {
    switch self {
    case .servers, .network, .storageHardware, .installation, .spares, .salesTax: true
    case .acceleratorRent, .minimumTermRounding, .idleCommitment:
      purchase == .capacityBlock || purchase == .calendar
        || purchase.rawValue.hasSuffix("all_upfront")
    default: false
    }
  }
}
