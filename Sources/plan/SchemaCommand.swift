import ArgumentParser
import Reports

/// Prints what programs can rely on.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "The JSON Schema of --format json, for programs that read plans.",
    usage: """
      plan schema
      plan schema --output plan.schema.json
      """)

  @OptionGroup(title: "The output")
  var output: TextOutputOptions

  func run() throws {
    try output.emit(PlanDocument.schema)
  }
}
