import Catalog
import Quantities
import Throughput
import Workload

extension ScenarioField {
  /// What a model that the budget chooses is like, and what trains it.
  static let shape: [ScenarioField] = [
    ScenarioField(
      "dense", in: .job, "true|false", "Let the budget choose among dense models only."
    ) { text, scenario, _ in
      scenario.isDense = try FieldText.flag(text, "dense")
    } show: {
      $0.isDense ? "true" : "false"
    },
    ScenarioField(
      "active", in: .job, "count",
      "Active parameters of a mixture of experts; total is 16 times that unless given.",
      bounds: FieldBounds.parameters,
      numbers: { if case .mixture(let active, _) = $0.model { [active] } else { [] } }
    ) { text, scenario, _ in
      try checkFree(scenario, "active")
      let active = try FieldText.number(text, "active", FieldBounds.parameters)
      scenario.model = .mixture(active: active, total: active * usualTotalOverActive)
    } show: { scenario in
      if case .mixture(let active, _) = scenario.model { return Decimals.shortest(active) }
      return nil
    },
    ScenarioField(
      "total", in: .job, "count", "All parameters of a mixture of experts, with active.",
      bounds: FieldBounds.parameters,
      numbers: { if case .mixture(_, let total) = $0.model { [total] } else { [] } }
    ) { text, scenario, _ in
      let total = try FieldText.number(text, "total", FieldBounds.parameters)
      switch scenario.model {
      case .mixture(let active, _):
        guard total >= 1.2 * active, total <= 200 * active else {
          throw ScenarioFault(
            "total: \(Count.short(total)) with \(Count.short(active)) active is no mixture; give from "
              + "1.2 to 200 times the active parameters")
        }
        scenario.model = .mixture(active: active, total: total)
      case .fromBudget:
        scenario.model = .mixture(active: total / usualTotalOverActive, total: total)
      default: try checkFree(scenario, "total")
      }
    } show: { scenario in
      if case .mixture(_, let total) = scenario.model { return Decimals.shortest(total) }
      return nil
    },
    ScenarioField(
      "purpose", in: .job, "train|serve",
      "What the model is for: served afterwards (smaller, on more tokens), or trained for its loss alone."
    ) { text, scenario, _ in
      let known = Purpose.Kind.allCases.map(\.rawValue)
      scenario.purpose =
        Purpose.Kind(rawValue: try FieldText.name(text, "purpose", known)) ?? .serve
    } show: {
      $0.purpose.rawValue
    },
    ScenarioField(
      "law", in: .job, "id", "Laws of the loss, two at most (plan catalog laws)."
    ) { text, scenario, _ in
      let ids = FieldText.list(text)
      _ = try LossLaw(ids: ids)
      scenario.laws = ids
    } show: {
      $0.laws.isEmpty ? nil : $0.laws.joined(separator: ",")
    },
    number(
      "unique_tokens", in: .job, "count", "Different tokens there are to train on.",
      FieldBounds.uniqueTokens, \.uniqueTokens),
    ScenarioField(
      "curriculum", in: .job, "share@length",
      "Shares of the tokens on longer sequences, such as 5%@32768,1%@131072.",
      bounds: FieldBounds.curriculumShare, numbers: { $0.curriculum.map(\.share) }
    ) { text, scenario, _ in
      scenario.curriculum = text.isEmpty ? [] : try CurriculumPhase.read(text)
    } show: {
      $0.curriculum.isEmpty ? nil : CurriculumPhase.text($0.curriculum)
    },
    ScenarioField(
      "precision", in: .job, "recipe",
      "auto (what the field trains with on each chip), or one of "
        + Precision.allCases.map(\.rawValue).joined(separator: ", ") + "."
    ) { text, scenario, _ in
      let known = ["auto"] + Precision.allCases.map(\.rawValue)
      scenario.precision = Precision(rawValue: try FieldText.name(text, "precision", known))
    } show: {
      $0.precision?.rawValue ?? "auto"
    },
    ScenarioField(
      "software", in: .job, "stack",
      "What trains, on the chips that it runs on, with @YYYY-MM for a release of then: "
        + SoftwareTable.builtIn.names.joined(separator: ", ") + "."
    ) { text, scenario, _ in
      guard let stack = SoftwareTable.builtIn.stack(asked: text) else {
        let names = SoftwareTable.builtIn.names
        let near =
          NearMiss.closest(to: String(text.prefix { $0 != "@" }), among: names)
          .map { "; did you mean \($0)?" } ?? ""
        throw ScenarioFault(
          "software: “\(Magnitude.printable(text))” is none of \(names.joined(separator: ", ")), "
            + "with @YYYY-MM for a release\(near)")
      }
      scenario.software = GivenSoftware(text: text, stack: stack)
    } show: {
      $0.software?.text
    },
  ]

  /// Middle of the ladder's shares of active parameters.
  private static let usualTotalOverActive = 16.0

  private static func checkFree(_ scenario: Scenario, _ key: String) throws {
    if case .fromBudget = scenario.model { return }
    throw ScenarioFault("\(key): the model is given already, by model or params; give one of them")
  }

  /// Days of the phases of a calendar, in place of the judgement table's.
  static let calendar: [ScenarioField] = [
    phase("procurement", "Deciding and approval."),
    phase("quotes", "To get comparable quotes for a contract."),
    phase("negotiation", "Of a contract, once quotes are there."),
    phase("wait", "From the contract or the request until rented machines stand."),
    phase("delivery", "From the order of servers to the dock."),
    phase("acceptance", "Of servers, from the dock on."),
    phase("porting", "Work on new software while machines are waited for."),
    phase("bring_up", "On the machines, before the first useful step."),
    phase("evaluation", "After the run, before the end that is asked for."),
    phase("margin", "Kept free before the end that is asked for."),
  ]

  private static func phase(_ key: String, _ help: String) -> ScenarioField {
    ScenarioField(
      key, in: .calendar, "length", help, bounds: FieldBounds.phase,
      numbers: { [$0.calendar[key]].compactMap { $0 } }
    ) { text, scenario, _ in
      let span = text == "0" ? TimeSpan(days: 0) : try TimeSpan(parsing: text, as: key)
      scenario.calendar[key] = try FieldText.within(FieldBounds.phase, span.days, key, text)
    } show: {
      $0.calendar[key].map { $0 == 0 ? "0" : TimeSpan(days: $0).roundTrip }
    }
  }
}

/// A stack of software as somebody asked for it.
public struct GivenSoftware: Hashable, Sendable {
  public var text: String
  public var stack: SoftwareStack

  /// The stack on a kind of chip; nil where it does not run on it.
  func stack(on chip: Accelerator) -> SoftwareStack? {
    let kinds: [AcceleratorKind] =
      switch text.prefix(while: { $0 != "@" }) {
      case "maxtext": [.tpu]
      case "axlearn": [.tpu, .trainium]
      case "neuron-nxd": [.trainium]
      case "own": [.gpu, .tpu, .trainium]
      default: [.gpu]
      }
    return kinds.contains(chip.kind) ? stack : nil
  }
}
