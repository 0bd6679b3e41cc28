import Catalog
import Quantities

/// One stock-keeping unit of the Google Cloud Billing Catalog.
struct BillingSKU {
  var id = ""
  /// `services/SERVICE/skus/SKU`.
  var name = ""
  var description = ""
  var resourceGroup = ""
  var usageType = ""
  var serviceName = ""
  var regions: [String] = []
  /// The newest entry of its prices; nil when it has none.
  var pricing: Pricing?
  var line = 0

  /// One entry of `pricingInfo`.
  struct Pricing {
    var effectiveTime = ""
    var unit = ""
    /// Rates above nothing, one a tier.
    var rates: [Double] = []
    var currency = "USD"
  }

  /// The older service that prices TPU v2 to v4 by the device of eight cores, which are four chips.
  static let deviceService = "E000-3F24-B8AA"

  /// Whether it is a price of TPUs.
  var isTPU: Bool { resourceGroup == "TPU" || name.hasPrefix("services/\(Self.deviceService)/") }

  /// Where it can be read again.
  var address: String {
    let isAddress = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/-".contains($0))
    }
    return name.hasPrefix("services/") && isAddress
      ? "https://cloudbilling.googleapis.com/v1/\(name)" : "https://cloudbilling.googleapis.com"
  }

  // MARK: Reading

  init(_ json: inout JSONScanner) throws {
    try json.beginObject()
    line = json.line
    while try json.nextKey() {
      switch json.key {
      case "skuId": id = try json.text() ?? ""
      case "name": name = try json.text() ?? ""
      case "description": description = try json.text() ?? ""
      case "category": try readCategory(&json)
      case "serviceRegions":
        try json.beginArray()
        while try json.nextElement() { regions.append(try json.text() ?? "") }
      case "pricingInfo":
        try json.beginArray()
        while try json.nextElement() { pricing = try Self.pricing(&json) }
      default: try json.skip()
      }
    }
  }

  private mutating func readCategory(_ json: inout JSONScanner) throws {
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "resourceGroup": resourceGroup = try json.text() ?? ""
      case "usageType": usageType = try json.text() ?? ""
      case "serviceDisplayName": serviceName = try json.text() ?? ""
      default: try json.skip()
      }
    }
  }

  private static func pricing(_ json: inout JSONScanner) throws -> Pricing {
    var pricing = Pricing()
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "effectiveTime": pricing.effectiveTime = try json.text() ?? ""
      case "pricingExpression":
        try json.beginObject()
        while try json.nextKey() {
          switch json.key {
          case "usageUnit": pricing.unit = try json.text() ?? ""
          case "tieredRates":
            try json.beginArray()
            while try json.nextElement() { try readRate(&json, &pricing) }
          default: try json.skip()
          }
        }
      default: try json.skip()
      }
    }
    return pricing
  }

  private static func readRate(_ json: inout JSONScanner, _ pricing: inout Pricing) throws {
    try json.beginObject()
    while try json.nextKey() {
      guard json.key == "unitPrice" else {
        try json.skip()
        continue
      }
      // Whole units come as a text, absent below one; the rest in billionths.
      var (units, nanos) = ("0", "0")
      let line = json.line
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "currencyCode": pricing.currency = try json.text() ?? ""
        case "units": units = try json.text() ?? "0"
        case "nanos": nanos = try json.text() ?? "0"
        default: try json.skip()
        }
      }
      guard let whole = DecimalText.parse(units), let billionths = DecimalText.parse(nanos) else {
        throw Fault(
          file: json.source.name, line: line, column: "unitPrice",
          message: "“\(Magnitude.printable(units)) \(Magnitude.printable(nanos))” is not a price")
      }
      let rate = whole + billionths / 1e9
      if rate > 0 { pricing.rates.append(rate) }
    }
  }
}
