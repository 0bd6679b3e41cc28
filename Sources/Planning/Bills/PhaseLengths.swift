import Catalog
import Quantities
import RealModule

/// A length of time that isn't known for sure: days, lognormal about the middle.
struct UncertainDays: Hashable, Sendable {
  /// Days at the median.
  var days: Double
  /// Standard deviation of the logarithm.
  var deviation: Double
  /// What doubt it shares: equal names are drawn once.
  var name: String

  static let none = UncertainDays(days: 0, deviation: 0, name: "")

  /// Where 10 % lie below `low` and 10 % above `high`.
  init(_ interval: Interval?, name: String) {
    let middle = interval?.central ?? 0
    days = middle
    deviation = 0
    self.name = name
    if let low = interval?.lower, let high = interval?.upper, middle > 0, high > middle {
      // The long end decides: what is late is what costs. A low end of nothing has no logarithm.
      let late: Double = .log(high / middle)
      let early: Double = low > 0 ? .log(middle / low) : late
      deviation = (late + early) / 2 / 1.281_551_565_544_600_5
    }
  }

  init(days: Double, deviation: Double, name: String) {
    self.days = days
    self.deviation = deviation
    self.name = name
  }

  /// At a standard normal score.
  func value(_ score: Double) -> Double { days * .exp(deviation * score) }
}

/// What comes before and after a run, phase by phase, of one way to get machines.
///
/// Lengths are the small buyer's rows of the judgement table unless the scenario's `[calendar]` gives
/// them: what somebody gives is certain.
struct PhaseLengths: Hashable, Sendable {
  /// Deciding, approval, and comparable quotes where a contract is made.
  var decide: UncertainDays
  /// Negotiation; none for requests and for what is sold at a public price over the counter.
  var contract: UncertainDays
  /// From the signature, or the request, until the machines stand.
  var wait: UncertainDays
  /// Of bought servers: from order to dock, or until a hall has power, whichever is later.
  var delivery: UncertainDays
  var hall: UncertainDays
  /// From dock to power, then to acceptance; paid for in the hall.
  var installation: UncertainDays
  var acceptance: UncertainDays
  /// Work on the software that goes on while the machines are waited for.
  var porting: UncertainDays
  /// On the machines, before the first useful step: data, bring-up.
  var bringUp: UncertainDays
  /// After the run, before the deadline.
  var evaluation: UncertainDays
  var margin: Double

  /// Nothing to wait for.
  static let none = PhaseLengths(
    decide: .none, contract: .none, wait: .none, delivery: .none, hall: .none, installation: .none,
    acceptance: .none, porting: .none, bringUp: .none, evaluation: .none, margin: 0)

  static let keys = [
    "procurement", "quotes", "negotiation", "wait", "delivery", "acceptance", "porting", "bring_up",
    "evaluation", "margin",
  ]

  /// Days from the start of the scenario until the machines can be used.
  ///
  /// - Parameter score: standard normal score of a doubt by its name.
  func startDays(_ score: (String) -> Double = { _ in 0 }) -> Double {
    func at(_ length: UncertainDays) -> Double { length.value(score(length.name)) }
    let signed: Double = at(decide) + at(contract)
    let there: Double = max(at(wait), max(at(delivery), at(hall)) + at(installation))
    return signed + max(there, at(porting))
  }

  /// Names of the doubts that the start depends on.
  var startDoubts: [String] {
    var names: [String] = []
    for length in [decide, contract, wait, delivery, hall, installation, porting]
    where length.deviation > 0 && !names.contains(length.name) {
      names.append(length.name)
    }
    return names
  }
}

/// Reads lengths of phases for candidates.
struct PhaseTable: Sendable {
  let scenario: Scenario
  let catalog: Catalog

  private func row(_ key: String, _ word: String, topic: String = "phase_length") -> UncertainDays {
    if let given = scenario.calendar[key] {
      return UncertainDays(days: given, deviation: 0, name: "phase.\(word)")
    }
    return UncertainDays(
      catalog.judgement(topic, appliesTo: word)?.days, name: "phase.\(word)")
  }

  /// The phases of a candidate at a size.
  func phases(_ candidate: Candidate, _ capacity: Capacity, chips: Int) -> PhaseLengths {
    let isRequest = capacity.kind == .request
    var decide = row("procurement", "procurement")
    var contract = UncertainDays.none
    if capacity.kind == .contract, Self.isNegotiated(candidate) {
      let quotes = row("quotes", "quotes")
      decide.days += quotes.days
      let isCloud = candidate.provider == "aws" || candidate.provider == "gcp"
      contract = row("negotiation", isCloud ? "negotiation_cloud" : "negotiation_specialist")
    }
    if capacity.kind == .inHand { decide = .none }
    var wait = UncertainDays(
      days: capacity.waitMedianDays, deviation: capacity.waitDeviation,
      name: "wait.\(capacity.channel)")
    if let given = scenario.calendar["wait"] {
      wait = UncertainDays(days: given, deviation: 0, name: wait.name)
    }
    if capacity.kind == .inHand { wait = .none }
    if let date = candidate.quoted.startDate {
      let days = Double(date.daysSinceEpoch - scenario.start.daysSinceEpoch)
      wait = UncertainDays(days: max(0, days - decide.days), deviation: 0, name: wait.name)
    }
    var phases = PhaseLengths(
      decide: decide, contract: contract, wait: wait, delivery: .none, hall: .none,
      installation: .none, acceptance: .none, porting: porting(candidate),
      bringUp: isRequest ? .none : row("bring_up", "bring_up"),
      evaluation: row("evaluation", "evaluation"), margin: scenario.calendar["margin"] ?? 0)
    if case .buy(let quote) = candidate.source { setDelivery(&phases, candidate, quote) }
    return phases
  }

  /// Whether a price is agreed on; blocks, reservations and capacity by the hour are sold over the
  /// counter.
  static func isNegotiated(_ candidate: Candidate) -> Bool {
    switch candidate.purchase {
    case .onDemand, .spot, .capacityBlock, .flexStart, .calendar: false
    default: true
    }
  }

  private func setDelivery(
    _ phases: inout PhaseLengths, _ candidate: Candidate, _ quote: ServerQuote
  ) {
    let chip = candidate.accelerator.id
    let isLiquid = quote.chips >= 36
    phases.wait = .none
    if let weeks = quote.leadTimeWeeks, scenario.calendar["delivery"] == nil {
      // A quote's own word has the scatter of its class about it.
      let usual = catalog.judgement("lead_time", appliesTo: chip)?.days
      var class_ = UncertainDays(usual, name: "lead.\(candidate.accelerator.generation)")
      class_.days = 7 * weeks
      phases.delivery = class_
    } else if let given = scenario.calendar["delivery"] {
      phases.delivery = UncertainDays(days: given, deviation: 0, name: "lead")
    } else {
      phases.delivery = UncertainDays(
        catalog.judgement("lead_time", appliesTo: chip)?.days
          ?? catalog.judgement("lead_time", appliesTo: "b300")?.days,
        name: "lead.\(candidate.accelerator.generation)")
    }
    phases.hall = UncertainDays(
      catalog.judgement("colocation_wait", appliesTo: isLiquid ? "liquid" : "air")?.days,
      name: "hall.\(isLiquid ? "liquid" : "air")")
    if scenario.owning.hasOwnHall { phases.hall = .none }
    phases.acceptance =
      scenario.calendar["acceptance"].map { UncertainDays(days: $0, deviation: 0, name: "") }
      ?? UncertainDays(
        catalog.judgement("acceptance", appliesTo: chip)?.days
          ?? catalog.judgement("acceptance", appliesTo: "b300")?.days, name: "phase.acceptance")
  }

  /// Where the scenario says which stacks are in use the rest is new; where it says nothing, the team
  /// has a recipe for the commonest one, NVIDIA's.
  private func porting(_ candidate: Candidate) -> UncertainDays {
    let chip = candidate.accelerator
    let isNvidia = chip.kind == .gpu && chip.vendor.lowercased() != "amd"
    if let used = scenario.overheads.stacksInUse, used.contains(chip.kind) { return .none }
    if scenario.overheads.stacksInUse == nil && isNvidia { return .none }
    switch chip.kind {
    case .trainium: return row("porting", "porting_trainium")
    case .tpu: return row("porting", "porting_tpu")
    case .gpu: return isNvidia ? row("porting", "porting_tpu") : row("porting", "porting_amd")
    }
  }
}

extension Candidate {
  /// What a quote says beside its price.
  var quoted: SellerTerms {
    switch source {
    case .rent(let offer): offer.terms
    case .buy(let quote): quote.terms
    }
  }
}
