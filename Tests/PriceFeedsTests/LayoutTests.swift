import Catalog
import Testing

@testable import PriceFeeds

@Suite("Layouts of price files")
struct LayoutTests {
  struct Sample: CustomTestStringConvertible {
    var format: FeedFormat
    var expected: [String]
    var testDescription: String { format.rawValue }
  }

  static let samples = [
    Sample(
      format: .ec2CSV,
      expected: [
        "aws/trn9.96xlarge/us-east-2/on_demand 1.23 2099-01-01",
        "aws/trn9.96xlarge/us-east-2/commit_3y_partial_upfront 0.9 2099-01-01",
      ]),
    Sample(
      format: .ec2JSON,
      expected: [
        "aws/trn9.96xlarge/us-east-2/on_demand 1.23 2099-01-01",
        "aws/trn9.96xlarge/us-east-2/commit_3y_partial_upfront 0.9 2099-01-01",
      ]),
    Sample(
      format: .savingsPlans,
      expected: [
        "aws/trn9.96xlarge/us-east-2/savings_plan_1y_no_upfront 0.9 ",
        "aws/trn9.96xlarge/us-east-2/savings_plan_1y_all_upfront 0.8 ",
        "aws/trn9.96xlarge/us-east-2/savings_plan_3y_all_upfront 0.5 ",
      ]),
    Sample(
      format: .spotHistory, expected: ["aws/trn9.96xlarge/us-east-2/spot 0.1111 2099-01-01"]),
    Sample(
      format: .capacityBlocks,
      expected: [
        // 61 / (2 x 30.5833) in us-east-2b is less than 48 / (2 x 24) in us-east-2a.
        "aws/trn9.96xlarge/us-east-2/capacity_block 0.997275 ",
        // One UltraServer of four instances: 672 / 168.
        "aws/u-trn9x64/us-east-2/capacity_block 4.0 ",
      ]),
    Sample(
      format: .gcpSKUs,
      expected: [
        "gcp/v6e-slice/us-example1/on_demand 9.87 ", "gcp/v6e-slice/us-example1/spot 4.321 ",
        "gcp/v6e-slice/us-example1/flex_start 5.0 ",
      ]),
    Sample(
      format: .skyPilotGCP,
      expected: [
        "gcp/v6e-slice/us-example1/on_demand 10.0 ", "gcp/v6e-slice/us-example1/spot 4.1625 ",
        "gcp/v5p-slice/us-example1/on_demand 6.9375 ",
      ]),
    Sample(
      format: .skyPilotAWS,
      expected: [
        "aws/trn9.96xlarge/us-east-2/on_demand 1.23 ", "aws/trn9.96xlarge/us-east-2/spot 0.1111 ",
      ]),
  ]

  @Test("each layout is recognised and gives its rows", arguments: samples)
  func rows(sample: Sample) throws {
    let found = try reading(try Fixtures.text("\(sample.format.rawValue).txt"))
    #expect(found.format == sample.format)
    #expect(found.lines == sample.expected)
    #expect(found.passedOver.allSatisfy { $0.weight != .unrecognised }, "\(found.passedOver)")
  }

  @Test("rows are the same whatever the size of the pieces, with CRLF and a byte-order mark")
  func pieces() throws {
    for sample in Self.samples {
      let text = try Fixtures.text("\(sample.format.rawValue).txt")
      for piece in [1, 2, 3, 7, 64, 1000] {
        #expect(try reading(text, format: sample.format, piece: piece).lines == sample.expected)
      }
      let windows = "\u{FEFF}" + text.split(separator: "\n").map { $0 + "\r\n" }.joined()
      if !text.hasPrefix("{") {
        #expect(try reading(windows, piece: 5).lines == sample.expected)
      }
    }
  }

  @Test("a date from outside fills in where the file names none, and only there")
  func dates() throws {
    let settings = FeedSettings(asOf: "2026-11-23", source: "https://example.com/copy")
    let spot = try reading(try Fixtures.text("spot-history.txt"), settings: settings)
    #expect(spot.prices.map(\.asOf) == ["2099-01-01"])
    let blocks = try reading(try Fixtures.text("capacity-blocks.txt"), settings: settings)
    #expect(Set(blocks.prices.map(\.asOf)) == ["2026-11-23"])
    #expect(Set(blocks.prices.map(\.source)) == ["https://example.com/copy"])
  }

  @Test("prices carry the address they can be read at again")
  func sources() throws {
    let list = try reading(try Fixtures.text("ec2-csv.txt")).prices[0]
    #expect(
      list.source
        == "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/20990101000000"
        + "/us-east-2/index.csv")
    #expect(list.grade == .c)
  }

  @Test("what is no price file is refused with what to do")
  func strangers() {
    let cases: [([UInt8], String)] = [
      ([], "empty"), ([0x1F, 0x8B, 8, 0], "gzip -dc"), (Array("a,b\n1,2\n".utf8), "--format"),
      (Array("{\"a\": 1}".utf8), "--format"),
      (Array("{\"spot_advisor\": {}}".utf8), "not prices"),
    ]
    for (bytes, word) in cases {
      let fault = #expect(throws: Fault.self) { try reading(bytes) }
      #expect(fault?.message.contains(word) == true, "\(word)")
    }
  }
}
