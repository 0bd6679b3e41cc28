import ArgumentParser
import Catalog
import Planning
import Quantities

/// The scenario's fields as options of the command line, shared by every planning command.
struct ScenarioOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: help("budget"))
  var budget: String?

  @Option(parsing: .unconditional, help: help("start"))
  var start: String?

  @Option(parsing: .unconditional, help: help("deadline"))
  var deadline: String?

  @Option(parsing: .unconditional, help: help("longest_run"))
  var longestRun: String?

  @Option(parsing: .unconditional, help: help("confidence"))
  var confidence: String?

  @Option(parsing: .unconditional, help: help("discount_rate"))
  var discountRate: String?

  @Option(parsing: .unconditional, help: help("samples"))
  var samples: String?

  @Option(parsing: .unconditional, help: help("seed"))
  var seed: String?

  @Option(parsing: .unconditional, help: help("model"), completion: Completions.models)
  var model: String?

  @Option(parsing: .unconditional, help: help("params"))
  var params: String?

  @OptionGroup(title: "A model's shape by hand")
  var shape: ShapeOptions

  @Flag(help: help("dense"))
  var dense = false

  @Option(parsing: .unconditional, help: help("active"))
  var active: String?

  @Option(parsing: .unconditional, help: help("total"))
  var total: String?

  @Option(parsing: .unconditional, help: help("purpose"), completion: .list(["train", "serve"]))
  var purpose: String?

  @Option(parsing: .unconditionalSingleValue, help: help("law"))
  var law: [String] = []

  @Option(parsing: .unconditional, help: help("unique_tokens"))
  var uniqueTokens: String?

  @Option(parsing: .unconditional, help: help("curriculum"))
  var curriculum: String?

  @Option(parsing: .unconditional, help: help("precision"))
  var precision: String?

  @Option(parsing: .unconditional, help: help("software"))
  var software: String?

  @Option(parsing: .unconditional, help: help("tokens"))
  var tokens: String?

  @Option(parsing: .unconditional, help: help("sequence_length"))
  var sequenceLength: String?

  @Option(parsing: .unconditional, help: help("global_batch_tokens"))
  var globalBatchTokens: String?

  @Option(parsing: .unconditional, help: help("largest_cluster"))
  var largestCluster: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"),
    completion: .directory)
  var pricing: String?

  @Option(
    help: ArgumentHelp("The day it is; the clock's in UTC when not given.", valueName: "date"))
  var today: String?

  @Option(
    name: [.long],
    help: ArgumentHelp(
      "Read the scenario from a TOML file; options override it.", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var scenario: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Take a claim for true: its id, or id=factor; more than one may be given.",
      valueName: "id[=factor]"), completion: Completions.claims)
  var claim: [String] = []

  @OptionGroup(title: "Policy")
  var policy: PolicyOptions

  @OptionGroup(title: "Money")
  var money: MoneyOptions
}

/// Where, with whom and how much: limits that are nobody's price.
struct PolicyOptions: ParsableArguments {
  @Option(parsing: .unconditionalSingleValue, help: help("routes"), completion: Completions.routes)
  var routes: [String] = []

  @Option(
    parsing: .unconditionalSingleValue, help: help("regions"), completion: Completions.regions)
  var regions: [String] = []

  @Option(
    parsing: .unconditionalSingleValue, help: help("providers"), completion: Completions.providers)
  var providers: [String] = []

  @Option(
    parsing: .unconditionalSingleValue, help: help("purchases"), completion: Completions.purchases)
  var purchases: [String] = []

  @Option(
    parsing: .unconditionalSingleValue, help: help("deny_regions"), completion: Completions.regions)
  var denyRegions: [String] = []

  @Option(
    parsing: .unconditionalSingleValue, help: help("deny_providers"),
    completion: Completions.providers)
  var denyProviders: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: help("share_limit"))
  var shareLimit: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: help("quota"))
  var quota: [String] = []

  @Flag(help: help("contains_user_data"))
  var containsUserData = false

  /// What was given, by field.
  var given: [(key: String, text: String?)] {
    [
      ("routes", joined(routes)),
      ("regions", joined(regions)),
      ("providers", joined(providers)),
      ("purchases", joined(purchases)),
      ("deny_regions", joined(denyRegions)),
      ("deny_providers", joined(denyProviders)),
      ("share_limit", joined(shareLimit)),
      ("quota", joined(quota)),
      ("contains_user_data", containsUserData ? "true" : nil),
    ]
  }
}

/// The rest of the bill, renting and owning.
struct MoneyOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: help("experiments"))
  var experiments: String?

  @Option(parsing: .unconditionalSingleValue, help: help("stacks"))
  var stacks: [String] = []

  @Option(parsing: .unconditional, help: help("porting_person_weeks"))
  var portingPersonWeeks: String?

  @Option(parsing: .unconditional, help: help("prepared_tokens_per_hour"))
  var preparedTokensPerHour: String?

  @Option(parsing: .unconditional, help: help("corpus_bytes_per_token"))
  var corpusBytesPerToken: String?

  @Option(parsing: .unconditional, help: help("checkpoints_kept"))
  var checkpointsKept: String?

  @Option(parsing: .unconditional, help: help("egress_gb"))
  var egressGb: String?

  @Option(parsing: .unconditional, help: help("support"))
  var support: String?

  @Option(parsing: .unconditional, help: help("cloud_tax"))
  var cloudTax: String?

  @Option(parsing: .unconditionalSingleValue, help: help("discount"))
  var discount: [String] = []

  @Option(parsing: .unconditionalSingleValue, help: help("promised"))
  var promised: [String] = []

  @Option(parsing: .unconditional, help: help("idle_value"))
  var idleValue: String?

  @Option(parsing: .unconditional, help: help("spot_mean_hours"))
  var spotMeanHours: String?

  @Option(parsing: .unconditional, help: help("spot_gap_hours"))
  var spotGapHours: String?

  @Option(parsing: .unconditional, help: help("queue_wait_hours"))
  var queueWaitHours: String?

  @Option(parsing: .unconditional, help: help("gap_hours"))
  var gapHours: String?

  @Option(parsing: .unconditional, help: help("own_place"))
  var ownPlace: String?

  @Option(parsing: .unconditional, help: help("tariff"))
  var tariff: String?

  @Option(parsing: .unconditional, help: help("residual"))
  var residual: String?

  @Option(parsing: .unconditional, help: help("power_mw"))
  var powerMw: String?

  @Option(parsing: .unconditional, help: help("life"))
  var life: String?

  @Option(parsing: .unconditional, help: help("utilisation"))
  var utilisation: String?

  @Option(parsing: .unconditional, help: help("charge"))
  var charge: String?

  /// What was given, by field.
  var given: [(key: String, text: String?)] {
    [
      ("experiments", experiments),
      ("stacks", joined(stacks)),
      ("porting_person_weeks", portingPersonWeeks),
      ("prepared_tokens_per_hour", preparedTokensPerHour),
      ("corpus_bytes_per_token", corpusBytesPerToken),
      ("checkpoints_kept", checkpointsKept),
      ("egress_gb", egressGb),
      ("support", support),
      ("cloud_tax", cloudTax),
      ("discount", joined(discount)),
      ("promised", joined(promised)),
      ("idle_value", idleValue),
      ("spot_mean_hours", spotMeanHours),
      ("spot_gap_hours", spotGapHours),
      ("queue_wait_hours", queueWaitHours),
      ("gap_hours", gapHours),
      ("own_place", ownPlace),
      ("tariff", tariff),
      ("residual", residual),
      ("power_mw", powerMw),
      ("life", life),
      ("utilisation", utilisation),
      ("charge", charge),
    ]
  }
}

extension ScenarioOptions {
  /// What was given, by field.
  private var given: [(key: String, text: String?)] {
    [
      ("budget", budget),
      ("start", start),
      ("deadline", deadline),
      ("longest_run", longestRun),
      ("confidence", confidence),
      ("discount_rate", discountRate),
      ("samples", samples),
      ("seed", seed),
      ("model", model),
      ("params", params),
      ("dense", dense ? "true" : nil),
      ("active", active),
      ("total", total),
      ("purpose", purpose),
      ("law", joined(law)),
      ("unique_tokens", uniqueTokens), ("curriculum", curriculum),
      ("precision", precision),
      ("software", software),
      ("tokens", tokens),
      ("sequence_length", sequenceLength),
      ("global_batch_tokens", globalBatchTokens),
      ("largest_cluster", largestCluster),
    ] + policy.given + money.given
  }

  /// What was set: in the scenario file, and over it on the command line.
  ///
  /// - Throws: `FaultList` for a bad file, `MissingFile` when it isn't there.
  func settings() throws -> ScenarioSettings {
    var settings = ScenarioSettings()
    if let scenario {
      settings = try ScenarioFile.read(try InputFile.scenarioText(at: scenario), path: scenario)
    }
    for (key, text) in given {
      let text = key == "model" ? try shape.model(named: text) : text
      if let text { settings.set(key, to: text, from: .commandLine) }
    }
    for text in claim { settings.apply(claim: text, from: .commandLine) }
    return settings
  }

  /// The catalogue with the user's tables over it.
  func makeCatalog() throws -> Catalog {
    try Catalog.load(overlay: pricing)
  }

  /// The scenario the options ask for.
  ///
  /// - Parameter budgetDollars: when none is given; nil insists on one.
  /// - Throws: `QuantityError`, `ScenarioFault` or `UsageError` on a value that can't be meant.
  func makeScenario(_ catalog: Catalog, budgetDollars: Double? = nil) throws -> Scenario {
    let settings = try settings()
    guard settings.settings["budget"] != nil || budgetDollars != nil else {
      throw UsageError("--budget is missing; try --budget 50M")
    }
    let context = FieldContext(
      catalog: catalog, today: try Today.day(today),
      folder: scenario.map { InputFile.folder(of: $0) },
      readFile: InputFile.bytes(at:))
    return try settings.scenario(context, budgetDollars: budgetDollars ?? 0)
  }

  /// The plan the options ask for.
  func makePlan() throws -> Plan {
    let catalog = try makeCatalog()
    return try makePlan(by: Planner(catalog: catalog), catalog)
  }

  /// The plan that a planner of a catalogue makes of the options, each value with where it was set.
  func makePlan(by planner: Planner, _ catalog: Catalog) throws -> Plan {
    var plan = planner.plan(try makeScenario(catalog))
    plan.origins = try settings().settings.mapValues(\.origin)
    return plan
  }
}

/// A list that was given in several options; nil when it was given in none.
private func joined(_ texts: [String]) -> String? {
  texts.isEmpty ? nil : texts.joined(separator: ",")
}

/// A field's own words as the option's help.
private func help(_ key: String) -> ArgumentHelp {
  guard let field = ScenarioField.named(key) else { return "" }
  return ArgumentHelp(stringLiteral: field.help).named(field.valueName)
}

extension ArgumentHelp {
  /// The same help with the value's name.
  fileprivate func named(_ valueName: String) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}
