import Catalog
import Testing

@testable import PriceFeeds

/// EC2 offer files with rows that differ from a good one in one cell each.
private enum OfferFile {
  static let header = [
    "SKU", "OfferTermCode", "TermType", "Unit", "PricePerUnit", "Currency", "LeaseContractLength",
    "PurchaseOption", "OfferingClass", "Location Type", "Instance Type", "Instance Family",
    "Tenancy", "Operating System", "usageType", "Pre Installed S/W", "CapacityStatus",
    "MarketOption", "Region Code",
  ]
  static let good = [
    "SKU": "A", "OfferTermCode": "T", "TermType": "OnDemand", "Unit": "Hrs",
    "PricePerUnit": "21.5", "Currency": "USD", "Location Type": "AWS Region",
    "Instance Type": "trn1.32xlarge", "Instance Family": "Machine Learning ASIC Instances",
    "Tenancy": "Shared", "Operating System": "Linux", "usageType": "BoxUsage:trn1.32xlarge",
    "Pre Installed S/W": "NA", "CapacityStatus": "Used", "MarketOption": "OnDemand",
    "Region Code": "us-east-1",
  ]

  /// A file of rows, each the good one with some cells changed.
  static func text(_ rows: [[String: String]]) -> String {
    let lines = rows.map { changes in
      let row = good.merging(changes) { $1 }
      return header.map { row[$0].map { $0.isEmpty ? "" : "\"\($0)\"" } ?? "" }
        .joined(separator: ",")
    }
    let metadata = [
      #""FormatVersion","v1.0""#, #""Publication Date","2026-11-20T10:00:00Z""#,
      #""OfferCode","AmazonEC2""#,
    ]
    return (metadata + [header.map { "\"\($0)\"" }.joined(separator: ",")] + lines)
      .joined(separator: "\n") + "\n"
  }

  static func reserved(
    _ code: String, _ lease: String, _ option: String, _ unit: String, _ price: String
  )
    -> [String: String]
  {
    [
      "TermType": "Reserved", "OfferTermCode": code, "LeaseContractLength": lease,
      "PurchaseOption": option, "OfferingClass": "standard", "Unit": unit, "PricePerUnit": price,
    ]
  }
}

@Suite("Traps of the EC2 offer file")
struct OfferFileTrapTests {
  static let traps: [(cells: [String: String], reason: String)] = [
    (["MarketOption": "CapacityBlock", "PricePerUnit": "0.0000000000"], "CapacityBlock"),
    (["PricePerUnit": "0.0000000000"], "0 USD"), (["Operating System": "Windows"], "Linux"),
    (["Tenancy": "Dedicated"], "tenancy"), (["Pre Installed S/W": "SQL Std"], "software"),
    (["CapacityStatus": "UnusedCapacityReservation", "usageType": "UnusedBox:t"], "capacity"),
    (["CapacityStatus": "AllocatedCapacityReservation"], "capacity"),
    (["usageType": "HostUsage:trn1"], "BoxUsage"), (["Unit": "Quantity"], "hours"),
    (["Currency": "CNY"], "currency"), (["Location Type": "AWS Local Zone"], "Local Zone"),
    (["TermType": "Borrowed"], "term type"), (["Region Code": "Ohio"], "region"),
    (["Instance Type": "m7i.large", "Instance Family": "General purpose"], "other instance types"),
    (["Instance Type": "trn9.1xlarge"], "doesn't know"),
  ]

  @Test("a row that is no list price is passed over and counted", arguments: traps)
  func passedOver(cells: [String: String], reason: String) throws {
    let found = try reading(OfferFile.text([cells, [:]]))
    #expect(found.lines == ["aws/trn1.32xlarge/us-east-1/on_demand 21.5 2026-11-20"])
    #expect(found.passed(reason) == 1, "\(found.passedOver)")
  }

  @Test("fees are spread over the term: hourly + fee / (8,760 x years)")
  func fees() throws {
    let found = try reading(
      OfferFile.text([
        OfferFile.reserved("N", "1yr", "No Upfront", "Hrs", "13"),
        // The fee of trn1.32xlarge's three-year term as of 2026-06-09, and its published hourly cost.
        OfferFile.reserved("A", "3yr", "All Upfront", "Quantity", "187485"),
        OfferFile.reserved("A", "3yr", "All Upfront", "Hrs", "0.0000000000"),
        OfferFile.reserved("P", "1yr", "Partial Upfront", "Hrs", "5"),
        OfferFile.reserved("P", "1yr", "Partial Upfront", "Quantity", "43800"),
      ]))
    #expect(
      found.lines == [
        "aws/trn1.32xlarge/us-east-1/commit_1y_no_upfront 13.0 2026-11-20",
        "aws/trn1.32xlarge/us-east-1/commit_3y_all_upfront 7.134132 2026-11-20",
        "aws/trn1.32xlarge/us-east-1/commit_1y_partial_upfront 10.0 2026-11-20",
      ])
    #expect(found.prices[1].note.contains("fee 187485 USD on day one"))
  }

  @Test("half a reserved term gives no price: neither the fee nor the hours alone are one")
  func halves() throws {
    let found = try reading(
      OfferFile.text([
        OfferFile.reserved("A", "3yr", "All Upfront", "Hrs", "0"),
        OfferFile.reserved("P", "1yr", "Partial Upfront", "Hrs", "5"),
        OfferFile.reserved("Q", "3yr", "Partial Upfront", "Quantity", "5"),
        OfferFile.reserved("N", "1yr", "No Upfront", "Hrs", "0"),
      ]))
    #expect(found.prices.isEmpty)
    #expect(found.passed("without all of its rows") == 4)
  }

  @Test("convertible terms and unknown options are not taken for standard ones")
  func classes() throws {
    var convertible = OfferFile.reserved("C", "3yr", "No Upfront", "Hrs", "9")
    convertible["OfferingClass"] = "convertible"
    let found = try reading(
      OfferFile.text([convertible, OfferFile.reserved("X", "5yr", "Heavy Utilization", "Hrs", "1")])
    )
    #expect(found.prices.isEmpty)
    #expect(found.passed("other than standard") == 1)
    #expect(found.passed("reserved term that is not known") == 1)
  }

  @Test("a row that stands twice counts once; two prices for one offer give none")
  func duplicates() throws {
    let twice = try reading(OfferFile.text([[:], [:]]))
    #expect(twice.prices.count == 1 && twice.passed("copies") == 1)
    let conflict = try reading(OfferFile.text([[:], ["PricePerUnit": "22"]]))
    #expect(conflict.prices.isEmpty && conflict.passed("different prices") == 2)
  }

  @Test("columns may stand in any order, and those that only sharpen may be missing")
  func columns() throws {
    let text = """
      "Region Code","PricePerUnit","SKU","OfferTermCode","TermType","Unit","Currency",\
      "LeaseContractLength","PurchaseOption","Instance Type","Tenancy","Operating System","usageType"
      "us-east-2","1.5","A","T","OnDemand","Hrs","USD",,,"trn1.2xlarge","Shared","Linux","USE2-BoxUsage:x"

      """
    #expect(try reading(text).lines == ["aws/trn1.2xlarge/us-east-2/on_demand 1.5 "])
    let missing = text.replacing("\"Tenancy\"", with: "\"Tenants\"")
    let fault = #expect(throws: Fault.self) { try reading(missing) }
    #expect(fault?.column == "Tenancy")
  }

  @Test("a file of another service, a bad price or a bad date is refused")
  func refused() {
    for text in [
      OfferFile.text([[:]]).replacing("AmazonEC2", with: "AmazonRDS"),
      OfferFile.text([["PricePerUnit": "x"]]), OfferFile.text([["PricePerUnit": "-1"]]),
      OfferFile.text([["PricePerUnit": "nan"]]), OfferFile.text([["PricePerUnit": "0x10"]]),
      OfferFile.text([[:]]).replacing("2026-11-20T", with: "2026-13-20T"),
    ] {
      #expect(throws: Fault.self) { try reading(text) }
    }
  }

  @Test("the JSON twin passes over the same rows, and refuses terms without products")
  func json() throws {
    let text = try Fixtures.text("ec2-json.txt")
    let block = text.replacing(
      "\"marketoption\": \"OnDemand\"", with: "\"marketoption\": \"CapacityBlock\"")
    let found = try reading(block)
    #expect(found.prices.isEmpty && found.passed("CapacityBlock") == 3)
    #expect(throws: Fault.self) { try reading(text.replacing("\"products\"", with: "\"goods\"")) }
    #expect(throws: Fault.self) { try reading(text.replacing("\"terms\"", with: "\"words\"")) }
    let yuan = text.replacing("\"USD\":", with: "\"CNY\":")
    #expect(try reading(yuan).passed("currency") == 3)
  }
}

@Suite("Traps of the other AWS layouts")
struct AWSTrapTests {
  @Test("the lower of a Compute and an EC2 Instance Savings Plan counts, and is named")
  func savingsPlans() throws {
    let lines = try Fixtures.text("savings-plans.txt").split(separator: "\n")
    let compute = lines[1].replacing("EC2InstanceSavingsPlans", with: "ComputeSavingsPlans")
      .replacing(",0.9,", with: ",0.95,")
    let windows = lines[1].replacing(",RunInstances,", with: ",RunInstances:0002,")
    let dedicated = lines[1].replacing("USE2-BoxUsage", with: "USE2-DedicatedUsage")
    let other = lines[1].replacing("EC2InstanceSavingsPlans", with: "DatabaseSavingsPlans")
    let text =
      (lines[0...1] + [
        Substring(compute), Substring(windows), Substring(dedicated), Substring(other),
      ])
      .joined(separator: "\n") + "\n"
    let found = try reading(text)
    #expect(found.lines == ["aws/trn9.96xlarge/us-east-2/savings_plan_1y_no_upfront 0.9 "])
    #expect(found.prices[0].note.contains("EC2 Instance Savings Plan"))
    #expect(found.passed("Linux") == 1 && found.passed("tenancy") == 1)
    #expect(found.passed("savings plan that is not known") == 1)
  }

  @Test("the newest spot price of a zone is in force, and the cheapest zone counts")
  func spot() throws {
    let text = """
      {"SpotPriceHistory": [
      {"AvailabilityZone":"us-east-1a","InstanceType":"trn1.32xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"3","Timestamp":"2026-11-20T00:00:00+00:00"},
      {"AvailabilityZone":"us-east-1a","InstanceType":"trn1.32xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"9","Timestamp":"2026-11-22T00:00:00+00:00"},
      {"AvailabilityZone":"us-east-1b","InstanceType":"trn1.32xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"7","Timestamp":"2026-11-21T00:00:00+00:00"},
      {"AvailabilityZone":"us-east-1b","InstanceType":"trn1.32xlarge","ProductDescription":"Windows","SpotPrice":"1","Timestamp":"2026-11-23T00:00:00+00:00"},
      {"AvailabilityZone":"us-east-1-dfw-2a","InstanceType":"trn1.32xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"8","Timestamp":"2026-11-21T00:00:00+00:00"},
      {"AvailabilityZone":"moon","InstanceType":"trn1.32xlarge","ProductDescription":"Linux/UNIX","SpotPrice":"1","Timestamp":"2026-11-21T00:00:00+00:00"}],
      "NextToken": "abc"}
      """
    let found = try reading(text)
    #expect(
      found.lines == [
        "aws/trn1.32xlarge/us-east-1/spot 7.0 2026-11-21",
        "aws/trn1.32xlarge/us-east-1-dfw-2a/spot 8.0 2026-11-21",
      ])
    #expect(found.prices[0].note == "Zone us-east-1b. Lowest of 2: 7, 9.")
    #expect(found.passed("Linux") == 1 && found.passed("zone that is not known") == 1)
    #expect(found.passed("further pages") == 1)
  }

  @Test(
    "a block's fee is for all its instances over its whole length, and is offered to the reader")
  func blocks() throws {
    let found = try reading(try Fixtures.text("capacity-blocks.txt"))
    #expect(found.prices.allSatisfy { $0.isOfferedToReader })
    #expect(found.prices[0].note.contains("Lowest of 2"))
    let yen = try Fixtures.text("capacity-blocks.txt").replacing("\"USD\"", with: "\"JPY\"")
    #expect(try reading(yen).passed("currency") == 3)
    let free = try Fixtures.text("capacity-blocks.txt").replacing("\"48.000000\"", with: "\"0\"")
    #expect(try reading(free).passed("0 USD") == 1)
    let none = try Fixtures.text("capacity-blocks.txt")
      .replacing("\"InstanceCount\": 2", with: "\"InstanceCount\": 0")
    #expect(try reading(none).passed("without instances") == 2)
  }
}
