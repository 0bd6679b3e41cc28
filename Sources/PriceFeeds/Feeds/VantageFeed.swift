import Catalog
import Quantities

/// Reads `instances.json` of Vantage (ec2instances.info): a list of EC2 instance types, each with prices by
/// region and system.
struct VantageFeed {
  let known: KnownInstances

  private static let purchases: [String: Purchase] = [
    "yrTerm1Standard.noUpfront": .commit1YearNoUpfront,
    "yrTerm1Standard.partialUpfront": .commit1YearPartialUpfront,
    "yrTerm1Standard.allUpfront": .commit1YearAllUpfront,
    "yrTerm3Standard.noUpfront": .commit3YearNoUpfront,
    "yrTerm3Standard.partialUpfront": .commit3YearPartialUpfront,
    "yrTerm3Standard.allUpfront": .commit3YearAllUpfront,
  ]

  /// Reads a whole file.
  ///
  /// - Throws: `Fault` with line and byte where the text is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var collector = PriceCollector()
    try json.beginArray()
    while try json.nextElement() { try instance(&json, &collector) }
    guard try json.isAtEnd() else { throw json.fault("text follows the end of the list") }
    return collector.finish(file: source.name, format: .vantage)
  }

  /// Prices may stand before the name of what they are of.
  private func instance(_ json: inout JSONScanner, _ collector: inout PriceCollector) throws {
    var name = ""
    var prices: [(region: String, purchase: Purchase, text: String, line: Int)] = []
    let line = json.line
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "instance_type": name = try json.text() ?? ""
      case "pricing":
        try json.beginObject()
        while try json.nextKey() {
          let region = json.key
          try json.beginObject()
          while try json.nextKey() {
            guard json.key == "linux", try json.kind() == .object else {
              try json.skip()
              continue
            }
            try Self.system(&json, region, &prices)
          }
        }
      default: try json.skip()
      }
    }
    guard known.offer("aws", name) != nil else {
      return collector.pass(.other, "other instance types", name, line: line)
    }
    for (region, purchase, text, line) in prices {
      guard let price = DecimalText.parse(text) else {
        throw Fault(
          file: json.source.name, line: line, column: name,
          message: "“\(Magnitude.printable(text))” is not a price")
      }
      guard Region.isAWS(region) else {
        collector.pass(.unrecognised, "region that is no AWS region", region, line: line)
        continue
      }
      guard price > 0 else {
        collector.pass(.unwanted, "price of 0 USD, which is none", name, line: line)
        continue
      }
      collector.add(
        FeedPrice(
          provider: "aws", instance: name, region: region, purchase: purchase,
          usdPerInstanceHour: price, asOf: "",
          source: "https://instances.vantage.sh/instances.json",
          note: purchase == .spot
            ? "Vantage, lowest zone when it was gathered." : "Vantage, Linux, shared tenancy.",
          grade: purchase == .spot ? .d : .c),
        choice: .agreement(within: 1e-6), label: name, line: line)
    }
  }

  private static func system(
    _ json: inout JSONScanner, _ region: String,
    _ prices: inout [(region: String, purchase: Purchase, text: String, line: Int)]
  ) throws {
    func take(_ json: inout JSONScanner, _ purchase: Purchase) throws {
      let line = json.line
      let text = try json.text() ?? ""
      if !text.isEmpty && text.lowercased() != "n/a" {
        prices.append((region, purchase, text, line))
      }
    }
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "ondemand": try take(&json, .onDemand)
      case "spot_min":
        let kind = try json.kind()
        if kind == .array || kind == .object {
          try json.skip()
        } else {
          try take(&json, .spot)
        }
      case "reserved":
        guard try json.kind() == .object else {
          try json.skip()
          continue
        }
        try json.beginObject()
        while try json.nextKey() {
          if let purchase = purchases[json.key] {
            try take(&json, purchase)
          } else {
            try json.skip()
          }
        }
      default: try json.skip()
      }
    }
  }
}
