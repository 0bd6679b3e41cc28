import Catalog
import Foundation
import Testing

@testable import PriceFeeds

@Suite("The user's overlay")
struct OverlayTests {
  private func price(
    _ instance: String = "p5.48xlarge", _ region: String = "us-east-1",
    _ purchase: Purchase = .onDemand, _ usd: Double = 60, asOf: String = "2026-11-20",
    provider: String = "aws"
  ) -> FeedPrice {
    FeedPrice(
      provider: provider, instance: instance, region: region, purchase: purchase,
      usdPerInstanceHour: usd, asOf: asOf, source: "https://example.com/list",
      note: "A note, quoted.")
  }

  private func laid(
    _ prices: [FeedPrice], over existing: String? = nil, replacesAll: Bool = false
  ) throws -> (overlay: OfferOverlay, catalog: Catalog) {
    let file = existing.map { (path: "mine/offers.csv", bytes: Array($0.utf8)) }
    let overlay = try OfferOverlay(
      prices: prices, existing: file, catalog: try Catalog(overlay: file.map { [$0] } ?? []),
      replacesAll: replacesAll)
    let after = try Catalog(overlay: [(path: "offers.csv", bytes: Array(overlay.text.utf8))])
    return (overlay, after)
  }

  @Test("every built-in offer is written as the line it was read from")
  func builtIn() throws {
    let catalog = try Catalog()
    let file = try #require(catalog.files.first { $0.path.hasSuffix("offers.csv") })
    let table = TableReader(
      file: "o", bytes: file.bytes, required: ["id"], optional: Offer.columns + Offer.termColumns)
    #expect(table.faults.isEmpty)
    var rows = table.rows
    for (index, offer) in catalog.offers.enumerated() {
      let (line, written) = (OfferRow(&rows[index]), OfferRow(offer))
      #expect(written.terms == line.terms, "\(offer.id)")
      for (column, (found, expected)) in zip(Offer.columns, zip(written.cells, line.cells)) {
        let isNumber = Double(expected) != nil
        #expect(
          isNumber ? Double(found) == Double(expected) : found == expected || expected.isEmpty,
          "\(offer.id) \(column)")
      }
    }
  }

  @Test("a price for a known offer changes price, source, date and note, nothing else")
  func known() throws {
    let before = try #require(try Catalog().offer("gcp/v6e-slice/us-east5/on_demand"))
    let (overlay, catalog) = try laid([
      price("v6e-slice", "us-east5", .onDemand, 2.5, provider: "gcp")
    ])
    let after = try #require(catalog.offer(before.id))
    var expected = before
    expected.usdPerInstanceHour = 2.5
    expected.provenance = after.provenance
    #expect(after == expected)
    #expect(after.provenance.source == "https://example.com/list")
    #expect(after.provenance.asOf == "2026-11-20" && after.provenance.note == "A note, quoted.")
    #expect(overlay.changes.map(\.outcome) == [.changed])
    #expect(overlay.changes.map(\.before) == [before.usdPerInstanceHour])
  }

  @Test("the terms of a quote of one's own survive an import; another offer doesn't take them over")
  func terms() throws {
    let mine =
      "id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,"
      + "source_url,as_of,grade,prepayment_share,chips_least,in_hand\n"
      + "aws/p5.48xlarge/us-east-2/on_demand,aws,p5.48xlarge,h100-sxm,8,us-east-2,on_demand,50,"
      + "our quote,2026-11-01,A,0.25,64,yes\n"
    let (overlay, catalog) = try laid(
      [price("p5.48xlarge", "eu-north-1", .onDemand, 55)], over: mine)
    let quote = try #require(catalog.offer("aws/p5.48xlarge/us-east-2/on_demand"))
    #expect(quote.terms.prepaymentShare == 0.25 && quote.terms.chipsLeast == 64)
    #expect(quote.terms.isInHand && quote.usdPerInstanceHour == 50)
    #expect(catalog.offer("aws/p5.48xlarge/eu-north-1/on_demand")?.terms == .unsaid)
    let plain = try laid([price("p5.48xlarge", "eu-north-1", .onDemand, 55)]).overlay
    #expect(!plain.text.contains("in_hand") && overlay.text.contains("in_hand"))
  }

  @Test("a new region takes the chips from the instance and the rules from the purchase")
  func newRegion() throws {
    let catalog = try laid([
      price("trn1.32xlarge", "eu-central-1", .capacityBlock, 9.6),
      price("trn1.32xlarge", "eu-central-1", .commit1YearPartialUpfront, 11),
      price("trn1.32xlarge", "eu-central-1", .savingsPlan3YearNoUpfront, 10),
      price("trn1.32xlarge", "eu-central-1", .spot, 3), price("trn2.48xlarge", "eu-central-1"),
    ]).catalog
    let block = try #require(catalog.offer("aws/trn1.32xlarge/eu-central-1/capacity_block"))
    #expect(block.chipsPerInstance == 16 && block.accelerator == "trn1")
    #expect(block.termRule == .capacityBlock && block.payment == .upfront)
    #expect(block.maxInstances == 64 && block.maxTermHours == 4368 && block.obtainable == .yes)
    let partial = try #require(
      catalog.offer("aws/trn1.32xlarge/eu-central-1/commit_1y_partial_upfront"))
    #expect(partial.termRule == .commitment && partial.payment == .upfront)
    #expect(partial.minTermHours == 8760 && partial.obtainable == .unknown)
    let plan = try #require(
      catalog.offer("aws/trn1.32xlarge/eu-central-1/savings_plan_3y_no_upfront"))
    #expect(plan.payment == .monthly && plan.maxTermHours == 26_280)
    #expect(catalog.offer("aws/trn1.32xlarge/eu-central-1/spot")?.obtainable == .unknown)
    // Known not to be sold on demand elsewhere: a price says that it is sold here, no more.
    let surprise = try #require(catalog.offer("aws/trn2.48xlarge/eu-central-1/on_demand"))
    #expect(surprise.obtainable == .unknown && surprise.reason.isEmpty)
  }

  @Test("an offer made to the reader can be had, whatever was known of it")
  func offered() throws {
    var block = price("u-trn2x64", "us-east-2", .capacityBlock, 150)
    block.isOfferedToReader = true
    let after = try laid([block]).catalog.offer(block.id)
    #expect(after?.obtainable == .yes && after?.reason.isEmpty == true)
  }

  static let mine = """
    id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,\
    source_url,as_of,grade,note
    aws/p5.48xlarge/us-east-1/on_demand,aws,p5.48xlarge,h100-sxm,8,us-east-1,on_demand,50,\
    https://example.com/contract,2025-01-01,A,"ours, ""signed"" on paper"
    aws/p5.48xlarge/us-east-2/on_demand,aws,p5.48xlarge,h100-sxm,8,us-east-2,on_demand,51,\
    https://example.com/x,2026-11-22,C,newer
    aws/p5.48xlarge/us-west-2/on_demand,aws,p5.48xlarge,h100-sxm,8,us-west-2,on_demand,52,\
    https://example.com/x,2026-01-01,C,older

    """

  @Test("own rows and newer ones stay, unless told otherwise; other rows are kept as they are")
  func keeps() throws {
    let prices = [
      price("p5.48xlarge", "us-east-1"), price("p5.48xlarge", "us-east-2"),
      price("p5.48xlarge", "us-west-2"),
    ]
    let (overlay, catalog) = try laid(prices, over: Self.mine)
    #expect(overlay.changes.map(\.outcome) == [.keptOwn, .keptNewer, .changed])
    #expect(
      ["us-east-1", "us-east-2", "us-west-2"]
        .map { catalog.offer("aws/p5.48xlarge/\($0)/on_demand")?.usdPerInstanceHour } == [
          50, 51, 60,
        ])
    #expect(catalog.offers.contains { $0.provenance.note == "ours, \"signed\" on paper" })
    let forced = try laid(prices, over: Self.mine, replacesAll: true)
    #expect(forced.overlay.changes.map(\.outcome) == [.changed, .changed, .changed])
    #expect(forced.catalog.offer("aws/p5.48xlarge/us-east-1/on_demand")?.usdPerInstanceHour == 60)
  }

  @Test("importing twice gives the same file, and says that prices were confirmed")
  func twice() throws {
    let prices = [price(), price("trn1.32xlarge", "eu-north-1", .spot, 3.0004)]
    let first = try laid(prices, over: Self.mine.replacing(",A,", with: ",C,")).overlay
    let second = try laid(prices, over: first.text).overlay
    #expect(second.text == first.text)
    #expect(second.changes.map(\.outcome) == [.confirmed, .confirmed])
    #expect(first.isChanged)
  }

  @Test("the overlay that stands there must be sound before anything is laid into it")
  func bad() {
    #expect(throws: FaultList.self) { try laid([price()], over: "id,colour\nx,red\n") }
    #expect(throws: FaultList.self) { try laid([price()], over: "id\n\"open\n") }
  }
}
