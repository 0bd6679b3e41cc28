import Testing

@testable import Catalog

/// An offers file with one good row, and what a test puts after it.
private func offers(_ rows: String..., header: String? = nil) -> (path: String, bytes: [UInt8]) {
  let header =
    header
    ?? "id,provider,instance,accelerator,chips_per_instance,region,purchase,"
    + "usd_per_instance_hour,source_url,as_of,grade"
  let text = ([header] + rows).joined(separator: "\n") + "\n"
  return ("my/offers.csv", Array(text.utf8))
}

private func faults(_ files: (path: String, bytes: [UInt8])...) -> [String] {
  do {
    _ = try Catalog(overlay: files)
    return []
  } catch {
    return error.faults.map(\.description)
  }
}

private let good = "x/a,x,a,trn2,16,here,on_demand,10,https://example.org,2026-01-01,C"

@Suite("Catalogue")
struct CatalogTests {
  @Test("the built-in tables are whole: every table there, every figure with source and grade")
  func builtIn() throws {
    let catalog = try Catalog()
    #expect(
      catalog.files.map(\.path).sorted() == Catalog.tableNames.map { "built-in/\($0)" }.sorted())
    #expect(catalog.accelerators.count >= 25)
    #expect(catalog.offers.count >= 330)
    #expect(catalog.quotes.count >= 15)
    #expect(catalog.ownership.count >= 100)
    #expect(catalog.claims.count >= 40)
    for kind in AcceleratorKind.allCases {
      let ids = Set(catalog.accelerators.filter { $0.kind == kind }.map(\.id))
      #expect(catalog.offers.contains { ids.contains($0.accelerator) && $0.usdPerChipHour != nil })
    }
    #expect(catalog.offers.allSatisfy { $0.usdPerInstanceHour != nil || !$0.reason.isEmpty })
    #expect(
      catalog.accelerators.allSatisfy {
        $0.availability == .available || !$0.availabilityReason.isEmpty
      })
  }

  @Test("every accelerator the published runs name is in the table")
  func ids() throws {
    let catalog = try Catalog()
    let named =
      """
      trn1 trn2 trn3 tpu-v3 tpu-v4 tpu-v5e tpu-v5p tpu-v6e tpu-v7x a100-40g a100-80g h100-sxm \
      h800-sxm h200-sxm b200 gb200 b300 gb300 mi250x mi300x mi325x mi355x gh200 v100-32g
      """
    for id in named.split(separator: " ") {
      #expect(catalog.accelerator(String(id)) != nil, "\(id)")
    }
  }

  @Test("a user's row with the same key replaces, with a new key adds, and both are counted")
  func overlay() throws {
    let builtIn = try Catalog()
    let first = try #require(builtIn.offers.first)
    let replacement = "\(first.id),aws,i,\(first.accelerator),1,r,spot,7.5,https://q.org,2026-02,A"
    let catalog = try Catalog(overlay: [offers(good, replacement)])
    #expect(catalog.offers.count == builtIn.offers.count + 1)
    #expect(catalog.offers.first { $0.id == first.id }?.usdPerInstanceHour == 7.5)
    #expect(catalog.overlayFiles.map(\.replaced) == [1])
    #expect(catalog.overlayFiles.map(\.added) == [1])
  }

  @Test("an unknown price stays unknown and never becomes 0")
  func unknown() throws {
    let row = "x/a,x,a,trn2,16,here,on_demand,,https://example.org,2026-01-01,C"
    let catalog = try Catalog(overlay: [offers(row)])
    let offer = try #require(catalog.offers.first { $0.id == "x/a" })
    #expect(offer.usdPerInstanceHour == nil)
    #expect(offer.usdPerChipHour == nil)
  }

  @Test("line ends of Windows and a byte-order mark are accepted")
  func windows() throws {
    let file = offers(good)
    let text = "\u{FEFF}" + String(decoding: file.bytes, as: UTF8.self)
    let bytes = Array(text.utf8).flatMap { $0 == 10 ? [13, 10] : [$0] }
    #expect(try Catalog(overlay: [(file.path, bytes)]).overlayFiles.first?.added == 1)
  }

  static let bad: [(row: String, fault: String)] = [
    (
      "x/b,x,b,trn2,16,here,on_demand,n/a,https://e.org,2026-01-01,C",
      "my/offers.csv:3: usd_per_instance_hour: “n/a” is not a number"
    ),
    (
      "x/b,x,b,trn2,16,here,on_demand,NaN,https://e.org,2026-01-01,C",
      "my/offers.csv:3: usd_per_instance_hour: “NaN” is not a number"
    ),
    (
      "x/b,x,b,trn2,16,here,on_demand,-1,https://e.org,2026-01-01,C",
      "my/offers.csv:3: usd_per_instance_hour: -1 is outside 0 to 1e7 USD"
    ),
    (
      "x/b,x,b,trn2,16,here,on_demand,0,https://e.org,2026-01-01,C",
      "my/offers.csv:3: usd_per_instance_hour: 0 is no price; leave it empty if unknown"
    ),
    (
      "x/b,x,b,trn22,16,here,on_demand,1,https://e.org,2026-01-01,C",
      "my/offers.csv:3: accelerator: “trn22” is not in accelerators.csv; did you mean trn2?"
    ),
    (
      "x/a,x,b,trn2,16,here,on_demand,1,https://e.org,2026-01-01,C",
      "my/offers.csv:3: id: “x/a” stands on line 2 too"
    ),
    (
      "x/b,x,b,trn2,16.5,here,on_demand,1,https://e.org,2026-01-01,C",
      "my/offers.csv:3: chips_per_instance: “16.5” is not a whole number"
    ),
    (
      "x/b,x,b,trn2,16,here,on_demand,1,,2026-01-01,C",
      "my/offers.csv:3: source_url: is empty; a value is expected"
    ),
    (
      "x/b,x,b,trn2,16,here,on_demand,1,https://e.org,yesterday,C",
      "my/offers.csv:3: as_of: “yesterday” is not a date (2026-11-23, 2026-11 or 2026)"
    ),
    (
      "x/b,x,b,trn2,16,here,on_demand,1,https://e.org,2026-01-01,E",
      "my/offers.csv:3: grade: “E” is not one of A, B, C, D"
    ),
    ("x/b,x,b,trn2", "my/offers.csv:3: the line has 4 fields; the header has 11"),
    (
      "x/b,\u{1B}[31mx,b,trn2,16,here,on_demand,1,https://e.org,2026-01-01,C",
      "my/offers.csv:3: provider: holds a control character or bytes that are not UTF-8; "
        + "plain text is expected"
    ),
  ]

  @Test("a bad cell is named with file, line, column and what is expected", arguments: bad)
  func badCells(row: String, fault: String) {
    #expect(faults(offers(good, row)).contains(fault))
  }

  @Test("every fault of every file is reported at once")
  func allFaults() {
    let first = offers(
      "x/b,x,b,trn2,0,here,ondemand,1,https://e.org,2026-01-01,C",
      "x/c,x,c,nochip,1,here,spot,-2,https://e.org,2026-01-01,C")
    let second = ("my/claims.csv", Array("id,claimant\n".utf8))
    let found = faults(first, second)
    #expect(found.count >= 6)
    #expect(found.contains { $0.hasPrefix("my/offers.csv:2: chips_per_instance") })
    #expect(
      found.contains { $0.hasPrefix("my/offers.csv:2: purchase") && $0.contains("on_demand") })
    #expect(found.contains { $0.hasPrefix("my/offers.csv:3: accelerator") })
    #expect(found.contains("my/claims.csv:1: subject: the column is missing"))
  }

  @Test("a missing, doubled or misspelt column is named")
  func columns() {
    let header =
      "id,provider,instance,accelerator,chips_per_instance,region,purchase,"
      + "usd_per_instance_hour,source_url,as_off,grade,grade"
    let found = faults(offers(header: header))
    #expect(found.contains("my/offers.csv:1: as_off: no such column is known; did you mean as_of?"))
    #expect(found.contains("my/offers.csv:1: grade: the column stands twice"))
  }

  @Test("a misspelt table is named with the table that was meant")
  func tables() {
    #expect(
      faults(("my/offer.csv", [])) == [
        "my/offer.csv: is no table of the catalogue (accelerators.csv, offers.csv, quotes.csv, "
          + "ownership.csv, services.csv, claims.csv, measured.csv, obtainability.csv, "
          + "discounts.csv, judgement.csv); did you mean offers.csv?"
      ])
  }

  @Test("a folder that isn't there, or holds no table, is a missing file")
  func folders() {
    #expect(throws: MissingFile.self) { try Catalog.load(overlay: "/no/such/folder") }
    #expect(throws: MissingFile.self) { try Catalog.load(overlay: "/dev/null") }
  }

  @Test("random bytes never trap the reader", arguments: 0..<200)
  func noise(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    var bytes = offers(good, good).bytes
    for _ in 0..<40 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 25)
    }
    var records = KeyedRecords<Offer>()
    var faults: [Fault] = []
    let (replaced, added) = records.read(
      path: "my/offers.csv", bytes: bytes, names: [:], faults: &faults)
    #expect(replaced == 0 && added == records.records.count)
    #expect(added == 2 || !faults.isEmpty || records.records.contains { $0.id != "x/a" })
  }
}
