import Catalog
import Quantities

/// One price of the EC2 price list with the product it is of.
struct OfferFileRow {
  var line: Int
  var sku = ""
  var product = Product()
  var term = Term()

  /// What is priced. An attribute that the file hasn't is nil and decides nothing.
  struct Product {
    var instance = ""
    var region = ""
    var operatingSystem = ""
    var tenancy = ""
    var usageType = ""
    var software: String?
    var capacityStatus: String?
    var marketOption: String?
    var locationType: String?

    /// Why the product's list price is not planned with, or nil when it is.
    ///
    /// The filters are those of the price list's own list price: Linux, shared tenancy, nothing
    /// installed, capacity in use, sold on demand, in a region proper.
    var flaw: String? {
      if let marketOption, !marketOption.isEmpty, marketOption != "OnDemand" {
        return "market option \(Magnitude.printable(marketOption)), listed at 0 USD"
      }
      if operatingSystem != "Linux" { return "operating system other than Linux" }
      if tenancy != "Shared" { return "tenancy other than shared" }
      if let software, software != "NA" { return "software comes installed" }
      if let capacityStatus, capacityStatus != "Used" {
        return "price of capacity reserved or unused"
      }
      if let locationType, !locationType.isEmpty, locationType != "AWS Region" {
        return "sold outside the regions (\(Magnitude.printable(locationType)))"
      }
      if !usageType.isEmpty && !isBoxUsage { return "usage type other than BoxUsage" }
      return nil
    }

    /// Whether the usage type, `BoxUsage:p5.48xlarge` or `USE2-BoxUsage:…`, is that of running on shared
    /// machines; `HostBoxUsage` and `UnusedBox` are others.
    private var isBoxUsage: Bool {
      usageType.prefix { $0 != ":" }.split(separator: "-").last == "BoxUsage"
    }
  }

  /// How it is sold.
  struct Term {
    var type = ""
    /// The code shared by all rows of one reserved term.
    var code = ""
    var lease = ""
    var option = ""
    var offeringClass: String?
    var unit = ""
    var price = ""
    var currency = ""
  }
}

/// Turns the rows of an EC2 price list into prices of offers.
struct OfferFileBook {
  var collector = PriceCollector()
  /// When the list was published, `2026-11-23`; empty when it doesn't say.
  var asOf = ""
  var version = ""
  /// `csv` or `json`, as the file's address ends.
  let suffix: String
  let fileName: String
  /// Where the list can be read again; nil for the offer file's own address.
  var source: String?
  private var reserved: [String: ReservedTerm] = [:]
  private var reservedOrder: [String] = []
  private var prices: [(row: OfferFileRow, usdPerHour: Double)] = []

  /// A reserved term's rows, which come in any order.
  private struct ReservedTerm {
    var row: OfferFileRow
    var purchase: Purchase
    var hourly: Double?
    var fee: Double?
    var hasConflict = false
  }

  init(fileName: String, suffix: String) {
    self.fileName = fileName
    self.suffix = suffix
  }

  /// Reads the day off the time of publication.
  ///
  /// - Throws: `Fault` when it is no date: then the file is mangled.
  mutating func takePublicationDate(_ text: String, line: Int) throws {
    guard !text.isEmpty else { return }
    guard let date = try? CalendarDate(parsing: String(text.prefix(10))) else {
      throw Fault(
        file: fileName, line: line,
        message: "“\(Magnitude.printable(text))” is not a date of publication")
    }
    asOf = date.iso
  }

  /// Takes a row of an instance the catalogue knows.
  ///
  /// - Throws: `Fault` when its price is no number.
  mutating func take(_ row: OfferFileRow) throws {
    if let flaw = row.product.flaw { return pass(flaw, row) }
    let term = row.term
    guard term.currency == "USD" else { return pass("currency other than USD", row) }
    guard let price = DecimalText.parse(term.price) else {
      throw Fault(
        file: fileName, line: row.line, column: "PricePerUnit",
        message: "“\(Magnitude.printable(term.price))” is not a price")
    }
    switch term.type {
    case "OnDemand":
      guard term.unit == "Hrs" else { return pass("unit other than hours", row) }
      guard price > 0 else { return pass("price of 0 USD, which is none", row) }
      prices.append((row, price))
    case "Reserved": takeReserved(row, price)
    default: passUnknown("term type that is not known", row, term.type)
    }
  }

  private mutating func takeReserved(_ row: OfferFileRow, _ price: Double) {
    if let kind = row.term.offeringClass, kind != "standard" {
      return pass("reserved, class other than standard", row)
    }
    guard let purchase = Self.purchase(lease: row.term.lease, option: row.term.option) else {
      return passUnknown(
        "reserved term that is not known", row, "\(row.term.lease) \(row.term.option)")
    }
    let key = "\(row.sku).\(row.term.code)"
    if reserved[key] == nil {
      reservedOrder.append(key)
      reserved[key] = ReservedTerm(row: row, purchase: purchase)
    }
    switch row.term.unit {
    case "Hrs":
      let old = reserved[key]?.hourly ?? price
      if old != price { reserved[key]?.hasConflict = true }
      reserved[key]?.hourly = price
    case "Quantity":
      let old = reserved[key]?.fee ?? price
      if old != price { reserved[key]?.hasConflict = true }
      reserved[key]?.fee = price
    default: passUnknown("reserved, unit that is not known", row, row.term.unit)
    }
  }

  private static func purchase(lease: String, option: String) -> Purchase? {
    switch (lease, option) {
    case ("1yr", "No Upfront"): .commit1YearNoUpfront
    case ("1yr", "Partial Upfront"): .commit1YearPartialUpfront
    case ("1yr", "All Upfront"): .commit1YearAllUpfront
    case ("3yr", "No Upfront"): .commit3YearNoUpfront
    case ("3yr", "Partial Upfront"): .commit3YearPartialUpfront
    case ("3yr", "All Upfront"): .commit3YearAllUpfront
    default: nil
    }
  }

  /// All that was found.
  mutating func finish(format: FeedFormat) -> FeedReading {
    for (row, price) in prices {
      add(row, .onDemand, price, "List price, Linux, shared tenancy.")
    }
    for key in reservedOrder {
      if let term = reserved[key] { finish(term) }
    }
    return collector.finish(file: fileName, format: format)
  }

  /// Effective price of a reserved term: hourly + fee / hours of the term.
  private mutating func finish(_ term: ReservedTerm) {
    let hours = term.purchase.committedHours ?? 0
    let hasFee = !term.row.term.option.hasPrefix("No")
    guard !term.hasConflict, hours > 0, let hourly = term.hourly ?? (hasFee ? 0 : nil),
      let fee = hasFee ? term.fee : term.fee ?? 0,
      term.hourly != nil || term.row.term.option.hasPrefix("All"), hourly + fee > 0
    else {
      return passUnknown(
        "reserved term without all of its rows, or with two of one", term.row,
        "\(term.row.product.instance) \(term.purchase.rawValue)")
    }
    let feeShown = Decimals.shortest(fee)
    let hourlyShown = Decimals.shortest(hourly)
    let parts: String =
      if fee == 0 {
        "."
      } else if hourly == 0 {
        "; fee \(feeShown) USD on day one."
      } else {
        "; fee \(feeShown) USD on day one and \(hourlyShown) an hour, reckoned as paid at the start."
      }
    add(term.row, term.purchase, hourly + fee / hours, "Standard reserved instance\(parts)")
  }

  private mutating func add(
    _ row: OfferFileRow, _ purchase: Purchase, _ price: Double, _ note: String
  ) {
    guard Region.isAWS(row.product.region) else {
      return passUnknown("region that is no AWS region", row, row.product.region)
    }
    let address =
      source
      ?? "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/"
      + "\(version.isEmpty ? "current" : version)/\(row.product.region)/index.\(suffix)"
    collector.add(
      FeedPrice(
        provider: "aws", instance: row.product.instance, region: row.product.region,
        purchase: purchase, usdPerInstanceHour: price, asOf: asOf, source: address, note: note),
      choice: .agreement(within: 1e-9), label: row.sku, line: row.line)
  }

  private mutating func pass(_ reason: String, _ row: OfferFileRow) {
    collector.pass(.unwanted, reason, row.product.instance, line: row.line)
  }

  private mutating func passUnknown(_ reason: String, _ row: OfferFileRow, _ what: String) {
    collector.pass(.unrecognised, reason, what, line: row.line)
  }
}
