import Quantities
import Testing

@testable import Catalog

private let header =
  "id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,"
  + "source_url,as_of,grade"

private func overlay(_ name: String, _ lines: String...) throws(FaultList) -> Catalog {
  let text = lines.joined(separator: "\n") + "\n"
  return try Catalog(overlay: [("my/\(name)", Array(text.utf8))])
}

private func faults(_ name: String, _ lines: String...) -> [String] {
  do {
    _ = try Catalog(overlay: [("my/\(name)", Array((lines.joined(separator: "\n") + "\n").utf8))])
    return []
  } catch {
    return error.faults.map(\.description)
  }
}

@Suite("Bounds of tables")
struct TableBoundsTests {
  @Test("no built-in row is implausible, or the bounds would say nothing of others")
  func builtIn() throws {
    func doubts<Record: CatalogTable>(_: Record.Type) -> [String] {
      var records = KeyedRecords<Record>()
      var faults: [Fault] = []
      let text = EmbeddedTables.files.first { $0.name == Record.fileName }?.text ?? ""
      _ = records.read(path: "p", bytes: Array(text.utf8), names: [:], faults: &faults)
      return (faults + records.doubts.map(\.fault)).map(\.description)
    }
    #expect(doubts(Accelerator.self).isEmpty)
    #expect(doubts(Offer.self).isEmpty)
    #expect(doubts(ServerQuote.self).isEmpty)
    #expect(doubts(OwnershipParameter.self).isEmpty)
    #expect(doubts(ServicePrice.self).isEmpty)
    #expect(doubts(Claim.self).isEmpty)
  }

  @Test("every unit of the built-in tables has bounds of its own")
  func units() throws {
    let catalog = try Catalog()
    for unit in Set(catalog.ownership.map(\.unit) + catalog.services.map(\.unit)) {
      #expect(UnitBounds.of(unit: unit) != UnitBounds.unknown || unit == "unit", "\(unit)")
    }
  }

  @Test("a fraction in per cent is refused with what to write")
  func percent() {
    #expect(
      faults(
        "claims.csv", "id,claimant,subject,metric,typical,source_url,grade",
        "mine,me,it,mfu_fraction,42.9,https://e.org,A")
        == ["my/claims.csv:2: typical: 42.9 is outside 0.001 to 1; in per cent? write 0.429"])
  }

  @Test("a rate of matrices above the peak is refused")
  func peak() {
    let found = faults(
      "accelerators.csv",
      "id,kind,name,generation,bf16_tflops,measured_bf16_tflops,source_url,grade",
      "mine,gpu,Mine,hopper,989,1979,https://e.org,A")
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("my/accelerators.csv:2: measured_bf16_tflops: 1979 is above the peak")
        == true)
  }

  @Test("an implausible value is taken and named with its place")
  func implausible() throws {
    let catalog = try overlay(
      "ownership.csv", "id,parameter,scope,unit,typical,source_url,grade",
      "electricity_price/us-texas,electricity_price,us-texas,usd_per_kwh,6.5,https://e.org,A")
    #expect(
      catalog.doubts.map(\.fault.description) == [
        "my/ownership.csv:2: typical: 6.5 is implausible: 0.005 to 0.8 USD per kWh is expected; "
          + "in cents? write 0.065"
      ])
    #expect(catalog.doubts.map(\.id) == ["electricity_price/us-texas"])
  }
}

@Suite("Prices set beside others")
struct PriceDoubtTests {
  private func doubts(_ row: String) throws -> [String] {
    try overlay("offers.csv", header, row).doubts.map(\.fault.description)
  }

  @Test("a price typed 100 times too low is set beside the built-in one")
  func typo() throws {
    let found = try doubts(
      "gcp/v5p-slice/us-east5/commit_1y,gcp,v5p-slice,tpu-v5p,1,us-east5,commit_1y,0.0294,"
        + "https://e.org,2026-11-01,A")
    #expect(found.contains { $0.contains("times below the built-in") })
    #expect(found.allSatisfy { $0.hasPrefix("my/offers.csv:2: usd_per_instance_hour: 0.0294 ") })
  }

  @Test("a discount that can be had is no matter for doubt")
  func discount() throws {
    let listed = try #require(
      try Catalog().offers.first { $0.id == "gcp/v5p-slice/us-east5/commit_1y" })
    let price = try #require(listed.usdPerInstanceHour) * 0.7
    #expect(
      try doubts(
        "\(listed.id),gcp,v5p-slice,tpu-v5p,\(listed.chipsPerInstance),us-east5,commit_1y,\(price),"
          + "https://e.org,2026-11-01,A"
      ).isEmpty)
  }

  @Test("a seller's price far from what the chip costs elsewhere is named, a usual one isn't")
  func seller() throws {
    func row(_ price: String) -> String {
      "me/box/here/on_demand,me,box,h100-sxm,8,here,on_demand,\(price),https://e.org,2026-11-01,A"
    }
    #expect(try doubts(row("20")).isEmpty)
    let found = try doubts(row("2"))
    #expect(found.count == 1)
    #expect(found.first?.contains("is 0.25 a chip") == true)
  }

  @Test("chips of an instance other than the built-in row's are named")
  func chips() throws {
    let listed = try #require(try Catalog().offers.first { $0.chipsPerInstance == 16 })
    let price = try #require(listed.usdPerInstanceHour)
    let found = try doubts(
      "\(listed.id),\(listed.provider),\(listed.instance),\(listed.accelerator),2,"
        + "\(listed.region),\(listed.purchase.rawValue),\(price),https://e.org,2026-11-01,A")
    #expect(
      found.contains(
        "my/offers.csv:2: chips_per_instance: 2 where the built-in row of the same offer has 16"))
  }

  @Test("a server's price typed ten times too low is named")
  func server() throws {
    let quote = try #require(try Catalog().quotes.first { ($0.capex.central ?? 0) > 100_000 })
    let tenth = (quote.capex.central ?? 0) / 10
    let catalog = try overlay(
      "quotes.csv", "id,accelerator,chips,name,capex_usd_typical,source_url,grade",
      "\(quote.id),\(quote.accelerator),\(quote.chips),It,\(tenth),https://e.org,A")
    #expect(
      catalog.doubts.contains { $0.fault.message.contains("10 times below the built-in") })
  }
}

@Suite("Names in a user's own tables")
struct TableNameTests {
  private let rest = "2.10,https://e.org,2026-11-01,A"

  @Test(
    "a name is the built-in one however it is written",
    arguments: [
      "gcp/v5p-slice/us-east5/commit_1y,GCP,v5p-slice,tpu-v5p,1,us-east5,commit_1y",
      "gcp/v5p-slice/us-east5/commit_1y,gcp,v5p-slice,tpu-v5p,1,us-east5 ,commit_1y",
      "gcp/v5p-slice/us-east5/commit_1y ,gcp,v5p-slice,tpu-v5p,1,us-east5,commit_1y",
      "GCP/V5P-slice/us-east5/commit_1y,\u{A0}gcp,V5P-Slice,TPU-v5p,1,US-EAST5,Commit_1y",
    ])
  func spelling(cells: String) throws {
    let catalog = try overlay("offers.csv", header, "\(cells),\(rest)")
    let id = "gcp/v5p-slice/us-east5/commit_1y"
    let found = catalog.offers.filter { $0.id.lowercased().hasPrefix(id) }
    #expect(catalog.overlayFiles.map(\.replaced) == [1])
    #expect(catalog.overlayFiles.map(\.added) == [0])
    #expect(found.map(\.id) == [id])
    #expect(found.map(\.provider) == ["gcp"])
    #expect(found.map(\.region) == ["us-east5"])
    #expect(found.map(\.instance) == ["v5p-slice"])
    #expect(found.map(\.accelerator) == ["tpu-v5p"])
  }

  @Test("two rows of one key in other letters are refused")
  func twice() {
    #expect(
      faults(
        "offers.csv", header, "x/a,x,a,trn2,16,here,on_demand,30,https://e.org,2026-01-01,C",
        "X/A ,x,a,trn2,16,here,on_demand,30,https://e.org,2026-01-01,C")
        == ["my/offers.csv:3: id: “X/A” stands on line 2 too"])
  }

  @Test(
    "a provider one slip from a known one is refused, so that no rule is got past",
    arguments: ["gcpp", "gpc", "awz"])
  func provider(name: String) {
    let meant = name == "awz" ? "aws" : "gcp"
    #expect(
      faults(
        "offers.csv", header,
        "x/a,\(name),a,trn2,16,here,on_demand,30,https://e.org,2026-01-01,C")
        == [
          "my/offers.csv:2: provider: “\(name)” is not known; did you mean \(meant)? "
            + "A new one needs a name that is not so close to it"
        ])
  }

  @Test("a region near a known one may be new, and is named as one that no rule reaches")
  func region() throws {
    let catalog = try overlay(
      "offers.csv", header,
      "x/a,aws,a,trn2,16,us-est-1,on_demand,30,https://e.org,2026-01-01,C")
    #expect(
      catalog.doubts.map(\.fault.description).contains(
        "my/offers.csv:2: region: “us-est-1” is not known; did you mean us-east-1? "
          + "Rules on us-east-1 don't reach it"))
  }
}
