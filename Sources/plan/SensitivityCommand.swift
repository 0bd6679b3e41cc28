import ArgumentParser
import Planning
import Reports

/// What moves the answer, where it flips and what it is worth to know more.
struct SensitivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "What moves an option's cost, what would change the choice, what a trial is worth.",
    usage: """
      plan sensitivity --budget 50M
      plan sensitivity 5 --budget 50M --model llama-3.1-70b --tokens 15T
      plan sensitivity --budget 50M --trial-chips 256 --trial-hours 24 --format csv
      """,
    discussion: """
      Inputs are moved one at a time to their 10th and 90th percentile, all others at their median;
      Sobol indices say how much of the variance of the economic cost each explains alone and
      together with others. Flips are where another option would be as good as the chosen one.
      """)

  @Argument(
    help: ArgumentHelp(
      "An option's rank or id; the recommended one when not given.", valueName: "option"))
  var option: String?

  @Option(help: ArgumentHelp("Chips of the benchmark that is weighed.", valueName: "chips"))
  var trialChips: Int = 64

  @Option(help: ArgumentHelp("Its length, in hours.", valueName: "hours"))
  var trialHours: Double = 48

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    guard trialChips > 0, trialChips <= 100_000 else {
      throw UsageError("--trial-chips must be from 1 to 100,000")
    }
    guard trialHours > 0, trialHours <= 8760 else {
      throw UsageError("--trial-hours must be above 0 and at most 8,760")
    }
    let catalog = try question.makeCatalog()
    let planner = Planner(catalog: catalog)
    let plan = planner.plan(try question.makeScenario(catalog))
    let id = try option.map { try OptionName.find($0, in: plan).id }
    let trial = TrialSize(chips: trialChips, hours: trialHours)
    guard let found = planner.sensitivity(plan, of: id, trial: trial) else {
      complain(
        id.map { "\($0) has no figures; plan explain \($0) says why" }
          ?? "nothing fits, so nothing can be varied; plan says why")
      throw ExitStatus.nothingFits
    }
    try output.emit(SensitivitySheet(found).render(output.chosen, style: output.style))
  }
}
