import ArgumentParser

/// Brings newer prices in and looks after those that are there.
struct PricesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices",
    abstract: "Imports price lists, checks how old prices are, compares two sets of them.",
    usage: """
      plan prices import us-east-2.csv
      gzip -dc us-east-2.csv.gz | plan prices import -
      plan prices check --older-than 90d --pricing my-prices
      plan prices diff built-in my-prices
      """,
    subcommands: [
      PricesImportCommand.self, PricesCheckCommand.self, PricesDiffCommand.self,
    ])
}
