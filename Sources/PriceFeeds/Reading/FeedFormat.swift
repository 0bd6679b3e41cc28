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
  /// SkyPilot catalog of another cloud, `azure/vms.csv` and the like.
  case skyPilot = "skypilot"
  /// `aws pricing get-products`.
  case getProducts = "aws-products"
  /// Google Cloud Pricing API v2: SKUs with their prices.
  case gcpPricingV2 = "gcp-pricing-v2"
  /// Catalogue of gpuhunt, CSV.
  case gpuhunt
  /// `instances.json` of Vantage (ec2instances.info).
  case vantage

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
    if front.starts(with: [0xFF, 0xFE]) || front.starts(with: [0xFE, 0xFF]) {
      throw unknown(source, "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE")
    }
    if front.starts(with: Array("PAR1".utf8)) {
      throw unknown(
        source,
        "is Parquet; convert it: duckdb -c \"COPY (SELECT * FROM 'FILE') TO 'FILE.csv' (HEADER)\"")
    }
    if front.starts(with: [0x50, 0x4B, 3, 4]) {
      throw unknown(source, "is a zip archive; unpack it: unzip -p FILE | plan prices import -")
    }
    let text = String(decoding: front, as: UTF8.self)
    if Self.isPage(text) {
      throw unknown(
        source,
        "is a page for a browser, not a price file: was a login or an error page saved? "
          + "Fetch it again, signed in")
    }
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

  /// Whether a text is HTML or XML, such as the page that asks for a password.
  static func isPage(_ text: String) -> Bool {
    let start = text.drop { $0.isWhitespace }.prefix(200).lowercased()
    return ["<!doctype", "<html", "<head", "<?xml", "<script", "<!--"].contains {
      start.hasPrefix($0)
    }
  }

  private static func unknown(_ source: ByteSource, _ message: String) -> Fault {
    Fault(file: source.name, line: 1, message: message)
  }

  private static func ofJSON(_ text: String) -> FeedFormat? {
    if text.contains("\"displayName\"") && text.contains("\"productTaxonomy\"") {
      return .gcpPricingV2
    }
    if text.contains("\"prices\"") && text.contains("\"unitInfo\"") { return .gcpPricingV2 }
    if text.contains("\"instance_type\"") && text.contains("\"pricing\"") { return .vantage }
    if text.contains("\"PriceList\"") || text.contains("serviceCode") && text.contains("terms") {
      return .getProducts
    }
    let marks: [(String, FeedFormat)] = [
      ("\"SpotPriceHistory\"", .spotHistory), ("\"CapacityBlockOfferings\"", .capacityBlocks),
      ("\"skus\"", .gcpSKUs),
    ]
    if let found = marks.first(where: { text.contains($0.0) }) { return found.1 }
    if text.contains("\"offerCode\"") { return .ec2JSON }
    // In other interfaces' answers products are a list.
    if let place = text.firstRange(of: "\"products\"") {
      let next = text[place.upperBound...].first { !$0.isWhitespace && $0 != ":" }
      return next == "{" ? .ec2JSON : nil
    }
    // What --query makes of a spot history has none of its keys left but those of its rows.
    let isQueried = text.contains("\"SpotPrice\"") || isSpotRows(text)
    return isQueried ? .spotHistory : nil
  }

  /// Whether a list of lists holds a zone of AWS and an instance, as `--query` shapes it.
  private static func isSpotRows(_ text: String) -> Bool {
    let words = text.prefix(2000).split(whereSeparator: { "\"[], \n\r\t{}:".contains($0) })
    let hasZone = words.contains { Region.ofAWSZone(String($0)) != nil }
    return hasZone && words.contains { $0.contains(".") && $0.first?.isLetter == true }
  }

  private static func ofCSV(_ text: String) -> FeedFormat? {
    let lines = text.split(whereSeparator: \.isNewline).prefix(8)
    for (index, line) in lines.enumerated() {
      if line.contains("DiscountedSKU") { return .savingsPlans }
      if line.contains("OfferTermCode") { return .ec2CSV }
      if line.contains("gpu_name") && line.contains("instance_name") { return .gpuhunt }
      if line.contains("AcceleratorName") && line.contains("Price") {
        return ofSkyPilot(header: line, rows: lines.dropFirst(index + 1)) ?? .skyPilot
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
