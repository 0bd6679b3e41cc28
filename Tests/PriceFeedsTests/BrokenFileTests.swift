import Catalog
import Testing

@testable import PriceFeeds

@Suite("Files cut off or mangled")
struct BrokenFileTests {
  static let json: [FeedFormat] = [.ec2JSON, .spotHistory, .capacityBlocks, .gcpSKUs]

  @Test("a JSON file cut off anywhere is refused with its line", arguments: json)
  func cutJSON(format: FeedFormat) throws {
    let whole = try Fixtures.bytes("\(format.rawValue).txt")
    let end = (whole.lastIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") }) ?? 0
    for length in stride(from: 1, to: end, by: 3) {
      let fault = #expect(throws: Fault.self, "\(length)") {
        try reading(Array(whole[..<length]), format: format)
      }
      let lines = whole[..<length].filter { $0 == UInt8(ascii: "\n") }.count + 1
      #expect((1...lines).contains(fault?.line ?? 0))
    }
  }

  @Test("a CSV file cut off within a line is refused with that line")
  func cutCSV() throws {
    for format in [FeedFormat.ec2CSV, .skyPilotAWS, .skyPilotGCP, .savingsPlans] {
      let whole = try Fixtures.bytes("\(format.rawValue).txt")
      let breaks = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
      guard let last = breaks.dropLast().last else { continue }
      // Up to the last digit: a price cut in two is a price too.
      for length in (last + 2)..<whole.count {
        let fault = #expect(throws: Fault.self, "\(format) \(length)") {
          try reading(Array(whole[..<length]), format: length % 2 == 0 ? format : nil)
        }
        #expect(fault?.line == breaks.count)
      }
    }
  }

  @Test("a line too wide or too narrow is refused")
  func widths() throws {
    let text = try Fixtures.text("skypilot-gcp.txt")
    for line in [",,,tpu-v6e-8,1,tpu-v6e-8,us-east5,us-east5-a,80\n", "x\n"] {
      let fault = #expect(throws: Fault.self) { try reading(text + line) }
      #expect(fault?.line == 5)
      #expect(fault?.message.contains("10") == true)
    }
  }

  @Test("a document followed by another thing is refused")
  func trailing() throws {
    let text = try Fixtures.text("ec2-json.txt")
    let page = try Fixtures.text("gcp-skus.txt")
    for text in [text + "{}", page + "x"] {
      #expect(throws: Fault.self) { try reading(text) }
    }
  }
}
