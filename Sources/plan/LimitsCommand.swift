import ArgumentParser
import Catalog
import Planning
import Reports

/// What a given job takes, and which limit is in the way.
struct LimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits",
    abstract:
      "Which limit binds and what lifting it gives; of a given job the least budget and the soonest end.",
    usage: """
      plan limits --budget 50M
      plan limits --model llama-3.1-70b --tokens 15T --deadline 90d
      plan limits --model llama-3.1-70b --tokens 15T --budget 20M
      plan limits --model llama-3.1-70b --tokens 15T --budget 20M --deadline 60d
      """,
    discussion: """
      A budget alone asks what holds each route's best option back: money, end, chance, the size that \
      is granted. With a job a deadline without a budget asks for the least budget; a budget without a deadline for the \
      soonest end; both together, whether they can be kept, which one is in the way, and what a day \
      or a tenth more money would be worth. --confidence is the chance with which they are kept.
      """)

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let catalog = try question.makeCatalog()
    if try question.settings().settings["budget"] != nil {
      let scenario = try question.makeScenario(catalog)
      if scenario.isSizedFromBudget {
        let (plan, found) = Planner(catalog: catalog).limits(of: scenario)
        try output.emit(
          BudgetLimitsSheet(found, of: plan).render(output.chosen, style: output.style))
        if found.isEmpty { throw ExitStatus.nothingFits }
        return
      }
    }
    try Self.answer(question) { try output.emit($0.render(output.chosen, style: output.style)) }
  }

  /// Works out what the question's job takes, and has it printed.
  static func answer(
    _ question: ScenarioOptions, print: (ReachReport) throws -> Void
  ) throws {
    let catalog = try question.makeCatalog()
    let hasBudget = try question.settings().settings["budget"] != nil
    let scenario = try question.makeScenario(catalog, budgetDollars: 0)
    let reach = try Planner(catalog: catalog).reach(of: scenario, hasBudget: hasBudget)
    try print(ReachReport(reach))
    let fits = reach.nearest.map(\.broken.isEmpty) ?? !reach.points.isEmpty
    if !fits { throw ExitStatus.nothingFits }
  }
}
