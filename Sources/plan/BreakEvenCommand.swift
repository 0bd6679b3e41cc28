import ArgumentParser
import Planning
import Reports

/// Where owning begins to cost less than renting.
struct BreakEvenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breakeven",
    abstract: "The utilisation and the years at which owning costs less than each way of renting.",
    usage: """
      plan breakeven --budget 50M
      plan breakeven --budget 50M --model llama-3.1-70b --tokens 15T --utilisation 0.7
      plan breakeven --budget 50M --owned buy-gpu/own/hgx-b200-8gpu/us-colocation/own/512
      """)

  @Option(
    help: ArgumentHelp("The owned option's id; the best when not given.", valueName: "option"))
  var owned: String?

  @Option(help: ArgumentHelp("The longest life looked at, in years.", valueName: "years"))
  var limit: Double = 15

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    guard limit > 0, limit <= 100 else { throw UsageError("--limit must be from 0 to 100 years") }
    let catalog = try question.makeCatalog()
    let planner = Planner(catalog: catalog)
    let plan = planner.plan(try question.makeScenario(catalog))
    let id = try owned.map { try OptionName.find($0, in: plan).id }
    guard let found = planner.breakEvens(plan, owned: id, limitYears: limit) else {
      complain("no owned option has figures to compare; plan --routes buy-gpu says why")
      throw ExitStatus.nothingFits
    }
    try output.emit(BreakEvenSheet(found, of: plan).render(output.chosen, style: output.style))
  }
}
