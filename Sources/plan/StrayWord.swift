import ArgumentParser
import Quantities

/// A word on the command line where none is expected: most often a command, mistyped.
enum StrayWord {
  /// What to say of it.
  static func message(_ word: String, commandsOf parent: any ParsableCommand.Type) -> String {
    let names = parent.configuration.subcommands
      .filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
    let near =
      names.first { $0.hasPrefix(word.lowercased()) } ?? NearMiss.closest(to: word, among: names)
    let shown = Magnitude.printable(word)
    return near.map { "“\(shown)” is no command; did you mean \($0)?" }
      ?? "“\(shown)” is no command; the commands are \(names.joined(separator: ", "))"
  }
}
