import Catalog
import Quantities
import Workload

extension ScenarioField {
  /// Every input, in the order it is read: a deadline is counted from the start before it.
  public static let all: [ScenarioField] =
    goal + job + shape + purposeFields + policy + overheads + renting
    + owning + calendar

  /// The field of a key, or nil.
  public static func named(_ key: String) -> ScenarioField? {
    all.first { $0.key == key }
  }

  // MARK: What is wanted

  static let goal: [ScenarioField] = [
    ScenarioField(
      "budget", in: .goal, "amount", "The limit on cash spent for the job, in US dollars.",
      bounds: FieldBounds.budget, numbers: { [$0.budgetDollars] }
    ) { text, scenario, _ in
      let dollars = try Money(parsing: text, as: "a budget").dollars
      guard dollars > 0 else {
        throw ScenarioFault("--budget “\(text)”: the budget must be more than 0")
      }
      scenario.budgetDollars = try FieldText.within(
        FieldBounds.budget, dollars, "the budget", text)
    } show: {
      Decimals.shortest($0.budgetDollars)
    },
    ScenarioField(
      "start", in: .goal, "date",
      "The day the job may start; today when not given.", bounds: FieldBounds.wait,
      numbers: { [Double($0.start.daysSinceEpoch - $0.today.daysSinceEpoch)] }
    ) { text, scenario, context in
      let day = try CalendarDate(parsing: text)
      if context.today != nil {
        guard day >= scenario.today else {
          throw ScenarioFault(
            "start: \(day.iso) is before today, \(scenario.today.iso); give a day from today on, or "
              + "the day it is with --today")
        }
        let days = Double(day.daysSinceEpoch - scenario.today.daysSinceEpoch)
        _ = try FieldText.within(FieldBounds.wait, days, "start", text)
      }
      scenario.start = day
    } show: {
      $0.start.iso
    },
    ScenarioField(
      "deadline", in: .goal, "length|date", "When the run must have ended.",
      bounds: FieldBounds.span, numbers: { $0.deadline.map { [$0.days] } ?? [] }
    ) { text, scenario, _ in
      scenario.deadline = try deadline(text, from: scenario.start)
    } show: {
      $0.deadline?.roundTrip
    },
    ScenarioField(
      "longest_run", in: .goal, "length", "The longest run considered; no cap unless given.",
      bounds: FieldBounds.span, numbers: { $0.longestRun.map { [$0.days] } ?? [] }
    ) { text, scenario, _ in
      let span = try TimeSpan(parsing: text, as: "the longest run")
      guard span.hours > 0 else { throw ScenarioFault("longest_run: must be more than 0") }
      _ = try FieldText.within(FieldBounds.span, span.days, "longest_run", text)
      scenario.longestRun = span
    } show: {
      $0.longestRun?.roundTrip
    },
    number(
      "confidence", in: .goal, "fraction",
      "Chance of keeping budget and deadline, each, that a model sized from them is given.",
      FieldBounds.confidence, \.confidence),
    number(
      "discount_rate", in: .goal, "fraction",
      "A year, for the value of what is left over at the end.", FieldBounds.discountRate,
      \.discountRate),
    ScenarioField(
      "samples", in: .goal, "count",
      "Outcomes drawn for ranges and chances, best a power of two; 0 for none."
    ) { text, scenario, _ in
      scenario.samples =
        text == "0" ? 0 : try FieldText.whole(text, "a number of samples", 1...4_194_304)
    } show: {
      String($0.samples)
    },
    ScenarioField("seed", in: .goal, "number", "What the worlds are drawn from.") {
      text, scenario, _ in
      scenario.seed =
        text == "0" ? 0 : UInt64(try FieldText.whole(text, "a seed", 1...1_000_000_000_000_000))
    } show: {
      String($0.seed)
    },
  ]

  private static func deadline(_ text: String, from start: CalendarDate) throws -> TimeSpan {
    func within(_ span: TimeSpan) throws -> TimeSpan {
      _ = try FieldText.within(FieldBounds.span, span.days, "--deadline", text)
      return span
    }
    if let date = try? CalendarDate(parsing: text) {
      guard date > start else {
        throw ScenarioFault("--deadline \(text) is not after the start, \(start.iso)")
      }
      return try within(
        TimeSpan(days: Double(date.daysSinceEpoch - start.daysSinceEpoch)))
    }
    let span = try TimeSpan(parsing: text, as: "a deadline, as a date or a length of time")
    guard span.hours > 0 else { throw ScenarioFault("--deadline \(text): must be more than 0") }
    return try within(span)
  }

  // MARK: What is trained

  static let job: [ScenarioField] = [
    ScenarioField(
      "model", in: .job, "name|file|shape",
      "A preset (plan catalog models), a config.json or its folder, or layers=32 hidden=4096 …"
    ) { text, scenario, context in
      scenario.model = .architecture(
        try ModelSource.architecture(text, readFile: context.readFile))
    } show: { scenario in
      if case .architecture(let architecture) = scenario.model { return architecture.name }
      return nil
    },
    ScenarioField(
      "params", in: .job, "count", "Parameters of the model, in the default shape.",
      bounds: FieldBounds.parameters,
      numbers: { if case .parameters(let count) = $0.model { [count] } else { [] } }
    ) { text, scenario, _ in
      if case .architecture = scenario.model {
        throw ScenarioFault("--model and --params both name the model; give one of them")
      }
      scenario.model = .parameters(try parameters(text))
    } show: { scenario in
      if case .parameters(let count) = scenario.model { return Decimals.shortest(count) }
      return nil
    },
    number(
      "tokens", in: .job, "count", "Tokens to train on; without them as many as the money buys.",
      FieldBounds.tokens, \.tokens),
    ScenarioField(
      "sequence_length", in: .job, "count", "Tokens per sequence.",
      bounds: FieldBounds.sequenceLength, numbers: { [Double($0.sequenceLength)] }
    ) { text, scenario, _ in
      let length = try FieldText.whole(text, "a sequence length", 1...100_000_000)
      try checkBatch(scenario.globalBatchTokens, sequenceLength: length)
      scenario.sequenceLength = length
    } show: {
      String($0.sequenceLength)
    },
    ScenarioField(
      "global_batch_tokens", in: .job, "count", "Tokens per optimizer step.",
      bounds: FieldBounds.globalBatchTokens, numbers: { [$0.globalBatchTokens].compactMap { $0 } }
    ) { text, scenario, _ in
      let tokens = try FieldText.number(text, "global_batch_tokens", FieldBounds.globalBatchTokens)
      try checkBatch(tokens, sequenceLength: scenario.sequenceLength)
      scenario.globalBatchTokens = tokens
    } show: {
      $0.globalBatchTokens.map(Decimals.shortest)
    },
    ScenarioField(
      "largest_cluster", in: .job, "count", "Chips in the largest cluster considered.",
      bounds: FieldBounds.chips, numbers: { [Double($0.largestCluster)] }
    ) { text, scenario, _ in
      scenario.largestCluster = try FieldText.whole(text, "a cluster's size", 1...1_000_000)
    } show: {
      String($0.largestCluster)
    },
  ]

  /// Refuses a batch of less than one sequence: most likely sequences were counted.
  private static func checkBatch(_ tokens: Double?, sequenceLength: Int) throws {
    guard let tokens, tokens < Double(sequenceLength) else { return }
    let meant = Count.short(tokens * Double(sequenceLength))
    throw ScenarioFault(
      "global_batch_tokens: \(Decimals.shortest(tokens)) is less than one sequence of "
        + "\(sequenceLength) tokens; it counts tokens: \(Decimals.shortest(tokens)) sequences are "
        + "\(meant)")
  }

  /// A parameter count within what the default shape can take.
  private static func parameters(_ text: String) throws -> Double {
    let count = try Count.parse(text, as: "a number of parameters")
    let range = TransformerArchitecture.defaultShapeRange
    guard range.contains(count) else {
      throw ScenarioFault(
        "--params \(Magnitude.printable(text)): sizes from \(Count.short(range.lowerBound)) to "
          + "\(Count.short(range.upperBound)) can be planned")
    }
    return count
  }

  // MARK: What is allowed

  static let policy: [ScenarioField] = [
    choices(
      "routes", in: .policy, "rent-trainium, rent-tpu, buy-gpu, rent-gpu; several with commas.",
      one: "route", \.routes),
    names(
      "regions", in: .policy, "Regions allowed; several with commas.", one: "region",
      known: regions, \.regions),
    names(
      "providers", in: .policy, "Providers allowed; several with commas.", one: "provider",
      known: providers, \.providers),
    choices(
      "purchases", in: .policy, "Purchase types allowed, as in offers.csv.", one: "purchase",
      \.purchases),
    names(
      "deny_regions", in: .policy, "Regions ruled out.", one: "region", known: regions,
      \.policy.deniedRegions),
    names(
      "deny_providers", in: .policy, "Providers ruled out; own is a provider too.",
      one: "provider", known: providers, \.policy.deniedProviders),
    amounts(
      "share_limit", in: .policy, "provider=fraction",
      "Largest fraction of the budget that a provider may get.", .fraction, names: providers,
      \.policy.shareLimits),
    ScenarioField(
      "quota", in: .policy, "accelerator=chips", "Most chips of an accelerator that are granted.",
      bounds: FieldBounds.quota, numbers: { $0.policy.quotas.values.map(Double.init).sorted() }
    ) { text, scenario, context in
      var quotas: [String: Int] = [:]
      for word in FieldText.list(text) {
        let parts = word.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          throw ScenarioFault(
            "quota: “\(Magnitude.printable(word))” is not accelerator=chips, as in trn2=1024")
        }
        let id = try FieldText.name(
          String(parts[0]), "accelerator", context.catalog.accelerators.map(\.id))
        guard quotas[id] == nil else {
          throw ScenarioFault("quota: \(id) is given twice; keep one of the two")
        }
        quotas[id] = try FieldText.whole(String(parts[1]), "quota", 0...10_000_000)
      }
      scenario.policy.quotas = quotas
    } show: { scenario in
      FieldText.joined(Set(scenario.policy.quotas.map { "\($0.key)=\($0.value)" }))
    },
    ScenarioField(
      "contains_user_data", in: .policy, "true|false",
      "The job touches user data, which must stay on machines of your own."
    ) { text, scenario, _ in
      scenario.containsUserData = try FieldText.flag(text, "contains_user_data")
    } show: {
      $0.containsUserData ? "true" : "false"
    },
  ]

  private static let regions: @Sendable (Catalog) -> [String] = { catalog in
    Set(catalog.offers.map(\.region)).subtracting([""]).sorted()
  }

  private static let providers: @Sendable (Catalog) -> [String] = { catalog in
    Set(catalog.offers.map(\.provider)).union(["own"]).sorted()
  }

  static let cloudProviders: @Sendable (Catalog) -> [String] = { catalog in
    Set(catalog.offers.map(\.provider)).sorted()
  }
}
