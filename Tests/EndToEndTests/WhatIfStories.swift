import Foundation
import Testing

/// What people ask beside the first answer, on the real program in a terminal.
@Suite("What-if stories in the dashboard", .serialized)
struct WhatIfStories {
  private func open(
    _ arguments: [String], columns: UInt16 = 160, rows: UInt16 = 48,
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["dashboard"] + arguments, columns: columns, rows: rows, environment: environment)
    let isThere = terminal.goesToPanes() && terminal.hides("Working out")
    try #require(isThere, "\(terminal.screen.text)")
    return terminal
  }

  @Test("Take a claim for true: a badge and marked options; and let it go again")
  func claim() throws {
    let terminal = try open([
      "--budget", "50M", "--routes", "rent-trainium,buy-gpu", "--providers", "aws,own", "--model",
      "llama-3.1-8b", "--tokens", "1T",
    ])
    #expect(terminal.screen.text.contains("BEST T"))
    terminal.type("C")
    #expect(terminal.shows("apple-trn2-pretrain"))
    // The second of the list, which is in the catalogue's order.
    let lines = terminal.screen.lines.filter { $0.contains("[ ]") }
    let place = try #require(lines.firstIndex { $0.contains("apple-trn2-pretrain") })
    terminal.type(String(repeating: "j", count: place) + " \r")
    #expect(terminal.shows("† if apple-trn2-pretrain: output × 1.5"))
    #expect(terminal.shows("T†"))
    // What it would have to be is told once the keys rest.
    #expect(terminal.hides("ranges to come"))
    terminal.type("w")
    #expect(terminal.shows("Claims taken for true") && terminal.shows("is a hypothesis"))
    terminal.type("\u{1B}u")
    #expect(terminal.hides("† if") && terminal.shows("BEST T"))
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("Find out why TPU v6e is ruled out, by how much, and what would bring it in")
  func ruledOutTPU() throws {
    let terminal = try open([
      "--budget", "50M", "--routes", "rent-tpu", "--model", "llama-3.1-405b", "--tokens", "1T",
      "--quota", "tpu-v6e=64",
    ])
    terminal.type("/v6e flex\r")
    #expect(terminal.shows("x  G") && terminal.shows("memory is too small"))
    terminal.type("\r")
    #expect(terminal.shows("Stands against it") && terminal.shows("GiB are needed where"))
    #expect(terminal.screen.text.contains("→"))
    // A larger quota brings it in.
    terminal.type("\u{1B}:edit quotas\r")
    #expect(terminal.shows("Quotas"))
    terminal.type("\u{15}none\r")
    #expect(terminal.hides("memory is too small"))
    terminal.type("u")
    #expect(terminal.shows("memory is too small"))
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("Hold the plan against that of a saved file")
  func difference() throws {
    let scratch = try Scratch()
    let path = try scratch.write(
      "less.toml",
      "budget = \"30M\"\nmodel = \"llama-3.1-8b\"\ntokens = \"500B\"\nroutes = \"buy-gpu\"\n")
    let terminal = try open([
      "--budget", "50M", "--routes", "buy-gpu", "--model", "llama-3.1-8b", "--tokens", "1T",
    ])
    // Only a plan that is there in full is held against another.
    #expect(terminal.hides("ranges to come"))
    terminal.type("D\u{15}\(path)\r")
    #expect(terminal.shows("This plan and another") && terminal.shows("INPUT"))
    #expect(terminal.screen.text.contains("500B") && terminal.screen.text.contains("30M"))
    terminal.type("\u{1B}D\u{15}\(path).not\r")
    #expect(terminal.shows("less.toml.not"))
    terminal.type("\u{1B}q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("Ctrl-Z goes back to the shell with its terminal as it was; fg shows the dashboard again")
  func suspend() throws {
    let scratch = try Scratch()
    let terminal = try PseudoTerminal(
      program: "/bin/bash", ["--norc", "--noprofile", "-i"], columns: 120, rows: 40,
      environment: ["PS1": "shell> "])
    #expect(terminal.shows("shell>"))
    terminal.type(
      "cd \(scratch.url.path); stty -a | cksum > before; \(Program.path.path) dashboard --budget 50M --routes buy-gpu "
        + "--model llama-3.1-8b --tokens 1T\r")
    #expect(terminal.goesToPanes() && terminal.hides("Working out"))
    terminal.type("j\u{1A}")
    #expect(terminal.shows("Stopped"))
    terminal.type("stty -a | cksum | cmp - before && echo 'as it ''was'\r")
    #expect(terminal.shows("as it was"))
    terminal.type("fg\r")
    #expect(terminal.shows("1 Options") && terminal.shows("BEST"))
    terminal.type("q")
    // What is typed before the shell reads again would go to the dashboard.
    #expect(terminal.shows("shell>"))
    terminal.type("stty -a | cksum | cmp - before && echo 'once ''more'\r")
    #expect(terminal.shows("once more"))
    terminal.type("exit\r")
    #expect(terminal.ending() == .status(0))
  }
}

@Suite("README's screen")
struct ReadmeScreenTests {
  @Test("The screen in the README is what the program shows")
  func screen() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    let terminal = try PseudoTerminal(["dashboard", "--budget", "50M"], columns: 100, rows: 30)
    #expect(terminal.shows("answer, panes") && terminal.hides("Working out"))
    #expect(terminal.hides("ranges to come"))
    // The title is written before the rows below it.
    _ = terminal.settled()
    let block = terminal.screen.lines.map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(readme.contains(block), "put this into README.md:\n\(block)")
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }
}
