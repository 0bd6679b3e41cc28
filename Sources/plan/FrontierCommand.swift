import ArgumentParser
import Planning
import Reports

/// The options that no other one beats in cost, time and risk.
struct FrontierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frontier",
    abstract:
      "The options that no other one beats in cost, time and risk, and what beats the rest.",
    usage: """
      plan frontier --budget 50M
      plan frontier --budget 50M --model llama-3.1-70b --tokens 15T --deadline 180d
      """)

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let plan = try question.makePlan()
    try output.emit(FrontierReport(plan).render(output.chosen, style: output.style))
    if plan.ranking.isEmpty { throw ExitStatus.nothingFits }
  }
}
