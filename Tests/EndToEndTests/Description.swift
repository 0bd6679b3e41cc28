import Foundation

/// The command line as its own parser describes it, read without any code of the program.
struct Description: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var shouldDisplay: Bool
    var names: [Name]?
    var valueName: String?
    var allValues: [String]?
  }

  var commandName: String
  var superCommands: [String]?
  var shouldDisplay: Bool
  var subcommands: [Description]?
  var arguments: [Argument]?

  private struct Document: Decodable {
    var command: Description
  }

  static func whole() throws -> Description {
    let dump = try Program.run("--experimental-dump-help")
    return try JSONDecoder().decode(Document.self, from: Data(dump.output.utf8)).command
  }

  var path: [String] { (superCommands ?? []) + [commandName] }

  /// This command and all below it that users are shown.
  var all: [Description] {
    [self]
      + (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      .flatMap(\.all)
  }

  var shown: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
}
