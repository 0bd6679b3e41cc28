import Catalog
import Quantities
import Testing

@testable import Planning

/// What a plan says before anything else.
@Suite("Implausible inputs")
struct PlausibilityTests {
  private func plan(
    _ files: [(String, String)], _ change: (inout Scenario) -> Void = { _ in }
  ) throws -> Plan {
    let catalog = try Catalog(overlay: files.map { (path: $0.0, bytes: Array($0.1.utf8)) })
    var scenario = Scenario(
      budgetDollars: 20e6, start: try #require(CalendarDate(year: 2026, month: 11, day: 23)))
    scenario.samples = 0
    scenario.routes = [.rentTPU, .buyGPU]
    change(&scenario)
    return Planner(catalog: catalog).plan(scenario)
  }

  private static let header =
    "id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,"
    + "payment,term_rule,chip_counts,obtainable,source_url,as_of,grade\n"

  @Test("a price typed 100 times too low is the first thing that every plan using it says")
  func price() throws {
    let row =
      "gcp/v5p-slice/us-east5/commit_1y,gcp,v5p-slice,tpu-v5p,1,us-east5,commit_1y,0.0210,monthly,"
      + "commitment,256 512 1024 2048,yes,https://example.com/our-contract,2026-11-01,A\n"
    let cheap = try plan([("my/offers.csv", Self.header + row)])
    let first = try #require(cheap.warnings.first)
    #expect(
      first.hasPrefix(
        "check my/offers.csv:2, gcp/v5p-slice/us-east5/commit_1y: usd_per_instance_hour 0.021 is "))
    #expect(first.contains("times below the built-in"))
    let elsewhere = try plan([("my/offers.csv", Self.header + row)]) { $0.routes = [.buyGPU] }
    #expect(!elsewhere.warnings.contains { $0.hasPrefix("check ") })
  }

  @Test("no measured speed takes an option's MFU above 100 %, and the plan says that it was held")
  func speed() throws {
    let chip = "tpu-v5p"
    let row = "\(chip),6,0.5,1,mine.csv,2026-11-01,A,\n"
    let fast = try plan([
      (
        "my/measured.csv",
        "id,speed_ratio,log_deviation,runs,source_url,as_of,grade,note\n" + row
      )
    ])
    let speeds = fast.assessments.compactMap(\.outcome?.throughput.modelFlopsUtilization)
    #expect(speeds.allSatisfy { $0.p90 <= 1 && $0.p50 <= 1 })
    #expect(
      fast.warnings.first?.hasPrefix("check my/measured.csv:2, tpu-v5p: speed_ratio 6 ") == true)
    #expect(fast.warnings.contains { $0.contains("is what the chip can do at most") })
  }

  @Test(
    "one token, a deadline of 25 years, prices at a twentieth: what is hardly meant is said first")
  func scenario() throws {
    let odd = try plan([]) { scenario in
      scenario.tokens = 1
      scenario.deadline = TimeSpan(days: 9000)
      scenario.spreads["price.gcp"] = SettledRange(typical: 0.05, origin: .commandLine)
    }
    #expect(odd.warnings.first?.hasPrefix("check deadline: 9000 is implausible") == true)
    #expect(odd.warnings.dropFirst().first?.hasPrefix("check tokens: 1 is implausible") == true)
    #expect(
      odd.warnings.dropFirst(2).first?.hasPrefix("check price.gcp (command line): typical: 0.05 is")
        == true)
  }

  @Test("without tables of one's own nothing is to be checked")
  func builtIn() throws {
    #expect(try !plan([]).warnings.contains { $0.hasPrefix("check ") })
  }
}
