import Foundation
import Testing

/// Runs a line of bash with `$PLAN` as the program; stdin is empty.
enum Shell {
  static func run(_ script: String, environment: [String: String] = [:]) throws -> Program.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.environment = ProcessInfo.processInfo.environment
      .merging(["PLAN": Program.path.path]) { $1 }.merging(Program.clock) { $1 }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let scratch = try Scratch()
    let files = ["out", "err"].map { scratch.file($0) }
    for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Program.Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}

@Suite("The command line", .serialized)
struct CommandLineTests {
  @Test("every command has help with examples, on stdout, with status 0")
  func help() throws {
    let commands = try Description.whole().all
    #expect(commands.count > 15)
    for command in commands {
      let words = command.path.dropFirst()
      let result = try Program.run(words + ["--help"])
      #expect(result.status == 0 && result.errors.isEmpty, "\(command.path)")
      #expect(result.output.contains("USAGE: plan"), "\(command.path)")
      let examples = result.output.split(separator: "\n").filter { $0.contains("plan ") }
      #expect(examples.count >= 2, "\(command.path)")
    }
  }

  static let mistakes: [(arguments: [String], words: [String])] = [
    (["--bugdet", "50M"], ["--budget"]),
    (["--budget", "50M", "--format", "jsn"], ["did you mean json?"]),
    (["--budget", "50M", "--formt", "json"], ["--format"]),
    (["--budget", "50M", "--model", "lama-3.1-70b"], ["did you mean llama-3.1-70b?"]),
    (["--budget", "50M", "--routes", "rent-tpus"], ["did you mean rent-tpu?"]),
    (["--budget", "50M", "--route", "tpu"], ["--route is no option", "--routes rent-tpu?"]),
    (["sensitivty"], ["sensitivty"]), (["trak", "a.csv"], ["did you mean track?"]),
    (["explan", "1"], ["did you mean explain?"]),
    (["prices", "improt", "x.csv"], ["did you mean import?"]),
    (["run.toml"], ["plan --scenario run.toml"]),
    (["catalog", "offrs"], ["did you mean offers?"]),
    (["prices", "fetch", "ec3"], ["did you mean ec2?"]),
    (["--budget", "50M", "--color", "sometimes"], ["always, never, auto"]),
    (["--budget", "50M", "--excel"], ["--excel is for"]),
    (["--budget", "50M", "--option", "1"], ["--format focus"]),
    (["--budget", "50M", "--format", "focus", "--option", "9999"], ["rank 9999"]),
  ]

  @Test("a slip of the keyboard gets status 64 and the word that was meant", arguments: mistakes)
  func nearMisses(arguments: [String], words: [String]) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 64 && result.output.isEmpty)
    for word in words { #expect(result.errors.contains(word), "\(result.errors)") }
  }

  @Test("a reader that goes away ends the program without a word")
  func brokenPipe() throws {
    let script = "$PLAN --budget 50M --format json | head -1; echo ${PIPESTATUS[0]}"
    let result = try Shell.run(script)
    #expect(result.output == "{\n141\n" && result.errors.isEmpty)
  }

  static let outputs = [
    "--budget 50M", "--budget 50M --format html", "--help", "--version", "catalog offers", "init",
    "schema", "help prices import", "--generate-completion-script bash",
  ]

  @Test("a full disk is status 74, whatever is written", arguments: outputs)
  func fullDisk(arguments: String) throws {
    let result = try Shell.run("$PLAN \(arguments) > /dev/full")
    #expect(result.status == 74)
    #expect(result.errors.contains("No space left"))
  }

  @Test("Ctrl-C ends long work at once, by the signal, which shells call 130")
  func interrupt() throws {
    // Shells let what runs in the background ignore the signal; env undoes that.
    let script = """
      env --default-signal=INT $PLAN validate > /dev/null 2>&1 & p=$!
      sleep 0.2; kill -INT $p; wait $p; echo $?
      """
    #expect(try Shell.run(script).output == "130\n")
  }

  @Test("colour follows --color, then NO_COLOR, then CLICOLOR_FORCE, then the terminal")
  func color() throws {
    func isColored(_ arguments: String..., environment: [String: String] = [:]) throws -> Bool {
      let plain = ["NO_COLOR": "", "CLICOLOR_FORCE": "", "FORCE_COLOR": ""]
      let result = try Program.run(
        ["catalog", "claims"] + arguments, environment: plain.merging(environment) { $1 })
      return result.output.contains("\u{1B}[")
    }
    #expect(try !isColored())
    #expect(try isColored("--color", "always"))
    #expect(try isColored("--color", "always", environment: ["NO_COLOR": "1"]))
    #expect(try isColored(environment: ["CLICOLOR_FORCE": "1"]))
    #expect(try !isColored(environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
    #expect(try !isColored("--no-color", environment: ["CLICOLOR_FORCE": "1"]))
    #expect(try !isColored("--format", "csv", "--color", "always"))
  }

  @Test("--quiet leaves out what is good to know, never what went wrong")
  func quiet() throws {
    let scratch = try Scratch()
    let loud = try Program.run("install-docs", "--prefix", scratch.file("a").path)
    let quiet = try Program.run("install-docs", "--prefix", scratch.file("b").path, "--quiet")
    #expect(loud.errors.contains("fpath") && quiet.errors.isEmpty)
    #expect(
      try Program.run("catalog", "offers", "-q", "--pricing", "/no/such").errors.contains("such"))
  }

  @Test("- is standard input and standard output")
  func streams() throws {
    let scratch = try Scratch()
    let file = try scratch.write("run.toml", "budget = \"20M\"\n")
    let piped = try Shell.run("$PLAN --scenario - --format csv --output - < \(file)")
    let named = try Program.run("--scenario", file, "--format", "csv")
    #expect(piped.status == 0 && piped.output == named.output && !piped.output.isEmpty)
    let both = try Shell.run("$PLAN track - --plan - < /dev/null")
    #expect(both.status == 64)
  }

  @Test("nothing but data is on stdout, and progress is shown on terminals alone")
  func progress() throws {
    let result = try Program.run("validate", "--format", "csv")
    #expect(result.output.hasPrefix("id,kind,measured,"))
    #expect(!result.errors.contains("\r") && !result.errors.contains("predicting"))
  }
}
