import Catalog
import Planning
import Quantities
import Screen

@testable import Dashboard

/// A plan to draw. Its figures are made up and mean nothing.
enum FaceFixture {
  private static func option(
    _ id: String, _ route: Route, _ name: String, rank: Int?, millions: Double, days: Double,
    fits: Double = 0.8, place: String = ""
  ) -> PlanFace.Option {
    var option = PlanFace.Option(id: id, route: route, name: name, place: place)
    option.rank = rank
    option.chips = 2048
    option.parameters = 31.2e9
    option.tokens = 1.2e12
    option.flops = 2.4e23
    option.loss = Percentiles(p10: 1.98, p50: 1.998, p90: 2.02)
    option.utilization = Percentiles(p10: 0.34, p50: 0.38, p90: 0.42)
    option.days = Percentiles(p10: days * 0.9, p50: days, p90: days * 1.2)
    option.totalDays = days
    option.chance = fits
    option.evidence = "C"
    option.cash = range(millions)
    option.economic = range(millions * 0.9)
    let parts = [("accelerator rent", 0.75), ("failed and test runs", 0.15), ("storage", 0.02)]
    option.breakdown =
      parts.map { PlanFace.Part($0.0, Money(dollars: millions * $0.1 * 1e6)) }
      + [PlanFace.Part("network and egress", Money(dollars: millions * 0.08 * 1e6))]
    return option
  }

  static func range(_ millions: Double) -> PlanFace.CostRange {
    .init(
      p10: Money(dollars: millions * 0.8e6), p50: Money(dollars: millions * 1e6),
      p90: Money(dollars: millions * 1.3e6))
  }

  private static func ruledOut(
    _ id: String, _ route: Route, _ name: String, _ reason: String
  ) -> PlanFace.Option {
    var option = PlanFace.Option(id: id, route: route, name: name)
    option.reason = reason
    return option
  }

  /// What else there is to know of an option.
  private static func detail(_ id: String) -> PlanFace.Detail {
    var detail = PlanFace.Detail()
    guard !["g2", "t2"].contains(id) else { return detail }
    detail.warnings = ["hard to get: 予約 needed (“cafe\u{301}” region)"]
    detail.notIncluded = ["egress: no figure"]
    detail.sources = [
      .init(
        figure: "Price of block", value: "1.25 USD per chip-hour", asOf: "2026-11-01", grade: "C",
        address: "https://example.org/prices/of/blocks?and=a&long=address"),
      .init(
        figure: "Peak 16-bit rate", value: "667 TFLOP/s", asOf: "2026-03-01", grade: "C",
        address: "https://example.org/chip", note: "dense, without sparsity"),
      .init(
        figure: "電力 price", value: "0.08 USD per kWh", asOf: "2025", grade: "D",
        address: "recalled (unverified)"),
    ]
    detail.months = [
      .init(year: 2026, month: 11, amount: Money(dollars: 30.9e6)),
      .init(year: 2026, month: 12, amount: Money(dollars: 9.3e6)),
      .init(year: 2027, month: 1, amount: Money(dollars: 1e6)),
    ]
    detail.strategy = "tensor 8, pipeline 4, data 64, ZeRO stage 1, micro-batch 1, bf16"
    detail.step = [
      .init("matrix products", .computing, seconds: 6.1),
      .init("core attention", .computing, seconds: 0.7),
      .init("tensor transfer", .communicating, seconds: 1.4),
      .init("pipeline bubble", .waiting, seconds: 0.9),
    ]
    detail.memory = [.init("weights", gibibytes: 14.2), .init("activations", gibibytes: 31.9)]
    detail.hardwareUtilization = 0.44
    return detail
  }

  /// Options in the order of a budget: more money turns the first two round.
  static func face(budgetMillions: Double = 50) -> PlanFace {
    var ranked = [
      option("t1", .rentTrainium, "Trn2 capacity block", rank: 1, millions: 41.2, days: 61),
      option(
        "g1", .rentTPU, "v5p 1-year commitment", rank: 2, millions: 43.9, days: 75,
        place: "near"),
      option(
        "g3", .rentTPU, "v5p 1-year commitment", rank: 3, millions: 44, days: 75, place: "far"),
      option("o1", .buyGPU, "8x H100 server “cafe\u{301} 東京”", rank: 4, millions: 49, days: 160),
      option("r1", .rentGPU, "p5 on demand 東京", rank: 5, millions: 49.5, days: 58, fits: 0.71),
    ]
    ranked[3].usage = range(40)
    if budgetMillions > 55 { ranked.swapAt(0, 1) }
    for index in ranked.indices { ranked[index].rank = index + 1 }
    let out = [
      ruledOut("g2", .rentTPU, "v6e spot", "memory: needs 99 GiB a chip, has 32 GiB"),
      ruledOut("t2", .rentTrainium, "Trn1 block", "deadline: 240 days needed, 180 allowed"),
    ]
    var face = PlanFace(
      scenario: scenario(budgetMillions: budgetMillions),
      answer: "\(ranked[0].name) trains it for \(ranked[0].cash?.p50.short ?? "-") in "
        + "\(Int(ranked[0].days?.p50 ?? 0)) days; the runner-up costs 7% more and takes two weeks longer.",
      answerRoute: ranked[0].route,
      job: "some-model-70b, 15.0T tokens", catalogDate: "2026-11-23", evidence: "C",
      ranked: ranked, ruledOut: out,
      warnings: ["prices of v5p are 120 days old", "MFU of Trn2 rests on one published run"],
      explain: { id in
        [
          .heading("Throughput"), .field(label: "option", value: id),
          .field(label: "strategy", value: "tensor 8, pipeline 4, data 64", note: "of 312 tried"),
          .field(label: "MFU", value: "38%", note: "34% to 42%"), .blank, .heading("Sources"),
          .field(label: "price", value: "$1.00 a chip-hour", note: "https://example.org, B"),
        ]
      }, detail: { detail($0) }, report: { "report as \($0.rawValue)\n" })
    face.flips = ["v5p wins if it costs 7 % less"]
    face.claimNotes = []
    face.sensitivityOf = { sensitivity($0) }
    return face
  }

  /// What moves an option; nothing is known of those ruled out.
  static func sensitivity(_ id: String) -> PlanFace.Sensitivity? {
    guard !["g2", "t2"].contains(id) else { return nil }
    func bar(
      _ label: String, _ range: String, _ low: Double, _ high: Double, _ share: Double
    ) -> PlanFace.Sensitivity.Bar {
      .init(
        label, range: range, low: Money(dollars: low * 1e6), high: Money(dollars: high * 1e6),
        share: share, grade: "C")
    }
    return PlanFace.Sensitivity(
      middle: Money(dollars: 37e6),
      bars: [
        bar("Speed over the estimate", "0.8 to 1.2 times", 47, 31, 0.62),
        bar("All computing over the final run's", "1.2 to 2 times", 33, 44, 0.3),
        bar("電力 price of the cafe\u{301}", "0.06 to 0.11 USD per kWh", 36.5, 37.6, 0.04),
        bar("Porting", "4 to 30 weeks", 37, 37.2, 0),
      ],
      flips: ["rent-tpu (v5p) wins if it is 1.07× as fast as estimated (28 % likely)"],
      worth: ["knowing the speed: $1.20M"])
  }

  /// A question to draw: a model of its own and a deadline, the rest as by default.
  static func scenario(budgetMillions: Double = 50) -> Scenario {
    var scenario = Scenario(
      budgetDollars: budgetMillions * 1e6, start: CalendarDate(daysSinceEpoch: 20_780))
    scenario.model = .parameters(31.2e9)
    scenario.tokens = 2.1e12
    scenario.deadline = TimeSpan(days: 180)
    return scenario
  }

  static let choices: InputChoices = {
    guard let catalog = try? Catalog() else { fatalError("the built-in tables have a fault") }
    return InputChoices(
      catalog: catalog, models: ["llama-3.1-8b", "llama-3.1-70b", "gpt3-175b"],
      regions: ["us-east-1", "us-east5", "us-west4"], providers: ["aws", "gcp", "own"],
      places: ["us-iowa", "us-texas"],
      readFile: { path in throw InputError("\(path) is not there") })
  }()

  /// A dashboard of some size, after some keys.
  static func state(
    _ width: Int, _ height: Int, face: PlanFace = face(), keys: [Key] = [],
    appearance: Appearance = .fitting(hasColor: true, hasUnicode: true),
    settings: Settings = Settings()
  ) -> DashboardState {
    var setup = DashboardSetup(
      scenario: face.scenario, choices: choices, appearance: appearance,
      size: Size(width: width, height: height), today: CalendarDate(daysSinceEpoch: 20_790))
    setup.settings = settings
    setup.themes = NamedTheme.builtIn
    var state = DashboardState(setup, face: face)
    for key in keys { _ = state.handle(key) }
    for case .sensitivity(let id, let generation) in state.wants() {
      state.receive(face.sensitivityOf?(id), of: id, generation: generation)
    }
    return state
  }

  /// The scenario of a file's text, read as the program reads it.
  static func reading(_ text: String, budgetDollars: Double) throws -> Scenario {
    let context = FieldContext(catalog: choices.catalog, readFile: { _ in [] })
    return try ScenarioFile.read(text, path: "x.toml")
      .scenario(context, budgetDollars: budgetDollars)
  }
}

extension DashboardState {
  /// Takes keys by their names, `j Enter`; `@tokens` goes to the input of that name.
  ///
  /// - Returns: what the loop would have to do.
  @discardableResult
  mutating func press(_ names: String) -> [Effect] {
    names.split(separator: " ").flatMap { name -> [Effect] in
      guard name.hasPrefix("@"),
        let index = inputs.firstIndex(where: { $0.name == name.dropFirst() })
      else { return Key(named: String(name)).map { handle($0) } ?? [] }
      return press("7 g" + String(repeating: " j", count: index))
    }
  }
}
