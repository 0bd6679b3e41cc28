import Catalog
import Quantities
import Testing

@testable import Planning

private enum Shared {
  static let catalog = Result { try Catalog() }

  static func scenario(_ text: String, path: String = "run.toml") throws -> Scenario {
    let context = FieldContext(catalog: try catalog.get()) { path in
      throw MissingFile(path: path, reason: "no such file")
    }
    return try ScenarioFile.read(text, path: path).scenario(context, budgetDollars: 1e6)
  }

  /// The faults that reading a text throws.
  static func faults(_ text: String) -> [String] {
    do {
      _ = try scenario(text)
      return []
    } catch let error as FaultList {
      return error.faults.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }
}

@Suite("A scenario file")
struct ScenarioFileTests {
  @Test("sets fields as texts, numbers, dates, lists and tables")
  func values() throws {
    let scenario = try Shared.scenario(
      """
      budget = "2.5B"
      [goal]
      start = 2026-12-01
      deadline = "90d"
      [job]
      model = "llama-3.1-70b"
      tokens = 15e12
      sequence_length = 4096
      [policy]
      routes = ["rent-tpu", "buy-gpu"]
      share_limit = { aws = "60%" }
      quota = { trn2 = 1024 }
      contains_user_data = true
      [overheads]
      experiments = 1.5
      """)
    #expect(scenario.budgetDollars == 2.5e9 && scenario.tokens == 15e12)
    #expect(scenario.start.iso == "2026-12-01" && scenario.deadline?.days == 90)
    #expect(scenario.modelName == "llama-3.1-70b" && scenario.sequenceLength == 4096)
    #expect(scenario.routes == [.rentTPU, .buyGPU] && scenario.containsUserData)
    #expect(scenario.policy.shareLimits == ["aws": 0.6] && scenario.policy.quotas == ["trn2": 1024])
    #expect(scenario.overheads.experiments == .times(1.5))
  }

  @Test("refuses brackets that the parser would take for granted as headings, with their line")
  func strayBrackets() {
    for text in ["[=]", "[ %", "[[#", "[", "a = 1\n\t[\u{A0}", "[[[", "\u{FEFF}[é]"] {
      let faults = Shared.faults(text)
      #expect(faults.first?.contains("a heading like [job] is expected") == true, "\(text)")
    }
    #expect(Shared.faults("[=]").first?.hasPrefix("run.toml:1: ") == true)
    #expect(Shared.faults("[]").first?.contains("is not TOML") == true)
    #expect(Shared.faults("[ job ]\ntokens = 1e12\n") == [])
  }

  @Test("refuses braces and separators that the parser would take for a value, with their line")
  func braces() {
    for text in ["a = [}", "a = [1, }", "a = [1, # more\n}", "a = [\u{2028}1]", "a = [1,\u{85}2]"] {
      let faults = Shared.faults("budget = \"1M\"\n\n" + text)
      #expect(faults.count == 1 && faults.first?.contains("is not TOML") == true, "\(text)")
      #expect(faults.first?.hasPrefix("run.toml:\(text.contains("more") ? 4 : 3):") == true)
    }
    let fine = "[policy]\nregions = [\"[}\", '},{', \"a\\\"}\"] # [}\n"
    #expect(!Shared.faults(fine).contains { $0.contains("is not TOML") })
  }

  @Test("names every bad line with what is wrong and the nearest name")
  func faults() {
    #expect(
      Shared.faults("budget = \"50M\"\ndeadlin = \"90d\"\n[job]\nroutes = \"rent-tpu\"\n") == [
        "run.toml:2: deadlin: is no field of a scenario; did you mean deadline?",
        "run.toml:4: routes: stands under [job]; it belongs under [policy]",
      ])
    let values = Shared.faults("budget = -5\n[policy]\npurchases = [\"capacity_blok\"]\n")
    #expect(values.count == 2)
    #expect(values.first?.hasPrefix("run.toml:1: budget:") == true)
    #expect(values.last?.contains("did you mean capacity_block?") == true)
    #expect(Shared.faults("budget = ").first?.hasPrefix("run.toml:1: is not TOML") == true)
  }

  @Test("names an unknown heading with its line and the nearest one, and every fault once, by line")
  func unknownHeadings() {
    #expect(
      Shared.faults("budget = \"1M\"\n\n[jobb]\ntokens = \"1T\"\n") == [
        "run.toml:3: jobb: is no heading of a scenario; did you mean [job]?"
      ])
    #expect(
      Shared.faults("[overheads]\ncloud_tax = 7\n[owning]\nresidual = 1.5\n") == [
        "run.toml:2: cloud_tax: 7 is outside 0 to 1; in per cent? write 0.07",
        "run.toml:4: residual: 1.5 is outside 0 to 1; in per cent? write 0.015",
      ])
    let twice = Shared.faults("budget = \"1M\"\nbudget = \"2M\"\n").first ?? ""
    #expect(twice.hasPrefix("run.toml:2: is not TOML") && !twice.hasSuffix("…"))
  }

  @Test("ranges out of what their input can be are refused with their line and the likely slip")
  func impossibleRanges() {
    #expect(
      Shared.faults("[uncertain]\n\"throughput.h100-sxm\" = { low = 35, high = 45 }\n") == [
        "run.toml:2: uncertain: throughput.h100-sxm: low: 35 is outside 0.02 to 10 times the "
          + "estimate (a factor about 1, not an MFU); in per cent? write 0.35"
      ])
    #expect(
      Shared.faults("[uncertain]\n\"throughput.h100-sxm\" = {low=-1,high=1e308}\n") == [
        "run.toml:2: uncertain: throughput.h100-sxm: low: -1 is outside 0.02 to 10 times the "
          + "estimate (a factor about 1, not an MFU)"
      ])
  }

  @Test("names are those of the catalogue however they are written")
  func spelling() throws {
    let scenario = try Shared.scenario(
      "budget = \"1M\"\n[policy]\ndeny_providers = [\"GCP\"]\nroutes = [\"Rent-TPU\"]\n")
    #expect(scenario.policy.deniedProviders == ["gcp"] && scenario.routes == [.rentTPU])
  }

  @Test("a file that names two models is refused, whatever their order")
  func twoModels() {
    for lines in [
      ["model = \"llama-3.1-8b\"", "params = \"7B\""],
      ["params = \"7B\"", "model = \"llama-3.1-8b\""],
    ] {
      let faults = Shared.faults("[job]\n\(lines.joined(separator: "\n"))\n")
      #expect(faults.count == 1 && faults[0].contains("both name the model"), "\(faults)")
    }
  }

  @Test(
    "a length without a unit, or with one that is none, is refused with those there are",
    arguments: ["deadline = 90", "deadline = \"90 bananas\"", "longest_run = \"4\""])
  func units(line: String) {
    let faults = Shared.faults("[goal]\n\(line)\n")
    #expect(faults.count == 1 && faults[0].hasPrefix("run.toml:2:") && faults[0].contains("90d"))
  }

  @Test("a field in two places is refused with both lines")
  func places() {
    #expect(
      Shared.faults("budget = \"5M\"\r\n[job]\r\nparams = \"7B\"\r\n[goal]\r\nbudget = \"20M\"\r\n")
        == [
          "run.toml:5: budget: is set in line 1 already; keep one of the two"
        ])
  }

  @Test(
    "texts without quotes, controls and inline tables over several lines: the cure, or the value")
  func cures() throws {
    let faults = Shared.faults("budget = 50M\n[job]\ntokens = True\nparams = “7B”\n\0\n")
    #expect(faults.count == 4)
    #expect(faults[0] == "run.toml:1: is not TOML: column 10: “50M” needs quotes: \"50M\"")
    #expect(faults[1].hasPrefix("run.toml:3:") && faults[1].contains("lower case: true"))
    #expect(faults[2].hasPrefix("run.toml:4:") && faults[2].contains("write \"7B\""))
    #expect(faults[3].hasPrefix("run.toml:5:") && faults[3].contains("NUL"))
    let read = try Shared.scenario(
      "budget=\"5M\"\njob={\n tokens=\"200B\",\n params=\"7B\",\n}\ngoal={samples=0}\n")
    #expect(read.tokens == 200e9 && read.samples == 0)
    #expect(throws: FaultList.self) { try ScenarioFile.text([0xFF, 0xFE, 0x62, 0], path: "x") }
  }

  @Test("a batch of less than one sequence is refused with what was likely meant")
  func batch() {
    let faults = Shared.faults("[job]\nglobal_batch_tokens = 1024\n")
    #expect(faults.count == 1 && faults[0].contains("counts tokens") && faults[0].contains("8.39M"))
  }

  @Test("a model file is looked for beside the scenario, then in the working folder")
  func beside() throws {
    let settings = try ScenarioFile.read("model = \"my.json\"\n", path: "sub/s.toml")
    var asked: [String] = []
    let context = FieldContext(catalog: try Shared.catalog.get(), folder: "sub") { path in
      asked.append(path)
      throw MissingFile(path: path, reason: "no such file")
    }
    #expect(throws: MissingFile.self) { try settings.scenario(context, budgetDollars: 1) }
    #expect(asked == ["sub/my.json", "my.json"])
  }

  @Test("each value knows where it was set")
  func origins() throws {
    var settings = try ScenarioFile.read("[goal]\nbudget = \"1M\"\n", path: "a.toml")
    settings.set("tokens", to: "1T", from: .commandLine)
    #expect(settings.settings["budget"]?.origin.description == "a.toml:2")
    #expect(settings.settings["tokens"]?.origin.description == "command line")
    #expect(settings.settings["deadline"] == nil)
  }

  @Test("refuses ranges that contradict themselves")
  func ranges() {
    func message(_ range: String) -> String {
      Shared.faults("[uncertain]\nx = \(range)\n").first ?? ""
    }
    #expect(message("{ low = 3, high = 2 }").contains("must rise"))
    #expect(message("{ low = 3 }").contains("needs both low and high"))
    #expect(message("{ low = 1, high = 2, confidence = 2 }").contains("between 0 and 1"))
    #expect(message("{ lo = 1, high = 2 }").contains("did you mean low?"))
    #expect(message("7").contains("must be a range"))
  }

  @Test("the command line goes over the file, and a model over a size")
  func overlay() throws {
    var settings = try ScenarioFile.read(
      "[job]\nparams = \"7B\"\ntokens = \"1T\"\n", path: "a.toml")
    settings.set("model", to: "llama-3.1-8b", from: .commandLine)
    settings.set("tokens", to: "2T", from: .commandLine)
    let context = FieldContext(catalog: try Shared.catalog.get()) { _ in [] }
    let scenario = try settings.scenario(context, budgetDollars: 1e6)
    #expect(scenario.modelName == "llama-3.1-8b" && scenario.tokens == 2e12)
  }

  @Test("the template and every example can be read, and say what they say")
  func template() throws {
    let catalog = try Shared.catalog.get()
    let scenario = try Shared.scenario(try ScenarioTemplate.text(catalog))
    #expect(
      scenario == Scenario(budgetDollars: 50e6, start: try CalendarDate(parsing: catalog.asOf)))
    for name in ScenarioExamples.names {
      let text = try #require(ScenarioExamples.text(name))
      _ = try Shared.scenario(text)
    }
    #expect(ScenarioExamples.names.contains("apple-2024"))
  }

  @Test("what each field shows, it reads back")
  func roundTrip() throws {
    let catalog = try Shared.catalog.get()
    let context = FieldContext(catalog: catalog) { _ in [] }
    var scenario = try Shared.scenario(
      """
      [policy]
      routes = "buy-gpu"
      quota = { trn2 = 64 }
      share_limit = { aws = 0.5, gcp = 0.25 }
      [overheads]
      experiments = "new-recipe"
      stacks = ["gpu"]
      [owning]
      own_place = "us-iowa"
      charge = "usage"
      """)
    scenario.deadline = TimeSpan(days: 120)
    var copy = Scenario(budgetDollars: 1, start: scenario.start)
    for field in ScenarioField.all {
      if let text = field.show(scenario) { try field.set(text, &copy, context) }
    }
    #expect(copy == scenario)
  }
}

@Suite("A claim taken for true")
struct ClaimTests {
  private func plan(_ claims: [String]) throws -> Plan {
    let catalog = try Shared.catalog.get()
    var scenario = Scenario(budgetDollars: 60e6, start: CalendarDate(daysSinceEpoch: 20_736))
    scenario.model = .parameters(70e9)
    scenario.tokens = 6e12
    scenario.claims = try claims.map { try AppliedClaim(parsing: $0, catalog: catalog) }
    return Planner(catalog: catalog).plan(scenario)
  }

  @Test("changes what it speaks of, by its factor, and nothing else")
  func effect() throws {
    let base = try plan([])
    let claimed = try plan(["apple-trn2-pretrain"])
    let id = "rent-trainium/aws/trn2.48xlarge/ap-south-2/capacity_block"
    for (before, after) in zip(base.assessments, claimed.assessments) {
      let touched = before.accelerator == "trn2"
      #expect(after.claims.isEmpty != touched)
      guard !touched else { continue }
      #expect(before.id == after.id && before.outcome?.costCash == after.outcome?.costCash)
    }
    let before = try #require(base.assessments.first { $0.id.hasPrefix(id) })
    let after = try #require(claimed.assessments.first { $0.id.hasPrefix(id) })
    let slow = try #require(before.outcome?.throughput.modelFlopsUtilization.p50)
    let fast = try #require(after.outcome?.throughput.modelFlopsUtilization.p50)
    // Another number of chips may suit the faster chip: the ratio is not exactly the claim's.
    #expect(fast / slow > 1.3 && fast / slow < 1.7)
    #expect(after.evidence == .d)
    let note = try #require(claimed.claimNotes.first)
    #expect(note.contains("hypothesis") && note.contains("apple-axlearn-trn2"))
  }

  @Test("a factor below one is read on the cost, a saving as well")
  func readings() throws {
    let catalog = try Shared.catalog.get()
    func effect(_ text: String) throws -> AppliedClaim.Effect {
      try AppliedClaim(parsing: text, catalog: catalog).effect
    }
    #expect(try effect("apple-trn2-pretrain") == .output(1.5))
    #expect(try effect("apple-trn2-pretrain=0.5") == .cost(0.5))
    #expect(try effect("poolside-trn2") == .cost(0.6))
    #expect(try effect("apple-axlearn-trn2") == .utilization(0.242))
  }

  @Test(
    "says why it can't be applied, and what would help",
    arguments: [
      ("apple-trn2-pretrian", "did you mean apple-trn2-pretrain"),
      ("google-v6e-v5e-train", "give the factor"), ("gibberish", "plan catalog claims"),
      ("skynomad-spot", "speaks of no route"), ("apple-trn2-pretrain=-1", "give a factor"),
    ])
  func refusals(text: String, says: String) throws {
    let catalog = try Shared.catalog.get()
    let error = #expect(throws: ScenarioFault.self) {
      try AppliedClaim(parsing: text, catalog: catalog)
    }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }
}
