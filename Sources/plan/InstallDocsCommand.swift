import ArgumentParser
import Foundation

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
    let files = [
      ("man/man1/plan.1", try Manual.command()),
      ("man/man5/plan-scenario.5", try Manual.files()),
      ("bash-completion/completions/plan", CompletionScripts.script(.bash)),
      ("zsh/site-functions/_plan", CompletionScripts.script(.zsh)),
      ("fish/vendor_completions.d/plan.fish", CompletionScripts.script(.fish)),
    ]
    for (name, text) in files {
      let path = "\(share)/\(name)"
      let folder = (path as NSString).deletingLastPathComponent
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
