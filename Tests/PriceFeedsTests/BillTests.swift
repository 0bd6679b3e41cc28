import Catalog
import Foundation
import Mutations
import Quantities
import Testing

@testable import PriceFeeds

@Suite("Bills")
struct BillTests {
  private static let terms = ["accelerator_rent", "object_storage", "egress"]

  private func bill(
    _ text: String, map: String? = nil, _ change: (inout BillFilter) -> Void = { _ in }
  ) throws -> BillReading {
    var filter = BillFilter()
    change(&filter)
    let rules = try map.map {
      try BillMap(file: "map.csv", bytes: Array($0.utf8), terms: Self.terms)
    }
    return try BillFeed(filter: filter, map: rules, terms: Self.terms)
      .read(ByteSource(name: "bill.csv", bytes: Array(text.utf8), piece: 64))
  }

  private func day(_ iso: String) throws -> CalendarDate { try CalendarDate(parsing: iso) }

  /// The message of the fault that a bill ends with.
  private func fault(_ text: String, map: String? = nil) -> String? {
    do {
      _ = try bill(text, map: map)
      return nil
    } catch let fault as Fault {
      return fault.description
    } catch let faults as FaultList {
      return faults.description
    } catch {
      return "\(error)"
    }
  }

  @Test("FOCUS as AWS exports it: billed cost by the day of the charge")
  func focus() throws {
    let text = try Fixtures.text("focus-actuals.txt")
    let reading = try bill(text)
    #expect(reading.format == .focus)
    #expect(reading.charges == 2)
    let found = try #require(reading.days[day("2024-09-18")]?[""])
    #expect(abs(found - 0.000_000_8) < 1e-15)
    let other = try bill(text) { $0.tags = [("application", "app")] }
    #expect(other.charges == 1)
    #expect(other.leftOut.first?.name == "Amazon Simple Queue Service")
    #expect(other.leftOut.first?.reason == "without the tag")
    #expect(try bill(text) { $0.accounts = ["000000000002"] }.charges == 1)
    #expect(try bill(text) { $0.skus = ["G95FST5"] }.charges == 1)
    #expect(try bill(text) { $0.isEffective = true }.dollars == 0)
  }

  @Test("a map tells the plan's terms; what none of its rows holds is counted and named")
  func map() throws {
    let text = """
      ChargePeriodStart,BilledCost,BillingCurrency,ServiceName,SkuId
      2026-10-01T00:00:00Z,10.5,USD,Amazon EC2,p5.48xlarge
      2026-10-01T00:00:00Z,1.5,USD,Amazon S3,Storage
      2026-10-02T00:00:00Z,7,USD,Support,x

      """
    let map = "column,value,term\nSkuId,P5*,accelerator_rent\nServiceName,*s3*,object_storage\n"
    let reading = try bill(text, map: map)
    let found = try #require(reading.days[day("2026-10-01")])
    #expect(found == ["accelerator_rent": 10.5, "object_storage": 1.5])
    #expect(reading.leftOut.map(\.name) == ["Support"])
    #expect(reading.leftOut.first?.dollars == 7)
    #expect(try bill(text, map: map + ",,egress\n").dollars == 19)
    #expect(try bill(text, map: map + ",,ignore\n").leftOut.first?.reason == "the map ignores it")
    #expect(
      fault(text, map: "column,value,term\nSkuId,p5*,acelerator_rent\n")
        == "map.csv:2: term: “acelerator_rent” is no term of a plan; did you mean accelerator_rent?"
    )
    #expect(
      fault(text, map: "column,value,term\nSkuIds,p5*,egress\n")
        == "bill.csv:1: SkuIds: the map asks for a column that the bill hasn't; did you mean SkuId?"
    )
  }

  @Test("AWS Cost and Usage Reports, 2.0 and the legacy one")
  func cur() throws {
    let new = """
      line_item_usage_start_date,line_item_unblended_cost,line_item_currency_code,line_item_product_code,resource_tags
      2026-10-01T00:00:00.000Z,31.464,USD,AmazonEC2,"{""user_run"":""llama""}"
      2026-10-01T01:00:00.000Z,-1.464,USD,AmazonEC2,"{""user_run"":""other""}"

      """
    #expect(abs(try bill(new).dollars - 30) < 1e-9)
    #expect(try bill(new) { $0.tags = [("run", "llama")] }.dollars == 31.464)
    let old = """
      lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/ProductCode,resourceTags/user:run
      2026-10-01T00:00:00Z,2.5,USD,AmazonEC2,llama

      """
    #expect(try bill(old) { $0.tags = [("run", "llama")] }.dollars == 2.5)
  }

  @Test("Google Cloud's billing export: cost less credits")
  func googleCloud() throws {
    let text = """
      billing_account_id,service.description,sku.description,usage_start_time,project.id,labels,cost,currency,credits
      A,Cloud TPU,Tpu v5p,2026-10-01 07:00:00 UTC,p,"[{""key"": ""run"", ""value"": ""llama""}]",100.0,USD,"[{""name"": ""cud"", ""amount"": -25.5}]"
      A,Cloud Storage,Standard,2026-10-01 07:00:00 UTC,q,[],3,USD,[]

      """
    let reading = try bill(text)
    #expect(reading.format == .gcpBilling)
    #expect(reading.dollars == 77.5)
    #expect(try bill(text) { $0.tags = [("run", "llama")] }.dollars == 74.5)
    #expect(try bill(text) { $0.accounts = ["q"] }.dollars == 3)
  }

  @Test("sacct: hours of accelerators at the price given; steps are within their job")
  func slurm() throws {
    let text = """
      JobID|Account|Partition|JobName|State|Start|ElapsedRaw|AllocTRES
      12|ml|h100|train "a"|COMPLETED|2026-10-01T03:00:00|7200|billing=64,cpu=64,gres/gpu=8,gres/gpu:h100=8
      12.batch|ml|h100|batch|COMPLETED|2026-10-01T03:00:00|7200|cpu=64,gres/gpu=8
      13|ml|h100|later|PENDING|Unknown|0|

      """
    let reading = try bill(text) { $0.dollarsPerChipHour = 2 }
    #expect(reading.dollars == 32)
    #expect(fault(text)?.contains("--usd-per-chip-hour") == true)
  }

  @Test("the product's own forecast has its terms in it")
  func forecast() throws {
    let text = """
      BilledCost,BillingCurrency,ChargePeriodStart,x_CostTerm
      12.00,USD,2026-10-01T00:00:00Z,accelerator_rent

      """
    let reading = try bill(text)
    #expect(reading.hasTerms)
    #expect(reading.days[try day("2026-10-01")] == ["accelerator_rent": 12])
  }

  @Test("another currency, a cut file, a NUL, UTF-16 and Parquet are refused with line and cure")
  func refused() throws {
    let head = "ChargePeriodStart,BilledCost,BillingCurrency\n"
    #expect(fault(head + "2026-10-01,1,EUR\n")?.hasPrefix("bill.csv:2: BillingCurrency: ") == true)
    #expect(fault(head + "2026-10-01,1,USD\n2026-10-02,1,US")?.contains("cut off") == true)
    #expect(fault(head + "2026-10-01,1,U\0D\n")?.hasPrefix("bill.csv:2: holds a NUL") == true)
    #expect(fault(head + "1.10.2026,1,USD\n")?.contains("is no date like") == true)
    #expect(fault(head + "2026-10-01,1.x,USD\n")?.contains("“1.x” is no amount") == true)
    #expect(fault("PAR1xxxx")?.contains("duckdb") == true)
    #expect(fault("week,usd\n")?.contains("is no bill that is known") == true)
    #expect(
      fault("ChargePeriodStart,BildCost\n") == """
        bill.csv:1: BilledCost: the column is missing; is it BildCost?
        """)
    #expect(fault(head)?.contains("holds no charge") == true)
  }

  @Test("numbers are read as they stand")
  func numbers() {
    func read(_ text: String) -> Double? {
      Array(text.utf8).withUnsafeBytes { BillField.number($0) }
    }
    for text in ["0.00000080000", "31.464", "-12.5", "1e-7", "123456789012.123456", "0", "5."] {
      #expect(read(text) == Double(text), "\(text)")
    }
    for text in ["", "-", "1,5", "nan", "0x1", "1.2.3", " 1"] { #expect(read(text) == nil) }
  }

  @Test("20,000 broken bills: no crash, and no sum that isn't of numbers in it")
  func mutated() throws {
    let originals = [try Fixtures.bytes("focus-actuals.txt")]
    var mutator = Mutator(seed: 13)
    for _ in 0..<20_000 {
      let bytes = mutator.mutated(originals[0], others: originals)
      do {
        let reading = try BillFeed().read(ByteSource(name: "bill.csv", bytes: bytes))
        #expect(reading.dollars.isFinite && reading.charges > 0)
      } catch {
        #expect(error is Fault, "\(error)")
      }
    }
  }
}
