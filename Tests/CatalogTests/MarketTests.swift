import Testing

@testable import Catalog

private let header =
  "id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,"
  + "source_url,as_of,grade"

/// Sizes on both sides of every bound of the tables.
private func sizes(_ bounds: [Int?]) -> [Int] {
  Set([1, 100_000] + bounds.compactMap(\.self).flatMap { [max(1, $0 - 1), $0, $0 + 1] }).sorted()
}

@Suite("What can be had, for how much")
struct MarketTests {
  /// Everything the catalogue sells: the offers, and the servers.
  static func sold(_ catalog: Catalog) -> Set<[String]> {
    Set(
      catalog.offers.map { [$0.provider, $0.purchase.rawValue, $0.accelerator] }
        + catalog.quotes.map { [Catalog.ownProvider, Purchase.own.rawValue, $0.accelerator] })
  }

  @Test("every offer and every server finds exactly one row of obtainability, at every size")
  func channels() throws {
    let catalog = try Catalog()
    let grid = sizes(catalog.channels.flatMap { [$0.chipsLeast, $0.chipsMost] })
    for sale in Self.sold(catalog) {
      let purchase = try #require(Purchase(rawValue: sale[1]))
      for chips in grid {
        let rows = catalog.channels.filter {
          !$0.providers.isEmpty && $0.fits(sale[0], purchase, sale[2]) && $0.covers(chips: chips)
        }
        #expect(rows.count == 1, "\(sale) of \(chips): \(rows.map(\.id))")
        let found = catalog.obtainability(
          provider: sale[0], purchase: purchase, accelerator: sale[2], chips: chips)
        #expect(found == rows.first)
      }
    }
  }

  @Test("every offer and every server finds exactly one row of discounts, at every size and sum")
  func discounts() throws {
    let catalog = try Catalog()
    let grid = sizes(catalog.discounts.flatMap { [$0.chipsLeast, $0.chipsMost] })
    let sums = [0, 4.999e6, 5e6, 9.999e6, 10e6, 14.999e6, 15e6, 1e9]
    for sale in Self.sold(catalog) {
      let purchase = try #require(Purchase(rawValue: sale[1]))
      for chips in grid {
        for dollars in sums {
          let rows = catalog.discounts.filter {
            !$0.providers.isEmpty && $0.fits(sale[0], purchase, sale[2])
              && $0.covers(chips: chips, dollars: dollars)
          }
          #expect(rows.count == 1, "\(sale) of \(chips) for \(dollars): \(rows.map(\.id))")
        }
      }
    }
  }

  @Test("every row has a chance with its range, a wait in order, a source and a date")
  func wholeRows() throws {
    for row in try Catalog().channels {
      #expect(row.chance.low != nil && row.chance.typical != nil && row.chance.high != nil)
      let (median, late) = (try #require(row.waitMedianDays), try #require(row.waitP90Days))
      #expect(0 <= median && median <= late && late <= 1000, "\(row.id)")
      #expect(!row.provenance.source.isEmpty && !row.provenance.asOf.isEmpty, "\(row.id)")
    }
  }

  @Test("on demand is a contract within the default quota and a request beyond it")
  func onDemand() throws {
    let catalog = try Catalog()
    let rows = catalog.channels.filter { $0.purchases == [.onDemand] }
    #expect(rows.contains { $0.capacityClass == .contract })
    for row in rows {
      let quota = row.defaultQuotaChips ?? 0
      #expect((row.capacityClass == .contract) == (row.chipsMost ?? .max <= quota), "\(row.id)")
    }
  }

  @Test(
    "queues and spot are requests; blocks, reservations, commitments and purchases are contracts")
  func classes() throws {
    let catalog = try Catalog()
    func of(_ provider: String, _ purchase: Purchase, _ chip: String, _ chips: Int)
      -> CapacityClass?
    {
      catalog.obtainability(
        provider: provider, purchase: purchase, accelerator: chip, chips: chips)?.capacityClass
    }
    #expect(of("gcp", .flexStart, "tpu-v6e", 4096) == .request)
    #expect(of("aws", .spot, "trn1", 16) == .request)
    #expect(of("aws", .onDemand, "h100-sxm", 8) == .request)
    #expect(of("gcp", .commit1Year, "tpu-v5p", 1024) == .contract)
    #expect(of("aws", .capacityBlock, "trn2", 1024) == .contract)
    #expect(of("nebius", .contract6Months, "b300", 512) == .contract)
    #expect(of("own", .own, "b300", 512) == .contract)
  }

  /// The documented limits: 64 instances a block and 256 in all, 182 days (Amazon EC2 user guide,
  /// Capacity Blocks); flex-start 7 days and calendar mode 90 (Cloud TPU documentation).
  @Test("limits of blocks, of flex-start and of calendar mode are the documented ones")
  func limits() throws {
    let catalog = try Catalog()
    let block = try #require(
      catalog.obtainability(
        provider: "aws", purchase: .capacityBlock, accelerator: "trn2", chips: 64))
    #expect(block.mostChipsAtOnce == 256 * 16)
    #expect(block.longestTermDays == 182 && block.refundShare == 0 && block.isCancellable == false)
    let flex = try #require(
      catalog.obtainability(
        provider: "gcp", purchase: .flexStart, accelerator: "tpu-v6e", chips: 64))
    #expect(flex.longestTermDays == 7 && flex.endOfTerm == .stop && flex.defaultQuotaChips == 64)
    let calendar = try #require(
      catalog.obtainability(
        provider: "gcp", purchase: .calendar, accelerator: "tpu-v6e", chips: 64))
    #expect(calendar.longestTermDays == 90)
  }

  @Test("a larger request of the same channel is never likelier to be granted, nor sooner")
  func larger() throws {
    let catalog = try Catalog()
    let grid = sizes(catalog.channels.flatMap { [$0.chipsLeast, $0.chipsMost] })
    for sale in Self.sold(catalog) {
      let purchase = try #require(Purchase(rawValue: sale[1]))
      let rows = grid.compactMap {
        catalog.obtainability(
          provider: sale[0], purchase: purchase, accelerator: sale[2], chips: $0)
      }
      for (small, large) in zip(rows, rows.dropFirst()) {
        #expect(
          small.chance.typical ?? 0 >= large.chance.typical ?? 0, "\(small.id) \(large.id)")
        #expect(small.waitP90Days ?? 0 <= large.waitP90Days ?? 0, "\(small.id) \(large.id)")
      }
    }
  }

  @Test("chips share the shortage of their maker")
  func groups() throws {
    let catalog = try Catalog()
    func group(_ provider: String, _ purchase: Purchase, _ chip: String) throws -> String {
      let row = try #require(
        catalog.obtainability(
          provider: provider, purchase: purchase, accelerator: chip, chips: 64))
      return catalog.correlationGroup(of: row, accelerator: chip)
    }
    #expect(try group("aws", .capacityBlock, "b300") == group("nebius", .contract6Months, "b200"))
    #expect(try group("aws", .capacityBlock, "trn2") != group("gcp", .calendar, "tpu-v6e"))
    #expect(try group("vultr", .contract3Years, "mi355x") == "AMD")
  }

  @Test("a seller that no row names is had as any other, and a user's own row goes before all")
  func unknownSeller() throws {
    let text =
      "id,providers,purchases,accelerators,class,chance_low,chance_typical,chance_high,source_url,"
      + "grade\nmine,gcp,flex_start,tpu-v6e,request,0.9,0.95,0.99,our account,A\n"
    let catalog = try Catalog(overlay: [("my/obtainability.csv", Array(text.utf8))])
    func found(_ provider: String, _ purchase: Purchase) -> String? {
      catalog.obtainability(
        provider: provider, purchase: purchase, accelerator: "tpu-v6e", chips: 4096)?.id
    }
    #expect(found("gcp", .flexStart) == "mine")
    #expect(found("acme", .commit1Year) == "other/contracts")
    #expect(found("acme", .spot) == "other/queues")
  }

  @Test("a discount is taken off the list; the largest makes the lowest price")
  func expectedPrice() throws {
    let catalog = try Catalog()
    let offer = try #require(
      catalog.offers.first {
        $0.provider == "gcp" && $0.purchase == .commit1Year && $0.accelerator == "tpu-v7x"
      })
    let price = catalog.expectedPrice(of: offer, chips: 512, dollars: 20e6)
    let list = try #require(price.list)
    #expect(price.expected == Interval(low: list * 0.5, typical: list * 0.75, high: list * 0.9))
    let small = catalog.expectedPrice(of: offer, chips: 64, dollars: 1e6)
    #expect(small.expected.typical == list * 0.9)
  }

  @Test("a contract of a large cluster is expected at its price, not at a node's list")
  func contractPrice() throws {
    let catalog = try Catalog()
    let offer = try #require(
      catalog.offers.first { $0.id == "gcore/h100-8gpu/any/contract_1y" })
    #expect(offer.usdPerChipHour == 2.04)
    let cluster = catalog.expectedPrice(of: offer, chips: 1024, dollars: 18e6)
    #expect(cluster.expected == Interval(low: 2.4, typical: 2.95, high: 3.6))
    let node = catalog.expectedPrice(of: offer, chips: 64, dollars: 1e6)
    #expect(node.expected.typical == 2.04)
  }

  @Test("each route has a list price and an expected price with a range")
  func everyRoute() throws {
    let catalog = try Catalog()
    for kind in AcceleratorKind.allCases {
      let ids = Set(catalog.accelerators.filter { $0.kind == kind }.map(\.id))
      #expect(
        catalog.offers.contains { offer in
          guard ids.contains(offer.accelerator) else { return false }
          let price = catalog.expectedPrice(of: offer, chips: 512, dollars: 12e6)
          guard price.list != nil, let low = price.expected.low, let high = price.expected.high
          else { return false }
          return low < high && price.record != nil
        })
    }
    let server = try #require(catalog.quotes.first { $0.id == "hgx-h200-8gpu" })
    let price = catalog.expectedPrice(of: server, chips: 512, dollars: 20e6)
    #expect(price.list == server.capex.typical && price.record?.id == "servers")
  }

  @Test("a quote's terms are read, and the quote stands as it is")
  func terms() throws {
    let text =
      header + ",prepayment_share,take_or_pay_share,refund_share,chips_least,chips_most,start_date,"
      + "list_discount_share,in_hand\n"
      + "acme/b300/here/contract_1y,acme,b300,b300,8,here,contract_1y,48,our quote,2026-11-20,A,"
      + "0.25,0.8,0.1,512,1024,2027-02-01,0.1,yes\n"
    let catalog = try Catalog(overlay: [("my/offers.csv", Array(text.utf8))])
    let offer = try #require(catalog.offers.last)
    #expect(
      offer.terms.cells == ["0.25", "0.8", "0.1", "512", "1024", "2027-02-01", "0.1", "yes"])
    #expect(offer.terms.allows(chips: 512) && !offer.terms.allows(chips: 511))
    #expect(!offer.terms.allows(chips: 1025))
    let price = catalog.expectedPrice(of: offer, chips: 512, dollars: 20e6)
    #expect(price.list == 6 && abs((price.expected.typical ?? 0) - 5.4) < 1e-12)
    #expect(price.record == nil)
  }

  static let bad: [(cells: String, fault: String)] = [
    ("1.5,,,,,,,", "my/offers.csv:2: prepayment_share: 1.5 is outside 0 to 1"),
    (",,,64,8,,,", "my/offers.csv:2: chips_most: is less than chips_least"),
    (",,,,,2027-02,,", "my/offers.csv:2: start_date: “2027-02” is not a day (2027-02-01)"),
    (
      ",,,,,,,maybe", "my/offers.csv:2: in_hand: “maybe” is not one of yes, no"
    ),
  ]

  @Test("bad terms of a quote are named", arguments: bad)
  func badTerms(cells: String, fault: String) {
    let text =
      header + ",prepayment_share,take_or_pay_share,refund_share,chips_least,chips_most,start_date,"
      + "list_discount_share,in_hand\na/b,a,b,b300,8,here,contract_1y,48,q,2026-11-20,C,\(cells)\n"
    do {
      _ = try Catalog(overlay: [("my/offers.csv", Array(text.utf8))])
      Issue.record("no fault was found")
    } catch {
      #expect(error.faults.map(\.description).contains(fault))
    }
  }

  @Test("rows of the built-in catalogue are in nobody's hand")
  func builtInTerms() throws {
    let catalog = try Catalog()
    #expect(catalog.offers.allSatisfy { !$0.terms.isInHand && $0.terms.listDiscountShare == nil })
    #expect(catalog.quotes.allSatisfy { $0.terms == .unsaid })
  }

  @Test("an accelerator that is to come is announced, and no offer of it can be had")
  func toCome() throws {
    let catalog = try Catalog()
    for id in ["trn4", "tpu-8t", "tpu-8i", "vr200", "mi400"] {
      let chip = try #require(catalog.accelerator(id))
      #expect(chip.availability == .announced && !chip.availabilityReason.isEmpty, "\(id)")
    }
    let early = Set(catalog.accelerators.filter { $0.availability == .announced }.map(\.id))
    for offer in catalog.offers
    where early.contains(offer.accelerator) || offer.accelerator == "trn3" {
      #expect(offer.obtainable == .no && offer.usdPerInstanceHour == nil, "\(offer.id)")
    }
    // jax 0.12.0, jax/_src/tpu_info.py.
    let (new, old) = (
      try #require(catalog.accelerator("tpu-8t")), try #require(catalog.accelerator("tpu-v7x"))
    )
    #expect(abs((new.bf16Teraflops ?? 0) / (old.bf16Teraflops ?? 1) - 0.43) < 0.005)
    #expect(abs((new.fp8Teraflops ?? 0) / (old.fp8Teraflops ?? 1) - 1.30) < 0.005)
  }
}
