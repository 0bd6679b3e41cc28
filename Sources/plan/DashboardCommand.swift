import ArgumentParser
import Catalog
import Dashboard
import Planning
import Quantities
import Terminal
import Workload

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Opens the dashboard.
struct DashboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "The plan on a live screen: change the budget and watch the answer.",
    usage: """
      plan dashboard
      plan dashboard --budget 50M --model llama-3.1-70b --tokens 15T
      plan dashboard big-run.toml
      """)

  @Argument(
    help: "A scenario file to open; options on the line stand over it.",
    completion: .file(extensions: ["toml"]))
  var file: String?

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var leavesMouse = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let options = TerminalOptions(
      usesColor: TerminalSupport.usesColor(
        flag: common.wantsColor, environment: Environment.variables),
      usesMouse: !leavesMouse, forcesAscii: ascii)
    try Self.open(question, file: file, options)
  }

  /// The budget it opens with when none was given.
  static let openingBudgetDollars = 50e6

  /// Opens the dashboard as `plan` does without options.
  static func open(_ question: ScenarioOptions, _ common: CommonOptions) throws {
    let usesColor = TerminalSupport.usesColor(
      flag: common.wantsColor, environment: Environment.variables)
    try open(question, TerminalOptions(usesColor: usesColor, usesMouse: true))
  }

  /// Shows the dashboard for a question.
  ///
  /// - Throws: `UsageError` where no dashboard can be shown or the question can't be asked; the
  ///   terminal is untouched then.
  private static func open(
    _ question: ScenarioOptions, file path: String? = nil, _ options: TerminalOptions
  ) throws {
    let refusal = TerminalSupport.refusal(
      environment: Environment.variables, inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1)
    if let refusal { throw unable(refusal) }
    let catalog = try question.makeCatalog()
    let files = DashboardFiles(
      catalog: catalog, budgetDollars: openingBudgetDollars, today: try Today.day(question.today))
    let file = try (path ?? question.scenario).map { try files.read($0) }
    let settings = (file?.settings ?? ScenarioSettings()).overlaid(with: try question.settings())
    let opened = try files.scenario(settings, of: file?.path)
    let planner = Planner(catalog: catalog)
    let preferences = Preferences.load()
    var options = options
    options.usesMouse = options.usesMouse && preferences.settings.usesMouse
    try MainActor.assumeIsolated {
      let session: TerminalSession
      do throws(TerminalError) {
        session = try TerminalSession.open(options)
      } catch {
        throw unable(error.description)
      }
      defer { session.close() }
      var choices = InputChoices(
        catalog: catalog, models: ModelPresets.all.map(\.id),
        readFile: { try InputFile.bytes(at: $0) })
      choices.today = files.today
      var setup = DashboardSetup(
        scenario: opened, choices: choices,
        appearance: .fitting(hasColor: session.colorCount > 0, hasUnicode: session.drawsUnicode),
        size: session.size, today: files.today)
      setup.file = file
      setup.draft = DraftKeeper.leftBehind { try files.read($0, path: $1).scenario }
      preferences.apply(to: &setup, hasColor: session.colorCount > 0)
      var loop = DashboardLoop(session: session, setup: setup, files: files) {
        scenario, goesOn, isWanted in
        // Few enough worlds that the plan follows a key held down; all of them once it is let go.
        let draft = planner.draft(scenario, samples: Planner.draftSamples)
        guard goesOn(PlanFace(draft) { planner.sensitivity($0) }),
          var plan = planner.finished(draft, scenario, while: isWanted)
        else { return nil }
        plan.origins = origins(of: scenario, opened: opened, settings)
        var face = PlanFace(plan) { planner.sensitivity($0) }
        face.sensitivityOf = { [plan] id in
          planner.sensitivity(plan, of: id).map { PlanFace.Sensitivity($0) }
        }
        return face
      }
      loop.run()
    }
  }

  /// Where each value of a scenario was set: as it was opened, or by an edit since.
  private static func origins(
    of scenario: Scenario, opened: Scenario, _ settings: ScenarioSettings
  ) -> [String: SettingOrigin] {
    var origins = settings.settings.mapValues(\.origin)
    for field in ScenarioField.all where field.show(scenario) != field.show(opened) {
      origins[field.key] = .edit
    }
    return origins
  }

  private static func unable(_ reason: String) -> UsageError {
    UsageError("\(reason) Without the dashboard: plan --budget 50M")
  }
}
