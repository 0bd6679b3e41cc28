import Catalog
import Quantities
import Testing

@testable import PriceFeeds

@Suite("Checking and comparing prices")
struct ReviewTests {
  private static let header =
    "id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,"
    + "source_url,as_of,grade,obtainable\n"

  private func line(
    _ region: String, _ purchase: Purchase, _ usd: String, asOf: String = "2026-11-20",
    obtainable: String = "yes"
  ) -> String {
    let id = "own/box/\(region)/\(purchase.rawValue)"
    return "\(id),own,box,h100-sxm,8,\(region),\(purchase.rawValue),\(usd),https://e.org,\(asOf),C,"
      + "\(obtainable)\n"
  }

  private func check(_ lines: [String], limitDays: Double = 90) throws -> [PriceCheck.Row] {
    let text = Self.header + lines.joined()
    let catalog = try Catalog(overlay: [(path: "offers.csv", bytes: Array(text.utf8))])
    let today = try CalendarDate(parsing: "2026-11-23")
    return PriceCheck(catalog, today: today, limitDays: limitDays, builtIn: try Catalog())
      .rows.filter { $0.id.hasPrefix("own/") }
  }

  @Test("ages are counted to the day, of a month or a year from its first day")
  func ages() throws {
    let rows = try check([
      line("a", .onDemand, "60", asOf: "2026-08-25"),
      line("b", .onDemand, "60", asOf: "2026-08-24"),
      line("c", .onDemand, "60", asOf: "2026-08"), line("d", .onDemand, "60", asOf: "2026"),
      line("e", .onDemand, "60", asOf: ""), line("f", .onDemand, "60", asOf: "2026-11-24"),
    ])
    #expect(rows.map(\.finding) == [.fresh, .old, .old, .old, .undated, .future])
    #expect(rows.map(\.ageDays) == [90, 91, 114, 326, nil, -1])
  }

  @Test("an offer that may be had and has no price is named; one that isn't sold is not")
  func missing() throws {
    let rows = try check([
      line("a", .onDemand, ""), line("b", .onDemand, "", obtainable: "no"),
      line("c", .onDemand, "", obtainable: "unknown"),
    ])
    #expect(rows.map(\.finding) == [.noPrice, .fresh, .noPrice])
  }

  @Test("a chip that can be had without a priced offer or quote is named")
  func chips() throws {
    let chip = "id,kind,name,generation,source_url,grade\nnova,gpu,Nova 1,nova,https://e.org,C\n"
    let catalog = try Catalog(overlay: [(path: "accelerators.csv", bytes: Array(chip.utf8))])
    let today = try CalendarDate(parsing: "2026-11-23")
    let found = PriceCheck(catalog, today: today, limitDays: 90, builtIn: try Catalog())
    #expect(found.rows.contains { $0.id == "nova" && $0.finding == .noPriceOfChip })
  }

  @Test("a price twice or half of what other regions ask is implausible; spot may move fivefold")
  func regions() throws {
    let rows = try check([
      line("a", .onDemand, "60"), line("b", .onDemand, "66"), line("c", .onDemand, "140"),
      line("d", .onDemand, "29"), line("e", .onDemand, "60"),
      line("a", .spot, "20"), line("b", .spot, "5"), line("c", .spot, "20"), line("d", .spot, "3"),
    ])
    #expect(
      rows.filter { $0.finding == .unlikeOtherRegions }.map(\.id)
        == ["own/box/c/on_demand", "own/box/d/on_demand"])
  }

  @Test("what binds the buyer longer, or can be taken back, is not dearer than what doesn't")
  func neighbours() throws {
    let rows = try check([
      line("a", .onDemand, "60"), line("a", .spot, "61"), line("a", .commit1YearNoUpfront, "40"),
      line("a", .commit3YearNoUpfront, "45"), line("b", .onDemand, "60"), line("b", .spot, "20"),
      line("b", .commit3YearAllUpfront, "30"),
    ])
    let dear = rows.filter { $0.finding == .dearerThanNeighbour }
    #expect(dear.map(\.id) == ["own/box/a/spot", "own/box/a/commit_3y_no_upfront"])
    #expect(dear.map(\.detail) == ["on_demand 60", "commit_1y_no_upfront 40"])
  }

  @Test("a price far from the built-in one of the same offer is implausible")
  func builtIn() throws {
    let id = "gcp/v6e-slice/us-east5/on_demand"
    let old = try #require(try Catalog().offer(id)?.usdPerInstanceHour)
    for (price, isFound) in [(old * 2.5, true), (old / 2.5, true), (old * 1.9, false)] {
      let text =
        Self.header
        + "\(id),gcp,v6e-slice,tpu-v6e,1,us-east5,on_demand,\(price),https://e.org,2026-11-20,C,yes\n"
      let catalog = try Catalog(overlay: [(path: "offers.csv", bytes: Array(text.utf8))])
      let today = try CalendarDate(parsing: "2026-11-23")
      let rows = PriceCheck(catalog, today: today, limitDays: 90, builtIn: try Catalog()).rows
      #expect(rows.contains { $0.id == id && $0.finding == .unlikeBuiltIn } == isFound)
    }
  }

  @Test("a difference is an offer added, removed, of another price or of other terms")
  func difference() throws {
    func offers(_ lines: [String]) throws -> [Offer] {
      let text = Self.header + lines.joined()
      return try Catalog(overlay: [(path: "offers.csv", bytes: Array(text.utf8))]).offers
    }
    let before = try offers([
      line("a", .onDemand, "60"), line("b", .onDemand, "60"), line("c", .onDemand, "60"),
      line("d", .onDemand, ""), line("f", .onDemand, "60"),
    ])
    let after = try offers([
      line("a", .onDemand, "66"), line("b", .onDemand, "60", asOf: "2026-11-22"),
      line("d", .onDemand, "9"), line("e", .onDemand, "1"),
      line("f", .onDemand, "60", obtainable: "unlikely"),
    ])
    let rows = OfferDifference(from: before, to: after).rows
    #expect(
      rows.map { "\($0.id) \($0.kind.rawValue)" } == [
        "own/box/a/on_demand changed", "own/box/d/on_demand changed", "own/box/e/on_demand added",
        "own/box/f/on_demand terms", "own/box/c/on_demand removed",
      ])
    #expect(rows[0].before == 60 && rows[0].after == 66 && rows[1].before == nil)
    #expect(OfferDifference(from: before, to: before).rows.isEmpty)
  }
}
