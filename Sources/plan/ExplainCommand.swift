import ArgumentParser
import Planning
import Reports

/// Shows how each number of one option came to be.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "How each number of one option came to be, with sources.",
    usage: """
      plan explain OPTION --budget 50M
      plan explain 1 --budget 50M
      plan explain 1 --budget 50M --format csv --output figures.csv
      plan explain rent-tpu/gcp/v6e-slice/us-east5/commit_3y/2048 --budget 50M
      """)

  @Argument(help: "An option's id as in --format json, or its rank.")
  var option: String

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let plan = try question.makePlan()
    let found = try OptionName.find(option, in: plan)
    try output.emit(
      Explanation(found, in: plan).render(output.chosen, style: output.style))
  }
}
