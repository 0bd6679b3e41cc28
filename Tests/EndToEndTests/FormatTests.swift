import Foundation
import Testing

@Suite("Formats, as scripts and people get them", .serialized)
struct FormatTests {
  static let names = ["table", "plain", "csv", "json", "markdown", "html", "focus"]

  @Test("every format is written whole, the same to a file as to stdout", arguments: names)
  func formats(format: String) throws {
    let scratch = try Scratch()
    let file = scratch.file("plan.out").path
    let printed = try Program.run("--budget", "50M", "--format", format)
    let written = try Program.run("--budget", "50M", "--format", format, "--output", file)
    #expect(printed.status == 0 && written.status == 0 && written.output.isEmpty)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(
      files.sorted() == (format == "focus" ? ["plan.out", "plan.out.metadata.json"] : ["plan.out"]))
  }

  @Test("--json is short for --format json, and --excel begins CSV with a byte-order mark")
  func shorthands() throws {
    let json = try Program.run("--budget", "50M", "--json").output
    #expect(try json == Program.run("--budget", "50M", "--format", "json").output)
    let csv = try Program.run("--budget", "50M", "--format", "csv").output
    let excel = try Program.run("--budget", "50M", "--format", "csv", "--excel").output
    #expect(Array(excel.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
    #expect(Array(excel.utf8.dropFirst(3)) == Array(csv.utf8))
    let listed = try Program.run("catalog", "claims", "--format", "csv", "--excel").output
    #expect(Array(listed.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
  }

  @Test("lists have every format that suits a table")
  func lists() throws {
    for command in [["catalog", "claims"], ["explain", "1", "--budget", "50M"]] {
      for format in ["table", "plain", "csv", "json", "markdown"] {
        let result = try Program.run(command + ["--format", format])
        #expect(result.status == 0 && result.output.count > 100, "\(command) \(format)")
      }
    }
  }

  @Test(
    "CSV of a plan, a forecast and every list passes Python's csv, all rows as long as the header")
  func python() throws {
    let check = """
      import csv, sys
      rows = list(csv.reader(sys.stdin, strict=True))
      assert len(rows) > 1 and len({len(row) for row in rows}) == 1, len(rows)
      print(len(rows))
      """
    let commands =
      [
        "--budget 50M --format csv", "--budget 50M --format focus",
        "explain 1 --budget 50M --format csv",
      ]
      + ["accelerators", "offers", "servers", "models", "ownership", "services", "claims"]
      .map { "catalog \($0) --format csv" }
    for command in commands {
      let result = try Shell.run("$PLAN \(command) | python3 -c '\(check)'")
      #expect(result.status == 0 && result.errors.isEmpty, "\(command): \(result.errors)")
    }
  }

  @Test("JSON of real plans keeps to the schema that plan schema prints, by another validator")
  func schema() throws {
    guard try Shell.run("python3 -c 'import jsonschema'").status == 0 else { return }
    let scratch = try Scratch()
    let schema = scratch.file("schema.json").path
    #expect(try Program.run("schema", "--output", schema).status == 0)
    let check = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      jsonschema.Draft202012Validator(schema).validate(json.load(sys.stdin))
      """
    for question in [
      "--budget 50M", "--budget 10",
      "--budget 20M --model llama-3.1-8b --tokens 2T --deadline 300d",
      "--budget 50M --claim apple-trn2-pretrain --contains-user-data",
    ] {
      let result = try Shell.run("$PLAN \(question) --json | python3 -c '\(check)' \(schema)")
      #expect(result.status == 0, "\(question): \(result.errors.suffix(400))")
    }
  }

  @Test("what the dashboard exports is what batch prints")
  func sameAnswer() throws {
    // The dashboard's bytes are compared in its own tests; here, that no format depends on where
    // it is written.
    let here = try Program.run("--budget", "50M", "--format", "html")
    let there = try Program.run("--budget", "50M", "--format", "html", folder: "/")
    #expect(here.output == there.output && here.output.hasPrefix("<!DOCTYPE html>"))
  }

  @Test("a plan that is saved can be tracked, in every format")
  func track() throws {
    let scratch = try Scratch()
    let plan = scratch.file("plan.json").path
    _ = try Program.run("--budget", "50M", "--json", "--output", plan)
    let actuals = try scratch.write(
      "actuals.csv",
      """
      week,term,usd,tokens,note
      2026-10-12,accelerator_rent,912400.00,248B,
      2026-10-12,object_storage,130.25,,
      2026-10-19,accelerator_rent,918020.50,251B,two nodes replaced

      """)
    for format in ["table", "plain", "csv", "json", "markdown"] {
      let result = try Program.run("track", actuals, "--plan", plan, "--format", format)
      #expect(result.status == 0 && result.output.contains("rent"), "\(format)")
    }
    let weeks = try Program.run(
      "track", actuals, "--plan", plan, "--by", "week", "--format", "csv")
    #expect(weeks.output.split(separator: "\r\n").count == 3)
    let wrong = try scratch.write("wrong.csv", "week,usd\n2026-10-12,lots\n")
    let bad = try Program.run("track", wrong, "--plan", plan)
    #expect(bad.status == 65 && bad.errors.contains("wrong.csv:2: usd: “lots”"))
    #expect(try Program.run("track", actuals, "--plan", "/no/such").status == 66)
    let third = try Program.run("track", actuals, "--plan", actuals)
    #expect(third.status == 65 && third.errors.contains("actuals.csv:1"))
  }
}
