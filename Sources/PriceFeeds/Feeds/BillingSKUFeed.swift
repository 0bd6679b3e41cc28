import Catalog
import Quantities

/// Reads pages of SKUs of the Google Cloud Billing Catalog.
///
/// Only TPUs are taken: a GPU machine's price is the sum of SKUs for its GPUs, processors and memory,
/// which is not formed here.
struct BillingSKUFeed {
  let known: KnownInstances

  /// Reads one or more pages.
  ///
  /// - Throws: `Fault` with line and byte where the text is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var collector = PriceCollector()
    let hasMore = try JSONPages.read(&json, list: "skus", next: "nextPageToken") { json in
      take(try BillingSKU(&json), &collector)
    }
    if hasMore { collector.passFollowingPages(line: json.line) }
    return collector.finish(file: source.name, format: .gcpSKUs)
  }

  private func take(_ sku: BillingSKU, _ collector: inout PriceCollector) {
    guard sku.isTPU else {
      return collector.pass(.other, "SKUs of other things than TPUs", sku.id, line: sku.line)
    }
    let isDevice = sku.name.hasPrefix("services/\(BillingSKU.deviceService)/")
    switch TPUDescription.read(
      sku.description, usageType: sku.usageType, isDevicePriced: isDevice)
    {
    case .unrecognised:
      collector.pass(
        .unrecognised, "TPU descriptions that are not known",
        "\(sku.description) (\(sku.usageType))", line: sku.line)
    case .unwanted(let what):
      collector.pass(.unwanted, what, sku.description, line: sku.line)
    case .product(let product):
      take(sku, product, dividedBy: isDevice ? 4 : 1, &collector)
    }
  }

  /// - Parameter chips: that the SKU's price is for.
  private func take(
    _ sku: BillingSKU, _ product: TPUDescription, dividedBy chips: Double,
    _ collector: inout PriceCollector
  ) {
    guard let offer = known.offer("gcp", Self.instance(product)) else {
      return collector.pass(
        .other, "TPU generations that the catalogue doesn't know", sku.description, line: sku.line)
    }
    guard let pricing = sku.pricing, pricing.unit == "h", pricing.currency == "USD" else {
      return collector.pass(
        .unwanted, "not priced by the hour in USD", sku.description, line: sku.line)
    }
    guard pricing.rates.count == 1, let rate = pricing.rates.first else {
      let reason =
        pricing.rates.isEmpty ? "price of 0 USD, which is none" : "prices by tiers of use"
      return collector.pass(.unwanted, reason, sku.description, line: sku.line)
    }
    let day = String(pricing.effectiveTime.prefix(10))
    let isDated = (try? CalendarDate(parsing: day)) != nil
    for region in sku.regions {
      guard Region.isGoogleCloud(region) else {
        collector.pass(
          .unwanted, "priced for a continent, not for a region", "\(region): \(sku.description)",
          line: sku.line)
        continue
      }
      collector.add(
        FeedPrice(
          provider: "gcp", instance: offer.instance, region: region, purchase: product.purchase,
          usdPerInstanceHour: rate / chips * Double(offer.chipsPerInstance),
          asOf: isDated ? day : "", source: sku.address,
          note: "SKU \(Magnitude.printable(sku.id))"
            + (chips == 1 ? "." : ", priced by 8 cores, which are \(Int(chips)) chips.")),
        choice: .agreement(within: 1e-9), label: sku.id, line: sku.line)
    }
  }

  /// The instance the catalogue sells a generation as: slices by the chip, and v3 by the device too.
  private static func instance(_ product: TPUDescription) -> String {
    switch product.generation {
    case "v2", "v3": product.isPod ? "\(product.generation)-pod" : "\(product.generation)-8"
    case let name where name.hasPrefix("v"): "\(name)-slice"
    case let name: "tpu\(name)-slice"
    }
  }
}
