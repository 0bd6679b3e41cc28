import ArgumentParser

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The command line as its parser describes it (`--experimental-dump-help`), with the examples that
/// stand in each command's configuration. Manual and tests read this, so that no option can be
/// described in two ways.
struct CommandDescription: Decodable {
  /// One option, flag or argument.
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }

    var kind: String
    var shouldDisplay: Bool
    var sectionTitle: String?
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?
    var discussion: String?

    /// Each name as it is typed, short ones first: `-o`, `--output`.
    var spellings: [String] {
      (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
        .sorted { ($0.count, $0) < ($1.count, $1) }
    }

    /// `--format`, `<file>`: the one it goes by.
    var title: String { spellings.last ?? "<\(valueName ?? "")>" }
  }

  var commandName: String
  var superCommands: [String]?
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool
  var subcommands: [CommandDescription]?
  var arguments: [Argument]?
  /// Lines to type; from the command's configuration.
  var examples: [String] = []

  private enum CodingKeys: String, CodingKey {
    case commandName, superCommands, abstract, discussion, shouldDisplay, subcommands, arguments
  }

  private struct Document: Decodable {
    var command: CommandDescription
  }

  /// The whole command line.
  static func whole() throws -> CommandDescription {
    let data = Data(PlanCommand._dumpHelp().utf8)
    return try JSONDecoder().decode(Document.self, from: data).command
      .adding(examplesOf: PlanCommand.self)
  }

  private func adding(examplesOf type: any ParsableCommand.Type) -> CommandDescription {
    var copy = self
    copy.examples = (type.configuration.usage ?? "").split(separator: "\n").map(String.init)
    copy.subcommands = subcommands?.map { child in
      let match = type.configuration.subcommands.first {
        $0.configuration.commandName == child.commandName
      }
      return match.map { child.adding(examplesOf: $0) } ?? child
    }
    return copy
  }

  /// The words to type: `plan prices import`.
  var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// What is shown to users; the parser's own help is told of once.
  var shownArguments: [Argument] {
    (arguments ?? []).filter { argument in
      argument.shouldDisplay
        && !argument.spellings.contains { $0 == "--help" || $0 == "--version" }
    }
  }

  /// This command and all below it that are shown, in order.
  var shownCommands: [CommandDescription] {
    let below = (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    return [self] + below.flatMap(\.shownCommands)
  }
}
