import Catalog
import Quantities

/// Reads pages of Google Cloud's Pricing API v2: SKUs without prices (`v2beta/skus`), and their prices by id
/// (`v2beta/skus/-/prices`), in one stream in any order.
struct PricingV2Feed {
  let known: KnownInstances

  /// What a page says of a SKU.
  private struct SKU {
    var id = ""
    var title = ""
    var categories: [String] = []
    var regions: [String] = []
    var line = 0
  }

  /// A list price; nil where it isn't one by the hour in USD without tiers.
  private struct Price {
    var usdPerHour: Double?
    var line: Int
  }

  /// Reads one or more pages.
  ///
  /// - Throws: `Fault` where the text is mangled, or one half of what makes a price is missing.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var skus: [SKU] = []
    var prices: [String: Price] = [:]
    var hasMore = false
    repeat {
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "skus":
          try json.beginArray()
          while try json.nextElement() { skus.append(try Self.sku(&json)) }
        case "prices":
          try json.beginArray()
          while try json.nextElement() {
            let (id, price) = try Self.price(&json)
            prices[id] = price
          }
        case "nextPageToken": hasMore = !(try json.text() ?? "").isEmpty
        default: try json.skip()
        }
      }
    } while try !json.isAtEnd()
    guard !prices.isEmpty else {
      throw Fault(
        file: source.name, line: 1,
        message:
          "is the Pricing API's list of SKUs, which has no prices; fetch them as well and give "
          + "both: curl …/v2beta/skus/-/prices > prices.json; cat skus.json prices.json | plan prices import -"
      )
    }
    guard !skus.isEmpty else {
      throw Fault(
        file: source.name, line: 1,
        message: "has prices by SKU id alone; give the list of SKUs with it: "
          + "cat skus.json prices.json | plan prices import -")
    }
    var collector = PriceCollector()
    for sku in skus { take(sku, prices[sku.id], &collector) }
    if hasMore { collector.passFollowingPages(line: json.line) }
    return collector.finish(file: source.name, format: .gcpPricingV2)
  }

  private func take(_ sku: SKU, _ price: Price?, _ collector: inout PriceCollector) {
    let words = sku.categories.map { $0.lowercased() }
    guard words.contains("tpu") || sku.title.lowercased().contains("tpu") else {
      return collector.pass(.other, "SKUs of other things than TPUs", sku.id, line: sku.line)
    }
    guard let product = Self.product(sku.title.lowercased(), words) else {
      return collector.pass(
        .unrecognised, "TPU descriptions that are not known", sku.title, line: sku.line)
    }
    let name = product.generation.hasPrefix("v") ? product.generation : "tpu\(product.generation)"
    guard let offer = known.offer("gcp", "\(name)-slice") else {
      return collector.pass(
        .other, "TPU generations that the catalogue doesn't know", sku.title, line: sku.line)
    }
    guard let price else {
      return collector.pass(
        .unrecognised, "SKUs whose price isn't in the file", sku.title, line: sku.line)
    }
    guard let rate = price.usdPerHour, rate > 0 else {
      return collector.pass(
        .unwanted, "not priced by the hour in USD", sku.title, line: price.line)
    }
    for region in sku.regions {
      guard Region.isGoogleCloud(region) else {
        collector.pass(
          .unwanted, "priced for a continent, not for a region", "\(region): \(sku.title)",
          line: sku.line)
        continue
      }
      collector.add(
        FeedPrice(
          provider: "gcp", instance: offer.instance, region: region, purchase: product.purchase,
          usdPerInstanceHour: rate * Double(offer.chipsPerInstance), asOf: "",
          source: "https://cloudbilling.googleapis.com/v2beta/skus/\(Self.plain(sku.id))/price",
          note: "SKU \(Magnitude.printable(sku.id))."),
        choice: .agreement(within: 1e-9), label: sku.id, line: sku.line)
    }
  }

  private static func plain(_ id: String) -> String {
    id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  /// `TPU v6e Chip Hours in Ohio`, or a description as the older interface has it.
  private static func product(_ title: String, _ categories: [String]) -> TPUDescription? {
    let usages = ["OnDemand", "Preemptible", "Commit1Yr", "Commit3Yr"]
    for usage in usages {
      if case .product(let found) = TPUDescription.read(
        title, usageType: usage, isDevicePriced: false)
      {
        return found
      }
    }
    let words = title.split(whereSeparator: { " -_()".contains($0) }).map(String.init)
    guard let at = words.firstIndex(of: "tpu"), words.indices.contains(at + 1) else { return nil }
    let generation =
      words[at + 1].hasPrefix("tpu") ? String(words[at + 1].dropFirst(3)) : words[at + 1]
    let isGeneration = ["v4", "v5e", "v5p", "v6e", "7x", "v7x"].contains(generation)
    guard isGeneration, title.contains("chip hour") else { return nil }
    let all = Set(words + categories.flatMap { $0.split(separator: " ").map(String.init) })
    let isPlain = all.isDisjoint(with: [
      "spot", "preemptible", "commitment", "committed", "commit1yr", "commit3yr", "dws", "flex",
      "calendar", "reserved", "reservation", "flexstart",
    ])
    let isSpot = !all.isDisjoint(with: ["spot", "preemptible"])
    let name = generation == "v7x" ? "7x" : generation
    if isPlain { return TPUDescription(generation: name, purchase: .onDemand) }
    let others = all.intersection([
      "commitment", "committed", "commit1yr", "commit3yr", "dws", "flex", "calendar", "reserved",
      "reservation", "flexstart",
    ])
    return isSpot && others.isEmpty ? TPUDescription(generation: name, purchase: .spot) : nil
  }

  private static func sku(_ json: inout JSONScanner) throws -> SKU {
    var sku = SKU()
    try json.beginObject()
    sku.line = json.line
    while try json.nextKey() {
      switch json.key {
      case "skuId": sku.id = try json.text() ?? ""
      case "displayName": sku.title = try json.text() ?? ""
      case "productTaxonomy", "geoTaxonomy": try collect(&json, &sku)
      default: try json.skip()
      }
    }
    return sku
  }

  /// Categories and regions, however deep they stand.
  private static func collect(_ json: inout JSONScanner, _ sku: inout SKU) throws {
    switch try json.kind() {
    case .object:
      try json.beginObject()
      while try json.nextKey() {
        let key = json.key
        if try json.kind() == .string {
          let text = try json.text() ?? ""
          if key == "category" { sku.categories.append(text) }
          if key == "region" { sku.regions.append(text) }
        } else {
          try collect(&json, &sku)
        }
      }
    case .array:
      try json.beginArray()
      while try json.nextElement() { try collect(&json, &sku) }
    default: try json.skip()
    }
  }

  private static func price(_ json: inout JSONScanner) throws -> (String, Price) {
    var id = ""
    var unit = ""
    var quantity = 1.0
    var currency = "USD"
    var rates: [Double] = []
    let line = json.line
    func money(_ json: inout JSONScanner) throws {
      var (units, nanos) = ("0", "0")
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "currencyCode": currency = try json.text() ?? ""
        case "units": units = try json.text() ?? "0"
        case "nanos": nanos = try json.text() ?? "0"
        default: try json.skip()
        }
      }
      guard let whole = DecimalText.parse(units), let billionths = DecimalText.parse(nanos) else {
        throw Fault(
          file: json.source.name, line: line, column: "listPrice",
          message: "“\(Magnitude.printable(units)) \(Magnitude.printable(nanos))” is not a price")
      }
      if whole + billionths / 1e9 > 0 { rates.append(whole + billionths / 1e9) }
    }
    func rate(_ json: inout JSONScanner) throws {
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "tiers":
          try json.beginArray()
          while try json.nextElement() {
            try json.beginObject()
            while try json.nextKey() {
              if json.key == "listPrice" { try money(&json) } else { try json.skip() }
            }
          }
        case "unitInfo":
          try json.beginObject()
          while try json.nextKey() {
            switch json.key {
            case "unit": unit = try json.text() ?? ""
            case "unitQuantity":
              try json.beginObject()
              while try json.nextKey() {
                guard json.key == "value" else {
                  try json.skip()
                  continue
                }
                quantity = DecimalText.parse(try json.text() ?? "") ?? 0
              }
            default: try json.skip()
            }
          }
        default: try json.skip()
        }
      }
    }
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case "name":
        // skus/ID/price
        let parts = (try json.text() ?? "").split(separator: "/")
        if parts.count >= 2, let at = parts.firstIndex(of: "skus"), parts.indices.contains(at + 1) {
          id = String(parts[at + 1])
        }
      case "currencyCode": currency = try json.text() ?? ""
      case "rate": try rate(&json)
      default: try json.skip()
      }
    }
    let isHourly = unit == "h" && quantity > 0 && currency == "USD" && rates.count == 1
    return (id, Price(usdPerHour: isHourly ? rates[0] / quantity : nil, line: line))
  }
}
