import Foundation
import Testing

@Suite("Manual and completions", .serialized)
struct DocsTests {
  /// Everything that one command installs, by its path below the prefix.
  private static let installed = Result {
    let scratch = try Scratch()
    let result = try Program.run("install-docs", "--prefix", scratch.url.path)
    let paths = result.output.split(separator: "\n").map(String.init)
    return (
      scratch,
      try Dictionary(
        uniqueKeysWithValues: paths.map { path in
          (
            String(path.dropFirst(scratch.url.path.count + 1)),
            try String(contentsOfFile: path, encoding: .utf8)
          )
        })
    )
  }

  private func file(_ name: String) throws -> String {
    try #require(try Self.installed.get().1[name])
  }

  @Test("one command puts every file where the shells and man look for it")
  func places() throws {
    #expect(
      Set(try Self.installed.get().1.keys) == [
        "share/man/man1/plan.1", "share/man/man5/plan-scenario.5",
        "share/man/man7/plan-formats.7", "share/man/man7/plan-many-scenarios.7",
        "share/man/man7/plan-measured-runs.7", "share/man/man7/plan-numbers.7",
        "share/man/man7/plan-prices.7", "share/man/man7/plan-releasing.7",
        "share/man/man7/plan-scenarios.7", "share/man/man7/plan-tracking.7",
        "share/bash-completion/completions/plan", "share/zsh/site-functions/_plan",
        "share/fish/vendor_completions.d/plan.fish",
      ])
    #expect(try Program.run("install-docs", "--prefix", "/dev/null/x").status == 73)
  }

  @Test("the manual has every command and every option that the parser knows")
  func manual() throws {
    let page = try file("share/man/man1/plan.1").replacing("\\-", with: "-")
    for command in try Description.whole().all {
      let path = command.path.joined(separator: " ")
      if command.path.count > 1 { #expect(page.contains(".SS \(path)\n"), "\(path)") }
      for argument in command.shown {
        for name in argument.names ?? [] {
          #expect(
            page.contains("\\fB\(name.typed)") || page.contains(", \(name.typed)"),
            "\(path) \(name.typed)")
        }
      }
    }
  }

  static let shells = [
    "share/bash-completion/completions/plan", "share/zsh/site-functions/_plan",
    "share/fish/vendor_completions.d/plan.fish",
  ]

  @Test("completions have every command, option and fixed value", arguments: shells)
  func completions(shell: String) throws {
    let script = try file(shell)
    for command in try Description.whole().all {
      #expect(script.contains(command.commandName))
      for argument in command.shown {
        for name in argument.names ?? [] {
          // fish lists long options without their dashes.
          let typed = shell.hasSuffix(".fish") ? name.name : name.typed
          #expect(script.contains(typed), "\(command.path) \(typed)")
        }
      }
    }
    for value in ["markdown", "rent-trainium", "capacity_block", "savings-plans"] {
      #expect(script.contains(value), "\(value)")
    }
  }

  @Test("bash completes commands, options and values as typed")
  func bash() throws {
    let script = try Self.installed.get().0.file(Self.shells[0]).path
    let folder = Program.path.deletingLastPathComponent().path
    func completed(_ words: String...) throws -> Set<String> {
      let list = (["plan"] + words).map { "'\($0)'" }.joined(separator: " ")
      let before = words.dropLast().last ?? "plan"
      let result = try Shell.run(
        """
        PATH="\(folder):$PATH"; source '\(script)'
        COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); COMP_LINE="plan \(words.joined(separator: " "))"
        COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; COMP_KEY=9
        _plan_or_batch plan '\(words.last ?? "")' '\(before)'; printf '%s\\n' "${COMPREPLY[@]}"
        """)
      return Set(
        result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    }
    #expect(try completed("tr").contains("track"))
    #expect(try completed("batch", "--format", "ht") == ["html"])
    #expect(try completed("--format", "ht") == ["html"])
    #expect(try completed("--dead").contains("--deadline"))
    #expect(try completed("explain", "--dead").contains("--deadline"))
    #expect(try completed("--model", "llama-3.1-7").contains("llama-3.1-70b"))
    #expect(try completed("prices", "im").contains("import"))
  }

  @Test("fish completes commands, options and values as typed", .enabled(if: Tool.isThere("fish")))
  func fish() throws {
    let script = try Self.installed.get().0.file(Self.shells[2]).path
    let folder = Program.path.deletingLastPathComponent().path
    func completed(_ line: String) throws -> String {
      try Shell.run(
        "PATH=\"\(folder):$PATH\" fish --no-config -c 'source \(script); complete -C \"\(line)\"'",
        environment: ["HOME": "/nowhere"]
      ).output
    }
    #expect(try completed("plan tr").contains("track"))
    #expect(try completed("plan --dead").contains("--deadline"))
    #expect(try completed("plan --budget 50M --dead").contains("--deadline"))
    #expect(try completed("plan --format ht").contains("html"))
    #expect(try completed("plan explain 1 --form").contains("--format"))
    #expect(try completed("plan --model llama-3.1-7").contains("llama-3.1-70b"))
  }

  @Test("an article of the program is a page of the manual, its commands as they are typed")
  func articles() throws {
    let page = try file("share/man/man7/plan-formats.7").replacing("\\-", with: "-")
    #expect(page.contains("plan-formats - One plan as a table, CSV"))
    #expect(page.contains("\nplan --budget 50M --format csv --output plan.csv\n"))
    #expect(page.contains("\\fBjson\\fR\n") && page.contains("\\fB66\\fR\na file or folder"))
    #expect(!page.contains("```") && !page.contains("| "))
  }

  @Test("man renders every page without a warning", .enabled(if: Tool.isThere("man")))
  func man() throws {
    let scratch = try Self.installed.get().0
    for page in try Self.installed.get().1.keys.sorted() where page.hasPrefix("share/man/") {
      let path = scratch.file(page).path
      let result = try Shell.run("MANWIDTH=80 man --warnings -E UTF-8 -l '\(path)'")
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output.contains("SYNOPSIS") || result.output.contains("DESCRIPTION"))
    }
  }

  @Test("scenario fields and catalogue columns are all in plan-scenario(5)")
  func scenario() throws {
    let page = try file("share/man/man5/plan-scenario.5").replacing("\\-", with: "-")
    let template = try Program.run("init").output
    let keys = template.matches(of: #/(?m)^\# ([a-z_]+) = /#).map { String($0.output.1) }
    #expect(keys.count > 30)
    for key in keys { #expect(page.contains("\\fB\(key) ") || page.contains(key), "\(key)") }
    for table in [
      "accelerators.csv", "offers.csv", "quotes.csv", "ownership.csv", "services.csv",
      "claims.csv", "measured.csv",
    ] {
      #expect(page.contains(table))
    }
  }
}

/// Programs that some checks need and not every machine has.
enum Tool {
  static func isThere(_ name: String) -> Bool {
    (try? Shell.run("command -v \(name)").status) == 0
  }
}
