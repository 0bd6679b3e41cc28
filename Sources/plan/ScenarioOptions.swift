import ArgumentParser
import Catalog
import Planning
import Quantities
import Workload

/// The scenario's fields as options of the command line, shared by every planning command.
struct ScenarioOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The limit on cash spent for the job, in US dollars.", valueName: "amount"))
  var budget: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A preset (plan catalog models) or a Hugging Face config.json.", valueName: "name|file"))
  var model: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Parameters of the model, in the default shape.", valueName: "count"))
  var params: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Tokens to train on.", valueName: "count"))
  var tokens: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Tokens per sequence.", valueName: "count"))
  var sequenceLength: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Tokens per optimizer step.", valueName: "count"))
  var globalBatchTokens: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When the run must have ended.", valueName: "length|date"))
  var deadline: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The day the job may start; the day of the newest price when not given.", valueName: "date"))
  var start: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "rent-trainium, rent-tpu, buy-gpu, rent-gpu; several with commas.", valueName: "list"))
  var routes: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Regions allowed; several with commas.", valueName: "list"))
  var regions: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Providers allowed; several with commas.", valueName: "list"))
  var providers: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Purchase types allowed, as in offers.csv.", valueName: "list"))
  var purchases: String?

  @Flag(help: "The job touches user data, which must stay on machines of your own.")
  var containsUserData = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"))
  var pricing: String?
}

extension ScenarioOptions {
  /// The catalogue with the user's tables over it.
  func makeCatalog() throws -> Catalog {
    try Catalog.load(overlay: pricing)
  }

  /// The scenario the options ask for.
  ///
  /// - Throws: `QuantityError` or `UsageError` on a value that can't be meant.
  func makeScenario(_ catalog: Catalog, budget text: String) throws -> Scenario {
    let budgetDollars = try Money(parsing: text, as: "a budget").dollars
    guard budgetDollars > 0 else {
      throw UsageError("--budget “\(text)”: the budget must be more than 0")
    }
    var scenario = Scenario(budgetDollars: budgetDollars, start: try startDate(catalog))
    scenario.model = try modelChoice()
    scenario.tokens = try tokens.map { try Count.parse($0, as: "a number of tokens") }
    if let sequenceLength {
      scenario.sequenceLength = try Self.whole(sequenceLength, "a sequence length", 1...100_000_000)
    }
    scenario.globalBatchTokens = try globalBatchTokens.map {
      try Count.parse($0, as: "a batch in tokens")
    }
    scenario.deadline = try deadline.map { try Self.span($0, from: scenario.start) }
    scenario.containsUserData = containsUserData
    if let routes { scenario.routes = try Self.choices(routes, Route.self, "route") }
    if let purchases { scenario.purchases = try Self.choices(purchases, Purchase.self, "purchase") }
    scenario.regions = try Self.names(
      regions, known: Set(catalog.offers.map(\.region)).subtracting([""]), "region")
    scenario.providers = try Self.names(
      providers, known: Set(catalog.offers.map(\.provider)).union(["own"]), "provider")
    return scenario
  }

  /// The plan the options ask for.
  func makePlan() throws -> Plan {
    let catalog = try makeCatalog()
    let scenario = try makeScenario(catalog, budget: budget ?? "")
    return Planner(catalog: catalog).plan(scenario)
  }

  private func startDate(_ catalog: Catalog) throws -> CalendarDate {
    try CalendarDate(parsing: start ?? catalog.asOf)
  }

  private func modelChoice() throws -> ModelChoice {
    if let params, model == nil { return .parameters(try ModelOption.parameters(params)) }
    let architecture = try ModelOption.architecture(model: model, params: params)
    return architecture.map { .architecture($0) } ?? .fromBudget
  }

  private static func span(_ text: String, from start: CalendarDate) throws -> TimeSpan {
    if let date = try? CalendarDate(parsing: text) {
      guard date > start else {
        throw UsageError("--deadline \(text) is not after the start, \(start.iso)")
      }
      return TimeSpan(days: Double(date.daysSinceEpoch - start.daysSinceEpoch))
    }
    let span = try TimeSpan(parsing: text, as: "a deadline, as a date or a length of time")
    guard span.hours > 0 else { throw UsageError("--deadline \(text): must be more than 0") }
    return span
  }

  private static func whole(_ text: String, _ what: String, _ range: ClosedRange<Int>) throws -> Int
  {
    let value = try Count.parse(text, as: what)
    guard value == value.rounded(), range.contains(Int(min(value, 1e15))) else {
      throw UsageError("“\(text)” is not \(what) from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(value)
  }

  private static func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ text: String, _ type: Choice.Type, _ what: String
  ) throws -> Set<Choice> where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    return Set(
      try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
        let word = word.trimmingSpaces
        guard let choice = Choice(rawValue: word) else { throw unknown(word, what, words) }
        return choice
      })
  }

  private static func names(_ text: String?, known: Set<String>, _ what: String) throws
    -> Set<String>
  {
    guard let text else { return [] }
    return Set(
      try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
        let word = word.trimmingSpaces
        guard known.contains(word) else { throw unknown(word, what, known.sorted()) }
        return word
      })
  }

  private static func unknown(_ word: String, _ what: String, _ words: [String]) -> UsageError {
    let near = NearMiss.closest(to: word, among: words).map { "; did you mean \($0)?" } ?? ""
    let list = words.count <= 12 ? " (\(words.joined(separator: ", ")))" : ""
    return UsageError("“\(Magnitude.printable(word))” is no \(what)\(list)\(near)")
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
