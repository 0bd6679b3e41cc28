import Catalog
import Planning
import Quantities

/// Every input of a scenario, in the order of the scenario's own list of fields: the dashboard adds
/// how they look, and nothing about what they mean.
enum ScenarioFields {
  /// What tells the model's size is one input with the model.
  static let ofModel: Set<String> = ["params", "active", "total"]

  static func all(_ choices: InputChoices) -> [InputField] {
    // The model and its size are one input here: a name or a count.
    let fields = ScenarioField.all.filter { !ofModel.contains($0.key) }.map { field in
      switch field.key {
      case "model": model(field, choices)
      case "contains_user_data": flag(field, "Touches user data", choices)
      case "dense": flag(field, "Dense models only", choices)
      default: list(field, choices) ?? value(field, choices)
      }
    }
    return fields + [RangesInput.field(choices), ClaimsInput.field(choices)]
  }

  /// What a section is called.
  private static func title(_ section: ScenarioField.Section) -> String {
    switch section {
    case .goal: "Goal"
    case .job: "Job"
    case .purpose: "What it is for"
    case .policy: "Where and with whom"
    case .overheads: "Rest of the bill"
    case .renting: "Renting"
    case .owning: "Owning"
    case .calendar: "Calendar"
    }
  }

  private static func name(_ field: ScenarioField) -> String {
    String(field.key.map { $0 == "_" ? "-" : $0 })
  }

  private static func set(
    _ field: ScenarioField, _ text: String, _ scenario: inout Scenario, _ choices: InputChoices
  ) throws {
    let context = FieldContext(
      catalog: choices.catalog, today: choices.today, readFile: choices.readFile)
    try field.set(text, &scenario, context)
  }

  /// Takes a field's value away: every other one laid over a scenario as it is by default.
  static func clear(
    _ key: String, _ scenario: inout Scenario, _ choices: InputChoices
  ) throws {
    var fresh = Scenario(budgetDollars: scenario.budgetDollars, start: scenario.start)
    fresh.today = scenario.today
    if key != "model" { fresh.model = scenario.model }
    for field in ScenarioField.all where !["model", "params", key].contains(field.key) {
      if let text = field.show(scenario) { try set(field, text, &fresh, choices) }
    }
    (fresh.claims, fresh.spreads) = (scenario.claims, scenario.spreads)
    (fresh.requirements, fresh.quotes) = (scenario.requirements, scenario.quotes)
    scenario = fresh
  }

  // MARK: Values

  private static func value(_ field: ScenarioField, _ choices: InputChoices) -> InputField {
    let look = InputLook.of(field.key)
    let words = words(field.key, choices)
    let empty = look.empty
    @Sendable func text(_ scenario: Scenario) -> String {
      guard let raw = field.show(scenario) else { return empty ?? "" }
      return typed(raw, look.form)
    }
    @Sendable func read(_ typed: String, _ scenario: inout Scenario) throws {
      let text = plain(typed, field.key, look.form)
      let isEmpty = text.isEmpty || text == "none" || text == empty
      guard isEmpty, empty != nil, !words.contains(text) else {
        return try set(field, text, &scenario, choices)
      }
      try clear(field.key, &scenario, choices)
    }
    return InputField(
      name: name(field), label: look.label, unit: look.unit, group: title(field.section),
      help: field.help, hint: look.hint, kind: .text,
      completions: words + (empty == nil ? [] : ["none"]), text: text,
      shown: { scenario in
        guard let raw = field.show(scenario) else { return empty ?? "-" }
        if field.key == "deadline", let date = scenario.deadlineDate {
          return "\(raw), \(date.iso)"
        }
        return shown(raw, look.form)
      }, read: read, nudge: InputSteps.nudge(field, look, words, read: read))
  }

  /// Fields that hold how long something takes.
  private static let phases: Set<String> = [
    "procurement", "quotes", "negotiation", "wait", "delivery", "acceptance", "porting", "bring_up",
    "evaluation", "margin",
  ]

  /// What was typed, in the form that the field reads.
  private static func plain(_ text: String, _ key: String, _ form: InputLook.Form) -> String {
    switch (key, form) {
    case ("deadline", _), ("longest_run", _): TypedForms.time(text, isEnd: true)
    case ("start", _): TypedForms.time(text, isEnd: false)
    case _ where phases.contains(key): TypedForms.time(text, isEnd: true)
    case (_, .magnitude), (_, .grouped): TypedForms.number(text)
    default: text
    }
  }

  /// Words an input can be, where it is one of few.
  private static func words(_ key: String, _ choices: InputChoices) -> [String] {
    switch key {
    case "experiments": return ["known-recipe", "new-recipe", "frontier", "none"]
    case "charge": return ["incremental", "usage"]
    case "purpose": return ["serve", "train"]
    case "precision": return ["auto", "bf16", "fp8", "mxfp8", "nvfp4"]
    case "own_place": return choices.places
    default: return []
    }
  }

  /// A value as a person would type it, exact.
  private static func typed(_ raw: String, _ form: InputLook.Form) -> String {
    guard let value = Double(raw) else { return raw }
    switch form {
    case .plain, .grouped: return raw
    case .magnitude: return CompactNumber.text(value)
    case .percent:
      let percent = Decimals.shortest((value * 1e11).rounded() / 1e9)
      return (Double(percent) ?? .nan) / 100 == value ? percent + "%" : raw
    }
  }

  private static func shown(_ raw: String, _ form: InputLook.Form) -> String {
    guard case .grouped = form, let value = Double(raw), value == value.rounded() else {
      return typed(raw, form)
    }
    return Decimals.grouped(value)
  }

  private static func flag(
    _ field: ScenarioField, _ label: String, _ choices: InputChoices
  ) -> InputField {
    let text: @Sendable (Scenario) -> String = { field.show($0) == "true" ? "yes" : "no" }
    let read: @Sendable (String, inout Scenario) throws -> Void = { text, scenario in
      try set(field, text, &scenario, choices)
    }
    return InputField(
      name: name(field), label: label, unit: "", group: title(field.section), help: field.help,
      hint: "yes or no", kind: .flag, completions: ["yes", "no"], text: text, shown: text,
      read: read,
      nudge: { _, scenario in try? read(text(scenario) == "yes" ? "no" : "yes", &scenario) })
  }

  // MARK: The model

  private static func model(_ field: ScenarioField, _ choices: InputChoices) -> InputField {
    @Sendable func text(_ scenario: Scenario) -> String {
      switch scenario.model {
      case .fromBudget: "budget"
      case .architecture(let architecture): architecture.name
      case .parameters(let count): CompactNumber.text(count)
      case .mixture: scenario.modelName
      }
    }
    return InputField(
      name: name(field), label: "Model", unit: "", group: title(field.section),
      help: "What is trained; “budget” is the best that the money buys.",
      hint: "budget, a name, a size like 70B, or a config.json (Tab completes)", kind: .text,
      completions: ["budget"] + choices.models, text: text,
      shown: { scenario in
        if case .fromBudget = scenario.model { return "best for the budget" }
        return text(scenario)
      },
      read: { text, scenario in
        var wanted = scenario
        wanted.model = .fromBudget
        let isSize = !choices.models.contains(text) && text.first?.isNumber == true
        if isSize, let size = ScenarioField.named("params") {
          try set(size, text, &wanted, choices)
        } else if !text.isEmpty, text != "budget" {
          guard text != "-" else { throw InputError("A model can't be read from the keyboard.") }
          try set(field, text, &wanted, choices)
        }
        scenario = wanted
      }, nudge: nil)
  }

  // MARK: Lists

  /// A choice of several; nil when the field is none.
  private static func list(_ field: ScenarioField, _ choices: InputChoices) -> InputField? {
    let routes = Route.allCases.map(\.rawValue)
    let purchases = Purchase.allCases.map(\.rawValue)
    let kinds = AcceleratorKind.allCases.map(\.rawValue)
    switch field.key {
    case "routes":
      return some(field, "Routes", of: routes, standard: Set(routes), "all", choices)
    case "regions":
      let all = choices.regions
      return some(field, "Regions", of: all, standard: Set(all), "all", choices)
    case "providers":
      let all = choices.providers
      return some(field, "Providers", of: all, standard: Set(all), "all", choices)
    case "purchases":
      let standard = Set(purchases).subtracting(["spot"])
      return some(
        field, "Purchase types", of: purchases, standard: standard, "all but spot", choices)
    case "deny_regions":
      return some(field, "Regions denied", of: choices.regions, standard: [], "none", choices)
    case "deny_providers":
      return some(field, "Providers denied", of: choices.providers, standard: [], "none", choices)
    case "stacks":
      return some(field, "Software runs on", of: kinds, standard: [], "not said", choices)
    default: return nil
    }
  }

  /// - Parameters:
  ///   - standard: what is meant where the scenario names none.
  ///   - word: what stands for the standard.
  private static func some(
    _ field: ScenarioField, _ label: String, of names: [String], standard: Set<String>,
    _ word: String, _ choices: InputChoices
  ) -> InputField {
    @Sendable func chosen(_ scenario: Scenario) -> Set<String> {
      let words = field.show(scenario)?.split(separator: ",").map(String.init) ?? []
      return words.isEmpty ? standard : Set(words)
    }
    @Sendable func text(_ scenario: Scenario) -> String {
      let chosen = chosen(scenario)
      return chosen == standard ? word : chosen.sorted().joined(separator: ",")
    }
    return InputField(
      name: name(field), label: label, unit: "", group: title(field.section), help: field.help,
      hint: "Enter ticks them in a list", kind: .some(of: names, standard: standard),
      completions: [], text: text,
      shown: { scenario in
        let chosen = chosen(scenario)
        if chosen == standard { return word == "all" ? "all \(names.count)" : word }
        return chosen.count > 2 ? "\(chosen.count) of \(names.count)" : text(scenario)
      },
      read: { text, scenario in
        let words = Set(text.split(separator: ",").map(String.init))
        guard text == word || words == standard else {
          return try set(field, text, &scenario, choices)
        }
        try clear(field.key, &scenario, choices)
      }, nudge: nil)
  }
}
