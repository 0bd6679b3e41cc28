import ArgumentParser
import Planning
import Reports

/// Where the gap between two options comes from.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Where the gap between two options comes from, line by line.",
    usage: """
      plan compare 1 17 --budget 50M
      plan compare 1 2 --budget 50M --model llama-3.1-70b --tokens 15T --format csv
      """)

  @Argument(help: "An option's id as in --format json, or its rank.")
  var first: String

  @Argument(help: "The option it is compared with.")
  var second: String

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let plan = try question.makePlan()
    let options = try [first, second].map { try OptionName.find($0, in: plan) }
    guard let found = OptionComparison(options[0], options[1], scenario: plan.scenario) else {
      for option in options where option.outcome == nil {
        complain("\(option.id) has no figures: \(option.reasons.first?.message ?? "unknown")")
      }
      throw ExitStatus.nothingFits
    }
    try output.emit(ComparisonReport(found, in: plan).render(output.chosen, style: output.style))
  }
}
