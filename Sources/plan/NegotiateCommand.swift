import ArgumentParser
import Planning
import Reports

/// At which price each seller would be the answer.
struct NegotiateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "negotiate",
    abstract:
      "At which price each seller would be the answer, beside today's and what is on record.",
    usage: """
      plan negotiate --budget 50M
      plan negotiate --budget 50M --model deepseek-v3 --tokens 14.8T --deadline 365d --format csv
      """)

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let catalog = try question.makeCatalog()
    let rows = Planner(catalog: catalog).negotiation(try question.makeScenario(catalog))
    try output.emit(NegotiationSheet(rows).render(output.chosen, style: output.style))
    if rows.isEmpty { throw ExitStatus.nothingFits }
  }
}
