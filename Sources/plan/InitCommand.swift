import ArgumentParser
import Catalog
import Planning

/// Writes a scenario file to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "A commented scenario file to start from.",
    usage: """
      plan init > big-run.toml
      plan init --example apple-2024 --output apple.toml
      plan --scenario big-run.toml
      """)

  @Option(
    help: ArgumentHelp(
      "A worked example in place of the empty file: \(ScenarioExamples.names.joined(separator: ", ")).",
      valueName: "name"))
  var example: String?

  @OptionGroup(title: "The output")
  var output: TextOutputOptions

  func run() throws {
    guard let example else {
      return try output.emit(ScenarioTemplate.text(try Catalog()))
    }
    guard let text = ScenarioExamples.text(example) else {
      throw UsageError(
        "there is no example “\(example)”: \(ScenarioExamples.names.joined(separator: ", "))")
    }
    try output.emit(text)
  }
}
