import Catalog
import Planning

/// The pages of the manual, made from the parser's own description of the command line and from the
/// fields and tables that the program reads.
enum Manual {
  /// plan(1).
  static func command() throws -> String {
    let whole = try CommandDescription.whole()
    var page = Roff("PLAN", section: 1, source: Version.text)
    page.section("NAME")
    page.prose("plan - \(lowered(whole.abstract ?? ""))")
    page.section("SYNOPSIS")
    page.literal(whole.examples)
    page.section("DESCRIPTION")
    page.prose(whole.discussion ?? "")
    let commands = whole.shownCommands.filter { $0.path != "plan" }
    let shared = sharedTitles(commands)
    page.section("COMMANDS")
    for command in commands { write(command, without: shared, to: &page) }
    for title in shared { write(title, of: commands, to: &page) }
    page.section("OTHER OPTIONS")
    page.entry("-h, --help", "Show what a command takes; every command has it.")
    page.entry("--version", "Show the version.")
    ending(&page)
    return page.text
  }

  private static func lowered(_ sentence: String) -> String {
    let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// Titles of options that more than one command takes.
  private static func sharedTitles(_ commands: [CommandDescription]) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for command in commands {
      for title in Set(command.shownArguments.compactMap(\.sectionTitle)).sorted() {
        if counts[title] == nil { order.append(title) }
        counts[title, default: 0] += 1
      }
    }
    return order.filter { counts[$0, default: 0] > 1 }
  }

  private static func write(
    _ command: CommandDescription, without shared: [String], to page: inout Roff
  ) {
    page.subsection(command.path)
    page.prose(command.abstract ?? "")
    page.prose(command.discussion ?? "")
    page.literal(command.examples)
    for argument in command.shownArguments {
      guard argument.sectionTitle.map({ !shared.contains($0) }) ?? true else { continue }
      write(argument, to: &page)
    }
    let groups = shared.filter { title in
      command.shownArguments.contains { $0.sectionTitle == title }
    }
    if !groups.isEmpty {
      page.prose("Also takes what stands below under: \(groups.joined(separator: ", ")).")
    }
  }

  /// The options of a title, each once, whichever commands take them.
  private static func write(
    _ title: String, of commands: [CommandDescription], to page: inout Roff
  ) {
    page.section(title.uppercased())
    var seen: Set<String> = []
    for argument in commands.flatMap(\.shownArguments) where argument.sectionTitle == title {
      if seen.insert(argument.title + (argument.abstract ?? "")).inserted {
        write(argument, to: &page)
      }
    }
  }

  private static func write(_ argument: CommandDescription.Argument, to page: inout Roff) {
    let value = argument.kind == "flag" ? "" : " <\(argument.valueName ?? "value")>"
    let names = argument.spellings.joined(separator: ", ")
    let term = argument.kind == "positional" ? argument.title : names + value
    let fallback = argument.defaultValue.map { " Default: \($0)." } ?? ""
    page.entry(
      term + (argument.isRepeating ? "..." : ""),
      (argument.abstract ?? "") + fallback
        + (argument.discussion.map { $0.isEmpty ? "" : "\n\($0)" } ?? ""))
  }

  private static func ending(_ page: inout Roff) {
    page.section("EXIT STATUS")
    for (status, meaning) in ExitStatus.meanings { page.entry("\(status)", meaning) }
    page.section("ENVIRONMENT")
    page.entry("NO_COLOR", "When set and not empty, no colour unless --color asks for it.")
    page.entry(
      "CLICOLOR_FORCE, FORCE_COLOR", "When set and not 0, colour even where no terminal is.")
    page.entry("TERM", "The kind of terminal; with dumb, batch output alone.")
    page.entry("XDG_CONFIG_HOME", "Settings and themes of the dashboard, under plan/.")
    page.entry("XDG_DATA_HOME", "Imported prices, under plan/pricing/.")
    page.entry("XDG_CACHE_HOME", "Fetched price lists, under plan/prices/.")
    page.entry("XDG_STATE_HOME", "Drafts of the dashboard, under plan/.")
    page.entry("GOOGLE_API_KEY", "For plan prices fetch gcp-skus.")
    page.section("SEE ALSO")
    page.prose(
      (["plan-scenario(5)"] + GuidePages.all.map { "\($0.name)(7)" }).joined(separator: ", "))
  }

  /// plan-scenario(5).
  static func files() throws -> String {
    let catalog = try Catalog()
    let defaults = Scenario(budgetDollars: 50e6, start: try .init(parsing: catalog.asOf))
    var page = Roff("PLAN-SCENARIO", section: 5, source: Version.text)
    page.section("NAME")
    page.prose("plan-scenario - scenario and catalogue files of plan(1)")
    page.section("DESCRIPTION")
    page.prose(
      """
      A scenario says what is asked: the goal, the job, policy, the rest of the bill, renting and \
      owning. It is a TOML file; every key has a default, and options on the command line stand over \
      it. plan init writes one with every key commented.

      Amounts: "50M"; counts: "15T"; lengths of time: "90d", "12w", "6mo"; dates: 2026-11-23; \
      fractions: 0.1 or "10%". A list is one text with commas.
      """)
    page.literal([
      "budget = \"50M\"", "", "[goal]", "deadline = \"180d\"", "", "[job]",
      "model = \"llama-3.1-70b\"", "tokens = \"15T\"", "", "[claims]", "apple-trn2-pretrain = 1.5",
    ])
    for section in ScenarioField.Section.allCases {
      page.section("[\(section.rawValue)]")
      for field in ScenarioField.all where field.section == section {
        let shown = field.key == "budget" ? nil : field.show(defaults)
        page.entry(
          "\(field.key) = <\(field.valueName)>",
          field.help + (shown.map { " Default: \($0)." } ?? ""))
      }
    }
    page.section("[claims]")
    page.prose("Claims to take for true, by id (plan catalog claims): true, or a factor.")
    page.section("[uncertain]")
    page.prose("Ranges of what is not known for sure, by name, in place of the catalogue's:")
    page.literal(["experiments = { low = 1.3, high = 2.0, confidence = 0.8 }"])
    page.section("[[quote]]")
    page.prose(
      "An offer in your hands, one table each, in place of nothing: it stands among the catalogue's at "
        + "your own price, and needs nobody's grant where in_hand is true.")
    page.literal([
      "[[quote]]", "name = \"nimbus-b300\"", "provider = \"nimbus\"", "accelerator = \"b300\"",
      "price = 5.10", "chips_least = 256", "chips_most = 1024", "term = \"6mo\"",
      "prepayment = 0.2", "start = 2027-03-01", "in_hand = true",
    ])
    page.prose("Keys: " + ScenarioQuote.keys.joined(separator: ", ") + ".")
    page.section("[require]")
    page.prose(
      "Limits on figures of the answer. The plan is printed all the same; a broken one is named, and the "
        + "exit status is 3.")
    page.literal(["cash_p80_usd = { most = \"45M\" }", "end = { latest = 2027-12-31 }"])
    page.prose(
      "Figures: "
        + Requirement.RequiredFigure.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    page.section("CATALOGUE FILES")
    page.prose(
      """
      --pricing names a folder with tables that are laid over the built-in ones: a row with the same \
      id replaces the built-in row, a new id adds one. CSV, UTF-8, with a header; columns in any \
      order; an empty cell is an unknown, never zero. Every row names its source_url, as_of and \
      grade: A measured by you, B a published measurement, C a vendor's or analyst's figure, D an \
      estimate.
      """)
    for layout in TableLayout.all {
      page.subsection(layout.fileName)
      page.prose("A row is \(layout.row).")
      page.entry("Required columns", layout.required.joined(separator: ", "))
      page.entry("Other columns", layout.optional.joined(separator: ", "))
    }
    page.section("SEE ALSO")
    page.prose("plan(1)")
    return page.text
  }
}
