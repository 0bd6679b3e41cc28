import Catalog
import Planning
import Quantities

// What is trained, and where it may be.
extension ScenarioFields {
  static func job(_ choices: InputChoices) -> [InputField] {
    [
      InputField(
        "model", "Model", group: "Job", help: "What is trained; “budget” takes the best it buys.",
        hint: "budget, a name, a size like 70B, or a config.json (Tab completes)",
        completions: ["budget"] + choices.models, text: modelText,
        shown: { scenario in
          if case .fromBudget = scenario.model { return "best for the budget" }
          return modelText(scenario)
        },
        read: { text, scenario in
          let isFromBudget = text.isEmpty || text == "budget"
          scenario.model = isFromBudget ? .fromBudget : try choices.readModel(text)
        }),
      optionalCount(
        "tokens", "Tokens", unit: "tokens", help: "Tokens to train on.",
        hint: "a count like 15T, or auto for the scaling law", what: "a number of tokens",
        \.tokens),
      InputField(
        "sequence-length", "Sequence length", unit: "tokens", group: "Job",
        help: "Tokens per sequence.", hint: "a count like 8192",
        text: { String($0.sequenceLength) },
        shown: { Decimals.grouped(Double($0.sequenceLength)) },
        nudge: { steps, scenario in
          scenario.sequenceLength = doubled(
            scenario.sequenceLength, steps, within: 1...100_000_000)
        },
        read: { text, scenario in
          scenario.sequenceLength = try whole(
            text, as: "a sequence length", within: 1...100_000_000)
        }),
      optionalCount(
        "global-batch-tokens", "Batch", unit: "tokens", help: "Tokens per optimizer step.",
        hint: "a count like 4M, or auto for the critical batch size", what: "a batch in tokens",
        \.globalBatchTokens),
    ]
  }

  static func places(_ choices: InputChoices) -> [InputField] {
    let routes = Route.allCases.map(\.rawValue)
    let purchases = Purchase.allCases.map(\.rawValue)
    return [
      some(
        of: routes, "routes", "Routes", help: "The ways to get the chips that are weighed.",
        standard: Set(routes), get: { Set($0.routes.map(\.rawValue)) },
        set: { $0.routes = Set($1.compactMap { Route(rawValue: $0) }) }),
      some(
        of: choices.regions, "regions", "Regions", help: "Regions the job may run in.",
        get: { $0.regions }, set: { $0.regions = $1 }),
      some(
        of: choices.providers, "providers", "Providers", help: "Who may be rented or bought from.",
        get: { $0.providers }, set: { $0.providers = $1 }),
      some(
        of: purchases, "purchases", "Purchase types",
        help: "How capacity may be bought; by default all but spot, whose interruptions no source "
          + "puts a rate on.",
        standard: Set(purchases).subtracting(["spot"]),
        get: { Set($0.purchases.map(\.rawValue)) },
        set: { $0.purchases = Set($1.compactMap { Purchase(rawValue: $0) }) }),
    ]
  }

  private static func modelText(_ scenario: Scenario) -> String {
    switch scenario.model {
    case .fromBudget: "budget"
    case .architecture(let architecture): architecture.name
    case .parameters(let count): CompactNumber.text(count)
    }
  }

  /// A count that the engine chooses when none is given.
  private static func optionalCount(
    _ name: String, _ label: String, unit: String, help: String, hint: String, what: String,
    _ path: WritableKeyPath<Scenario, Double?> & Sendable
  ) -> InputField {
    InputField(
      name, label, unit: unit, group: "Job", help: help, hint: hint, completions: ["auto"],
      text: { $0[keyPath: path].map { CompactNumber.text($0) } ?? "auto" },
      nudge: { steps, scenario in
        guard let value = scenario[keyPath: path] else { return }
        let wanted = stepped(value, steps)
        if wanted.isFinite, wanted >= 1 { scenario[keyPath: path] = wanted }
      },
      read: { text, scenario in
        let isAutomatic = text.isEmpty || text == "auto"
        scenario[keyPath: path] = isAutomatic ? nil : try Count.parse(text, as: what)
      })
  }

  /// A choice of several; the scenario holds no names where the standard ones are meant.
  private static func some(
    of names: [String], _ name: String, _ label: String, help: String,
    standard: Set<String>? = nil,
    get: @escaping @Sendable (Scenario) -> Set<String>,
    set: @escaping @Sendable (inout Scenario, Set<String>) -> Void
  ) -> InputField {
    let standard = standard ?? Set(names)
    // Routes are always named in the scenario, the others only where they differ.
    let isAlwaysNamed = name == "routes"
    @Sendable func text(_ scenario: Scenario) -> String {
      let chosen = get(scenario)
      if chosen.isEmpty || chosen == standard { return "all" }
      return names.filter(chosen.contains).joined(separator: ",")
    }
    return InputField(
      name, label, group: "Where", help: help, hint: "Enter ticks them in a list",
      kind: .some(of: names, standard: standard), text: text,
      shown: { scenario in
        let chosen = get(scenario)
        guard !chosen.isEmpty, chosen != standard else {
          return standard.count == names.count ? "all \(names.count)" : "all but spot"
        }
        return chosen.count > 2 ? "\(chosen.count) of \(names.count)" : text(scenario)
      },
      read: { text, scenario in
        let words = text.split(separator: ",").map { word in
          String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        for word in words where !names.contains(word) && word != "all" {
          throw InputError(unknown(word, among: names))
        }
        let isStandard = words.isEmpty || words.contains("all") || Set(words) == standard
        set(&scenario, isStandard ? (isAlwaysNamed ? standard : []) : Set(words))
      })
  }

  private static func unknown(_ word: String, among names: [String]) -> String {
    let near = NearMiss.closest(to: word, among: names).map { "; did you mean \($0)?" } ?? ""
    return "There is no “\(Magnitude.printable(word))”\(near)"
  }
}
