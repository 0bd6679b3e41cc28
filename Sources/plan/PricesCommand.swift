import ArgumentParser

/// Brings newer prices in and looks after those that are there.
struct PricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract: "Fetches and imports price lists, checks how old prices are, compares two sets.",
    usage: """
      plan prices import us-east-2.csv
      gzip -dc us-east-2.csv.gz | plan prices import -
      plan prices check --older-than 90d --pricing my-prices
      plan prices diff built-in my-prices
      """,
    subcommands: [
      PricesImportCommand.self, PricesFetchCommand.self, PricesCheckCommand.self,
      PricesDiffCommand.self, UnknownPricesCommand.self,
    ], defaultSubcommand: UnknownPricesCommand.self)
}

/// What follows `plan prices` and is none of its commands.
struct UnknownPricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "unknown", shouldDisplay: false)

  @Argument(help: .hidden) var words: [String] = []

  func run() throws {
    guard let word = words.first else { throw CleanExit.helpRequest(PricesCommand.self) }
    throw ValidationError(StrayWord.message(word, commandsOf: PricesCommand.self))
  }
}
