import ArgumentParser

/// The command line of `plan`.
@main
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "plan")
}
