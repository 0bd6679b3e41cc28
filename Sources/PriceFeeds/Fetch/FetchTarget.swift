import Catalog
import Quantities

/// The price lists that can be fetched without a login.
public enum FetchTarget: String, CaseIterable, Sendable {
  /// The EC2 offer file of a region.
  case ec2
  /// The Savings Plans list of a region.
  case savingsPlans = "savings-plans"
  /// How often AWS spot instances are taken back, and what share they save.
  case spotAdvisor = "spot-advisor"
  /// SKUs of the Google Cloud Billing Catalog; needs an API key.
  case gcpSKUs = "gcp-skus"
  /// SkyPilot's collection of AWS prices.
  case skyPilotAWS = "skypilot-aws"
  /// SkyPilot's collection of Google Cloud prices.
  case skyPilotGCP = "skypilot-gcp"

  /// Where the list lies, without a slash at the end.
  public var host: String {
    switch self {
    case .ec2, .savingsPlans: "https://pricing.us-east-1.amazonaws.com"
    case .spotAdvisor: "https://spot-bid-advisor.s3.amazonaws.com"
    case .gcpSKUs: "https://cloudbilling.googleapis.com"
    case .skyPilotAWS, .skyPilotGCP: "https://raw.githubusercontent.com"
    }
  }

  /// Whether there is a list for each region.
  public var isRegional: Bool { self == .ec2 || self == .savingsPlans }

  /// The list of regions and of the files that are in force there; nil when there is only one file.
  public var regionIndexPath: String? {
    switch self {
    case .ec2: "/offers/v1.0/aws/AmazonEC2/current/region_index.json"
    case .savingsPlans: "/savingsPlan/v1.0/aws/AWSComputeSavingsPlan/current/region_index.json"
    default: nil
    }
  }

  /// The list itself, where it always has the same address.
  public var fixedPath: String? {
    switch self {
    case .spotAdvisor: "/spot-advisor-data.json"
    case .skyPilotAWS: "/skypilot-org/skypilot-catalog/master/catalogs/v8/aws/vms.csv"
    case .skyPilotGCP: "/skypilot-org/skypilot-catalog/master/catalogs/v8/gcp/vms.csv"
    default: nil
    }
  }

  /// Google Cloud services with TPU prices: Compute Engine (v5e and later) and Cloud TPU (to v4).
  public static let googleCloudServices = ["6F81-5844-456A", BillingSKU.deviceService]

  /// A page of a Google Cloud service's SKUs; an empty token is the first.
  public static func skuPath(service: String, token: String) -> String {
    let first = "/v1/services/\(service)/skus?currencyCode=USD&pageSize=5000"
    return token.isEmpty ? first : "\(first)&pageToken=\(percentEncoded(token))"
  }

  /// A text fit for a query: letters, digits and `-._~` stay, the rest is escaped (RFC 3986, 2.1).
  static func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }
}

/// What fetched documents say about further ones.
public enum FetchedDocument {
  /// The path of a region's list of some format (`csv` or `json`) by a list of regions.
  ///
  /// - Throws: `Fault` when the document is no list of regions, or hasn't the region; then the nearest
  ///   name is given.
  public static func path(
    ofRegion region: String, format: String, in source: ByteSource
  ) throws -> String {
    // It becomes part of a file's name as well, whatever the list of regions has.
    guard isPlain(region, and: "-") else {
      throw Fault(
        file: source.name, message: "“\(Magnitude.printable(region))” is not the name of a region")
    }
    var json = JSONScanner(source)
    var paths: [String: String] = [:]
    try json.beginObject()
    while try json.nextKey() {
      guard json.key == "regions" else {
        try json.skip()
        continue
      }
      switch try json.kind() {
      case .object:
        try json.beginObject()
        while try json.nextKey() {
          let name = json.key
          paths[name] = try entry(&json).path
        }
      default:
        try json.beginArray()
        while try json.nextElement() {
          let (name, path) = try entry(&json)
          paths[name] = path
        }
      }
    }
    guard let path = paths[region] else {
      let known = paths.keys.filter { isPlain($0, and: "-") }.sorted()
      let near = NearMiss.closest(to: region, among: known)
      throw Fault(
        file: source.name,
        message: "has no region “\(Magnitude.printable(region))”"
          + (near.map { "; did you mean \($0)?" } ?? ""))
    }
    // What comes from outside becomes part of a file's name and of a command.
    guard isPlain(path, and: "-._/"), path.hasPrefix("/"), !path.contains(".."),
      let dot = path.lastIndex(of: ".")
    else {
      throw Fault(
        file: source.name, message: "“\(Magnitude.printable(path))” is not the path of a list")
    }
    return "\(path[..<dot]).\(format)"
  }

  /// Whether a text is of letters and digits of ASCII and some other characters, and not empty.
  private static func isPlain(_ text: String, and others: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return byte < 0x80
          && (character.isLetter || character.isNumber || others.contains(character))
      }
  }

  private static func entry(_ json: inout JSONScanner) throws -> (name: String, path: String) {
    var (name, path) = ("", "")
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "regionCode": name = try json.text() ?? ""
      case "currentVersionUrl", "versionUrl": path = try json.text() ?? ""
      default: try json.skip()
      }
    }
    return (name, path)
  }

  /// The version that a list's path names: the part before the region, digits only.
  public static func version(ofPath path: String) -> String {
    path.split(separator: "/").last { $0.allSatisfy { $0.isASCII && $0.isNumber } }
      .map { String($0) } ?? ""
  }

  /// The token of the page that follows a page of SKUs; empty on the last.
  ///
  /// - Throws: `Fault` when the document is no such page.
  public static func nextPageToken(in source: ByteSource) throws -> String {
    var json = JSONScanner(source)
    var token = ""
    var hasList = false
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "nextPageToken": token = try json.text() ?? ""
      case "skus":
        hasList = true
        try json.skip()
      default: try json.skip()
      }
    }
    guard hasList else { throw json.fault("“skus” is missing") }
    return token
  }
}
