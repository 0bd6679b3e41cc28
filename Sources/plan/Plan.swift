import ArgumentParser
import Catalog
import Planning
import Quantities

/// The command line of `plan`: the dashboard on a terminal, the ranked plan in batch.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Weighs renting Trainium, renting TPUs and buying GPU servers for a training budget.",
    usage: """
      plan
      plan --budget 50M
      plan --budget 50M --model llama-3.1-70b --tokens 15T --deadline 90d
      plan --model llama-3.1-70b --tokens 15T --deadline 90d
      plan --budget 50M --format csv --output plan.csv
      """,
    discussion: """
      Without options, on a terminal, opens the dashboard. With --budget, prints the ranked plan; \
      with a job and a deadline but no budget, the least budget (plan limits); plan batch --help \
      lists what can be asked.

      Amounts: 50M, $50M, 2.5B, 5e7. Counts: 70B, 15T. Lengths of time: 90d, 12w, 6mo. \
      Dates: 2026-11-23.

      Exit status: 0 a plan was found; 3 no option fits; 64 usage; 65 bad scenario or catalogue; \
      66 file missing; 69 a server failed; 70 a bug; 73 or 74 output failed; 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      BatchCommand.self, DashboardCommand.self, ExplainCommand.self, CompareCommand.self,
      FrontierCommand.self, LimitsCommand.self, SensitivityCommand.self, BreakEvenCommand.self,
      NegotiateCommand.self,
      ThroughputCommand.self, ValidateCommand.self, CatalogCommand.self, PricesCommand.self,
      CalibrateCommand.self, TrackCommand.self, InitCommand.self, SchemaCommand.self,
      InstallDocsCommand.self,
    ],
    defaultSubcommand: BatchCommand.self)
}

/// The ranked plan; what `plan` does when no other command is named.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "The ranked plan of a budget; without one, on a terminal, the dashboard.",
    usage: """
      plan --budget 50M
      plan --budget 50M --model llama-3.1-70b --tokens 15T --deadline 90d
      plan --budget 50M --format json
      plan --budget 50M --format html --output plan.html
      plan --budget 50M --format focus --option 3 --output forecast.csv
      """)

  @Argument(help: .hidden) var strays: [String] = []

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: PlanOutputOptions

  func validate() throws {
    guard let word = strays.first else { return }
    if word.hasSuffix(".toml") {
      throw ValidationError("to read a scenario file: plan --scenario \(word)")
    }
    throw ValidationError(StrayWord.message(word, commandsOf: PlanCommand.self))
  }

  func run() throws {
    let given = try question.settings().settings
    guard given["budget"] != nil else {
      let namesJob = ["model", "params", "tokens"].contains { given[$0] != nil }
      let isBatch = output.wasAsked || question.scenario != nil
      // A job and no budget ask what the job takes.
      if namesJob && (isBatch || given["deadline"] != nil) {
        try output.check()
        return try LimitsCommand.answer(question) { try output.write($0) }
      }
      guard !isBatch else {
        throw UsageError(
          "--budget is missing; try plan --budget 50M, or name a job for the least budget: "
            + "plan --model llama-3.1-70b --tokens 15T --deadline 90d")
      }
      try DashboardCommand.open(question, output.place.common)
      return
    }
    try output.check()
    let catalog = try question.makeCatalog()
    let planner = Planner(catalog: catalog)
    let plan = try question.makePlan(by: planner, catalog)
    try output.write(plan, by: planner)
    for broken in plan.brokenRequirements {
      complain("plan: required and not kept: \(broken.sentence)")
    }
    if plan.ranking.isEmpty || !plan.brokenRequirements.isEmpty {
      throw ExitStatus.nothingFits
    }
  }
}

/// The version that `--version` prints.
enum Version {
  static var text: String { "plan \(ProgramVersion.number)" }

  /// With the day of the newest price of the built-in catalogue.
  static func full() throws -> String { "\(text), prices of \(try Catalog().asOf)" }
}
