import ArgumentParser

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Puts the manual and the shells' completions where they are looked for.
struct InstallDocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install-docs",
    abstract: "Installs the manual pages and the completions for bash, zsh and fish.",
    usage: """
      plan install-docs
      plan install-docs --prefix /usr/local
      plan install-docs --prefix /tmp/look && man -l /tmp/look/share/man/man1/plan.1
      """,
    discussion: """
      Below the prefix: share/man/man1/plan.1, share/man/man5/plan-scenario.5, \
      share/man/man7/plan-*.7 (formats, prices, tracking and more), \
      share/bash-completion/completions/plan, share/zsh/site-functions/_plan and \
      share/fish/vendor_completions.d/plan.fish. bash finds its file in ~/.local by itself (with \
      bash-completion), and so does fish; for zsh, add the folder to fpath before compinit.

      Prints the files' names, one a line.
      """)

  @Option(
    help: ArgumentHelp("The folder to install below; ~/.local when not given.", valueName: "dir"),
    completion: .directory)
  var prefix: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let share = try (prefix ?? Self.ownPrefix()) + "/share"
    let pages = [
      ("man/man1/plan.1", try Manual.command()),
      ("man/man5/plan-scenario.5", try Manual.files()),
    ]
    let files =
      pages + GuidePages.all.map { ("man/man7/\($0.name).7", $0.text) } + [
        ("bash-completion/completions/plan", CompletionScripts.script(.bash)),
        ("zsh/site-functions/_plan", CompletionScripts.script(.zsh)),
        ("fish/vendor_completions.d/plan.fish", CompletionScripts.script(.fish)),
      ]
    for (name, text) in files {
      let path = "\(share)/\(name)"
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw OutputError(
          status: ExitStatus.cannotCreate, message: "\(folder): can't be made a folder")
      }
      try AtomicFile.write(text, to: path)
      try StandardOutput.write(path + "\n")
    }
    note("zsh: put fpath=(\(share)/zsh/site-functions $fpath) before compinit in ~/.zshrc")
  }

  private static func ownPrefix() throws -> String {
    guard let home = ProcessInfo.processInfo.environment["HOME"], home.hasPrefix("/") else {
      throw UsageError("HOME is not set; give a folder with --prefix")
    }
    return "\(home)/.local"
  }
}
