import Catalog

/// The layouts of price files that can be imported.
public enum FeedFormat: String, CaseIterable, Sendable {
  /// AWS Price List offer file of EC2, CSV.
  case ec2CSV = "ec2-csv"
  /// AWS Price List offer file of EC2, JSON.
  case ec2JSON = "ec2-json"
  /// AWS Savings Plans price list, CSV.
  case savingsPlans = "savings-plans"
  /// `aws ec2 describe-spot-price-history`.
  case spotHistory = "spot-history"
  /// `aws ec2 describe-capacity-block-offerings`.
  case capacityBlocks = "capacity-blocks"
  /// Google Cloud Billing Catalog, one or more pages of SKUs.
  case gcpSKUs = "gcp-skus"
  /// SkyPilot catalog, `aws/vms.csv`.
  case skyPilotAWS = "skypilot-aws"
  /// SkyPilot catalog, `gcp/vms.csv`.
  case skyPilotGCP = "skypilot-gcp"

  /// Bytes from the front of a file that tell its layout.
  static let bytesLookedAt = 1 << 16

  /// Recognises the layout of a stream from its front, which stays unread.
  ///
  /// - Throws: `Fault` when it is none of the layouts, with what to do where that is known.
  public static func recognise(_ source: ByteSource) throws -> FeedFormat {
    var front = try source.peek(bytesLookedAt)
    if front.starts(with: [0xEF, 0xBB, 0xBF]) { front.removeFirst(3) }
    if front.starts(with: [0x1F, 0x8B]) || front.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      throw unknown(source, "is compressed; unpack it: gzip -dc FILE | plan prices import -")
    }
    let text = String(decoding: front, as: UTF8.self)
    guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else {
      throw unknown(source, "is empty; a price file is expected")
    }
    let found = first == "{" || first == "[" ? ofJSON(text) : ofCSV(text)
    if let found { return found }
    if text.contains("\"spot_advisor\"") {
      throw unknown(source, "is the spot advisor's list: shares saved, not prices")
    }
    let known = allCases.map(\.rawValue).joined(separator: ", ")
    throw unknown(source, "is no price file that is known; --format takes \(known)")
  }

  private static func unknown(_ source: ByteSource, _ message: String) -> Fault {
    Fault(file: source.name, line: 1, message: message)
  }

  private static func ofJSON(_ text: String) -> FeedFormat? {
    let marks: [(String, FeedFormat)] = [
      ("\"SpotPriceHistory\"", .spotHistory), ("\"CapacityBlockOfferings\"", .capacityBlocks),
      ("\"skus\"", .gcpSKUs),
    ]
    if let found = marks.first(where: { text.contains($0.0) }) { return found.1 }
    return text.contains("\"offerCode\"") || text.contains("\"products\"") ? .ec2JSON : nil
  }

  private static func ofCSV(_ text: String) -> FeedFormat? {
    let lines = text.split(whereSeparator: \.isNewline).prefix(8)
    for (index, line) in lines.enumerated() {
      if line.contains("DiscountedSKU") { return .savingsPlans }
      if line.contains("OfferTermCode") { return .ec2CSV }
      if line.contains("AcceleratorName") && line.contains("SpotPrice") {
        return ofSkyPilot(header: line, rows: lines.dropFirst(index + 1))
      }
    }
    return nil
  }

  /// AWS names regions `us-east-1`, Google Cloud `us-east1`.
  private static func ofSkyPilot(header: Substring, rows: ArraySlice<Substring>) -> FeedFormat? {
    let names = header.split(separator: ",", omittingEmptySubsequences: false)
    guard let column = names.firstIndex(of: "Region") else { return nil }
    for row in rows {
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      // A cell of JSON or of a Python dictionary may hold commas; regions have at least two dashes
      // or none of these signs.
      let named = cells.indices.contains(column) ? [cells[column]] : []
      for cell in named + cells where Region.isAWS(String(cell)) { return .skyPilotAWS }
      for cell in named + cells where Region.isGoogleCloud(String(cell)) { return .skyPilotGCP }
    }
    return nil
  }
}

/// How providers name their regions.
enum Region {
  /// Whether a text is an AWS region, `us-east-2` or `us-gov-west-1`.
  static func isAWS(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), let last = parts.last else { return false }
    return isNumber(last) && parts.dropLast().allSatisfy(isWord)
  }

  /// Whether a text is a Google Cloud region, `us-east1`; `europe` and `us` are not.
  static func isGoogleCloud(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, isWord(parts[0]) else { return false }
    let name = parts[1].prefix { $0.isASCII && $0.isLetter }
    return !name.isEmpty && isNumber(parts[1].dropFirst(name.count)) && isWord(name)
  }

  /// The region of an AWS Availability Zone: `us-east-2a` lies in `us-east-2`. A local zone such as
  /// `us-east-1-dfw-2a` is sold apart and stands for itself. Nil when the text is no zone.
  static func ofAWSZone(_ zone: String) -> String? {
    guard let letter = zone.last, letter.isASCII, letter.isLetter, letter.isLowercase else {
      return nil
    }
    let region = String(zone.dropLast())
    if isAWS(region) { return region }
    let parts = region.split(separator: "-", omittingEmptySubsequences: false)
    let isLocal =
      parts.count > 4 && parts.allSatisfy { isWord($0) || isNumber($0) }
      && parts.last.map(isNumber) == true
    return isLocal ? zone : nil
  }

  private static func isWord(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isLetter && $0.isLowercase }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.count < 4 && text.allSatisfy { $0.isASCII && $0.isNumber }
  }
}
