import Foundation
import Testing

@Suite("Batch, as scripts use it", .serialized)
struct BatchTests {
  @Test("the JSON document holds every key that scripts may rely on")
  func documentKeys() throws {
    let result = try Program.run("--budget", "50M", "--format", "json")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(parsed as? [String: Any])
    for key in [
      "schema_version", "scenario", "catalog", "options", "ranking", "frontier",
      "recommendation", "warnings",
    ] {
      #expect(document[key] != nil, "\(key)")
    }
    let options = try #require(document["options"] as? [[String: Any]])
    for key in [
      "id", "route", "provider", "offer", "accelerator", "region", "purchase", "chips",
      "instances", "feasible", "reasons", "model", "strategy", "mfu",
      "tokens_per_second_per_chip", "goodput", "days", "cost_cash_usd", "cost_economic_usd",
      "breakdown_usd", "predicted_loss", "energy_mwh", "co2_t", "probability", "evidence",
      "sources",
    ] {
      #expect(options.allSatisfy { $0[key] != nil }, "\(key)")
    }
    let ranked = try #require(document["ranking"] as? [String])
    let feasible = options.filter { $0["feasible"] as? Bool == true }
    #expect(Set(ranked) == Set(feasible.compactMap { $0["id"] as? String }))
    for route in ["rent-trainium", "rent-tpu", "buy-gpu", "rent-gpu"] {
      #expect(feasible.contains { $0["route"] as? String == route }, "\(route)")
    }
  }

  @Test("every breakdown sums to the planned cash to the cent")
  func breakdownSums() throws {
    let result = try Program.run("--budget", "50M", "--format", "json")
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(parsed as? [String: Any])
    let options = try #require(document["options"] as? [[String: Any]])
    var checked = 0
    for option in options {
      guard let breakdown = option["breakdown_usd"] as? [String: Double],
        let cash = (option["planned"] as? [String: Any])?["cost_cash_usd"] as? Double
      else { continue }
      let cents = breakdown.values.map { Int64(($0 * 100).rounded()) }.reduce(0, +)
      #expect(cents == Int64((cash * 100).rounded()), "\(option["id"] ?? "")")
      checked += 1
    }
    #expect(checked > 20)
  }

  @Test("the same question gives the same bytes, from any folder, in any locale and time zone")
  func sameBytes() throws {
    for format in ["table", "json", "csv"] {
      let first = try Program.run("--budget", "50M", "--format", format)
      let others = [
        try Program.run("--budget", "50M", "--format", format),
        try Program.run("--budget", "50M", "--format", format, folder: "/"),
        try Program.run(
          "--budget", "50M", "--format", format,
          environment: ["LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"]),
      ]
      #expect(first.status == 0 && !first.output.isEmpty)
      #expect(others.allSatisfy { $0.output == first.output })
    }
  }

  static let badQuestions: [(arguments: [String], word: String)] = [
    (["--budget", "banana"], "banana"), (["--budget", "-5"], "-5"), (["--budget", "0"], "0"),
    (["--budget", "1e400"], "1e400"), (["--budget", ""], "budget"),
    (["--budget", "50M", "--deadline", "soon"], "soon"),
    (["--budget", "50M", "--routes", "rent-tpus"], "rent-tpu"),
    (["--budget", "50M", "--model", "lama-3.1-70b"], "llama-3.1-70b"),
    (["--budget", "50M", "--tokens", "-1"], "-1"),
    (["--budget", "50M", "--params", "0"], "0"),
    (["--budget", "50M", "--format", "xml"], "xml"),
    (["--bugdet", "50M"], "budget"),
  ]

  @Test("a question that can't be asked gets status 64 and a sentence", arguments: badQuestions)
  func usage(arguments: [String], word: String) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(word))
  }

  @Test("a budget too small for anything gets status 3 and the plan with its reasons")
  func tooSmall() throws {
    let result = try Program.run("--budget", "10", "--model", "llama-3.1-70b", "--tokens", "15T")
    #expect(result.status == 3)
    #expect(result.output.contains("budget"))
  }

  @Test("a missing folder gets status 66, a broken table status 65 with every fault")
  func brokenCatalogue() throws {
    #expect(try Program.run("--budget", "50M", "--pricing", "/no/such").status == 66)
    let scratch = try Scratch()
    try scratch.write(
      "offers.csv",
      "id,provider,instance,accelerator,chips_per_instance,region,purchase,"
        + "usd_per_instance_hour,source_url,grade\n"
        + "a,x,a,trn9,16,r,on_demand,NaN,https://e.org,C\n"
        + "a,x,a,trn2,16,r,on_demand,-1,https://e.org,C\n")
    let result = try Program.run("--budget", "50M", "--pricing", scratch.url.path)
    #expect(result.status == 65)
    for place in [
      "offers.csv:2: usd_per_instance_hour", "offers.csv:2: accelerator",
      "offers.csv:3: usd_per_instance_hour", "offers.csv:3: id",
    ] {
      #expect(result.errors.contains(place), "\(place)")
    }
  }

  @Test("output to a file is the same text, and a folder that isn't there is status 73")
  func files() throws {
    let scratch = try Scratch()
    let file = scratch.file("plan.csv").path
    let written = try Program.run("--budget", "50M", "--format", "csv", "--output", file)
    let printed = try Program.run("--budget", "50M", "--format", "csv")
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
    #expect(try Program.run("catalog", "claims", "--output", "/no/such/plan").status == 73)
    #expect(try Program.run("catalog", "claims", "--output", "/dev/full").status == 74)
  }

  @Test("without a terminal and without a budget it says what to run instead")
  func noTerminal() throws {
    let result = try Program.run()
    #expect(result.status == 64)
    #expect(result.errors.contains("--budget"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  private static let job = ["--params", "8B", "--tokens", "2T"]

  @Test("a job and a deadline without a budget ask for the least budget; plan limits says the same")
  func leastBudget() throws {
    let asked = try Program.run(Self.job + ["--deadline", "90d", "--format", "json"])
    let limits = try Program.run(["limits"] + Self.job + ["--deadline", "90d", "--format", "json"])
    #expect(asked.status == 0 && asked.output == limits.output)
    #expect(asked.output.contains("\"least_budget_usd\""))
    let poor = try Program.run(
      ["limits"] + Self.job + ["--deadline", "90d", "--budget", "100k"])
    #expect(poor.status == 3 && poor.output.hasPrefix("Nothing fits. The nearest plan needs"))
    let sized = try Program.run("limits", "--budget", "20M", "--routes", "rent-tpu")
    #expect(sized.status == 0 && sized.output.contains("held back"))
    let unasked = try Program.run("limits", "--deadline", "90d")
    #expect(unasked.status == 64 && unasked.errors.contains("--model"))
  }

  @Test("options are compared and the frontier drawn in every format, twice the same")
  func questions() throws {
    let question = ["--budget", "10M"] + Self.job
    for format in ["table", "plain", "csv", "json"] {
      for command in [["compare", "1", "9"], ["frontier"]] {
        let arguments = command + question + ["--format", format]
        let once = try Program.run(arguments)
        let again = try Program.run(arguments)
        #expect(once.status == 0 && once.errors.isEmpty, "\(arguments)")
        #expect(!once.output.isEmpty && once.output == again.output)
      }
    }
    let unknown = try Program.run(["compare", "1", "9999"] + question)
    #expect(unknown.status == 64 && unknown.errors.contains("rank"))
    let poor = try Program.run("frontier", "--budget", "10", "--params", "8B", "--tokens", "2T")
    #expect(poor.status == 3)
  }

  @Test("the JSON says where each value of the question was set")
  func origins() throws {
    let scratch = try Scratch()
    let file = scratch.file("run.toml")
    try "budget = \"10M\"\n[job]\nparams = \"8B\"\n".write(
      to: file, atomically: true, encoding: .utf8)
    let result = try Program.run(
      "--scenario", file.path, "--tokens", "2T", "--format", "json", "--routes", "rent-tpu")
    #expect(result.status == 0)
    #expect(result.output.contains("\"budget\": \"\(file.path):1\""))
    #expect(result.output.contains("\"params\": \"\(file.path):3\""))
    #expect(result.output.contains("\"tokens\": \"command line\""))
  }
}
