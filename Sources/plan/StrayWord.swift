import ArgumentParser
import Planning
import Quantities

/// A word on the command line where none is expected: most often a command, mistyped.
enum StrayWord {
  /// What to say of it.
  static func message(
    _ word: String, commandsOf parent: any ParsableCommand.Type,
    arguments: [String] = Array(CommandLine.arguments.dropFirst())
  ) -> String {
    if let option = unknownOption(before: word, arguments) { return option }
    let names = parent.configuration.subcommands
      .filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
    let near =
      names.first { $0.hasPrefix(word.lowercased()) } ?? NearMiss.closest(to: word, among: names)
    let shown = Magnitude.printable(word)
    return near.map { "“\(shown)” is no command; did you mean \($0)?" }
      ?? "“\(shown)” is no command; the commands are \(names.joined(separator: ", "))"
  }

  /// What to say of a word that was meant as the value of an option that there isn't: `--route tpu`.
  private static func unknownOption(before word: String, _ arguments: [String]) -> String? {
    guard let place = arguments.firstIndex(of: word), place > 0 else { return nil }
    let option = arguments[place - 1]
    guard option.hasPrefix("--"), option.count > 2, !option.contains("=") else { return nil }
    let known = PlanCommand.optionNames
    guard !known.contains(option) else { return nil }
    let start = "\(Magnitude.printable(option)) is no option"
    // A letter or two left out at the end is commoner than a slip elsewhere.
    let near =
      known.filter { $0.hasPrefix(option) }.min { $0.count < $1.count }
      ?? NearMiss.closest(to: option, among: known)
    guard let near else { return start + "; plan batch --help lists them" }
    return start + "; did you mean \(near) \(value(word, of: near))?"
  }

  /// The value that was probably meant: the one that holds the word, where there is one.
  private static func value(_ word: String, of option: String) -> String {
    let lowered = word.lowercased()
    guard option == "--routes" else { return Magnitude.printable(word) }
    let routes = Route.allCases.map(\.rawValue)
    return routes.first { $0 == lowered } ?? routes.first { $0.hasSuffix("-" + lowered) }
      ?? routes.first { $0.contains(lowered) } ?? NearMiss.closest(to: lowered, among: routes)
      ?? Magnitude.printable(word)
  }
}

extension PlanCommand {
  /// Options of the plan itself, as they are typed.
  fileprivate static var optionNames: [String] {
    let batch = (try? CommandDescription.whole())?.subcommands?.first { $0.commandName == "batch" }
    return (batch?.arguments ?? []).flatMap(\.spellings).filter { $0.hasPrefix("--") }
  }
}
