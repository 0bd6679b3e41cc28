import Catalog
import Quantities
import Testing

@testable import Planning

@Suite("Offers in the buyer's hands")
struct ScenarioQuoteTests {
  private static let catalog = Result { try Catalog() }

  private func scenario(_ quotes: String, _ more: String = "") throws -> Scenario {
    let catalog = try Self.catalog.get()
    return try ScenarioFile.read(
      "budget = \"20M\"\nsamples = 512\n\(more)\n\(quotes)\n", path: "run.toml"
    )
    .scenario(
      FieldContext(catalog: catalog, today: CalendarDate(parsing: "2026-12-01")) { _ in [] },
      budgetDollars: 0)
  }

  private let trainium = """
    [[quote]]
    name = "private"
    provider = "aws"
    accelerator = "trn2"
    price = 1.10
    chips_least = 512
    chips_most = 2000
    term = "9mo"
    prepayment = 0.25
    start = 2027-02-01
    """

  @Test(
    "a quote stands among the options at its own price and size, and one in hand needs no grant")
  func inHand() throws {
    let scenario = try scenario(trainium + "\nin_hand = true\n")
    let plan = Planner(catalog: try Self.catalog.get()).plan(scenario)
    let own = try #require(plan.assessments.first { $0.offer == "quote:private" })
    let outcome = try #require(own.outcome)
    #expect(own.route == .rentTrainium && own.evidence >= .a)
    #expect(own.chips >= 512 && own.chips <= 2000)
    #expect(outcome.obtaining.kind == .inHand && outcome.obtaining.chance == 1)
    #expect(outcome.expectedDollarsPerChipHour == 1.10 && outcome.listDollarsPerChipHour == 1.10)
    // Nothing of it starts before the day it is promised for.
    let run = try #require(outcome.phases.first { $0.name == .run })
    #expect(run.start >= (try CalendarDate(parsing: "2027-02-01")))
    #expect(OptionWords.name(own).contains("your quote private"))
  }

  @Test("the same quote not in hand is a contract with a chance, and in hand never ranks lower")
  func notInHand() throws {
    let planner = Planner(catalog: try Self.catalog.get())
    func rank(_ more: String) throws -> Double {
      let plan = planner.plan(try scenario(trainium + more))
      let own = try #require(plan.assessments.first { $0.offer == "quote:private" }?.outcome)
      if more.isEmpty {
        #expect(own.obtaining.kind == .contract && own.obtaining.chance < 1)
      }
      return try #require(own.rank)
    }
    #expect(try rank("\nin_hand = true\n") > rank(""))
  }

  @Test("servers quoted by the piece are bought at that price")
  func servers() throws {
    let scenario = try scenario(
      """
      [[quote]]
      name = "two-racks"
      accelerator = "gb300"
      server_price = "3.2M"
      chips = 144
      lead_weeks = 12
      """, "deadline = \"1200d\"")
    let plan = Planner(catalog: try Self.catalog.get()).plan(scenario)
    let own = try #require(plan.assessments.first { $0.offer == "quote:two-racks" })
    #expect(own.route == .buyGPU)
    let servers = own.outcome?.breakdown.first { $0.term == "servers" }?.dollars
    #expect(own.chips == 144 && servers == 6_400_000, "\(own.reasons)")
  }

  @Test(
    "what a quote can't say is refused with its line and the cure",
    arguments: [
      ("price = 1.1\nprovider = \"x\"", "accelerator", "is missing"),
      ("accelerator = \"b300\"\nprovider = \"x\"", "price", "server_price"),
      ("accelerator = \"b300\"\nprice = 5", "provider", "who sells it"),
      (
        "accelerator = \"b300\"\nprovider = \"x\"\nprice = 5\nprepayment = 20", "prepayment",
        "0 to 1"
      ),
      (
        "accelerator = \"b300\"\nprovider = \"x\"\nprice = 5\nchps = 20", "chps",
        "did you mean chips"
      ),
      ("accelerator = \"b30\"\nprovider = \"x\"\nprice = 5", "accelerator", "did you mean b300"),
      ("accelerator = \"b300\"\nprovider = \"x\"\nprice = 5e6", "price", "chip-hour"),
      ("accelerator = \"b300\"\nprovider = \"a/b\"\nprice = 5", "provider", "slash"),
    ])
  func refused(_ lines: String, _ key: String, _ words: String) throws {
    let error = #expect(throws: FaultList.self) { try scenario("[[quote]]\n" + lines) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("quote.\(key)") && text.contains(words), "\(text)")
    #expect(text.contains("run.toml:"))
  }

  @Test("two quotes of one name are refused, and a quote written out reads as itself")
  func names() throws {
    #expect(throws: FaultList.self) { try scenario(trainium + "\n" + trainium) }
    let first = try scenario(trainium).quotes[0]
    var again = try scenario(first.text).quotes[0]
    again.origin = first.origin
    #expect(again == first)
  }
}
