import Catalog
import Quantities

/// Reads the answer of `aws ec2 describe-spot-price-history`.
///
/// The newest price of each Availability Zone is the one in force; a region's price is that of its
/// cheapest zone.
struct SpotHistoryFeed {
  let known: KnownInstances

  /// Reads one or more documents, one after the other.
  ///
  /// - Throws: `Fault` with line and byte where the text is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var collector = PriceCollector()
    var newest: [String: (entry: SpotEntry, price: Double, region: String)] = [:]
    var order: [String] = []
    let hasMore = try JSONPages.read(
      &json, list: "SpotPriceHistory", next: "NextToken", mayBeBare: true
    ) { json in
      let entry = try SpotEntry.read(&json)
      guard let found = try check(entry, &collector, file: source.name) else { return }
      let key = "\(entry.instance) \(entry.zone)"
      if let old = newest[key] {
        collector.pass(.other, "older prices of a zone", key, line: entry.line)
        // Times of one form in UTC: their texts sort as they do.
        if old.entry.time >= entry.time { return }
      } else {
        order.append(key)
      }
      newest[key] = (entry, found.price, found.region)
    }
    if hasMore { collector.passFollowingPages(line: json.line) }
    for key in order {
      guard let (entry, price, region) = newest[key] else { continue }
      collector.add(
        FeedPrice(
          provider: "aws", instance: entry.instance, region: region, purchase: .spot,
          usdPerInstanceHour: price, asOf: String(entry.time.prefix(10)),
          source: "aws ec2 describe-spot-price-history --region \(region)",
          note: "Zone \(entry.zone)."),
        choice: .lowest, label: entry.zone, line: entry.line)
    }
    return collector.finish(file: source.name, format: .spotHistory)
  }

  /// The price and the region of an entry that counts, or nil.
  private func check(
    _ entry: SpotEntry, _ collector: inout PriceCollector, file: String
  ) throws -> (price: Double, region: String)? {
    func fail(_ column: String, _ value: String, _ what: String) -> Fault {
      Fault(
        file: file, line: entry.line, column: column,
        message: "“\(Magnitude.printable(value))” is not \(what)")
    }
    guard known.offer("aws", entry.instance) != nil else {
      collector.pass(.other, "other instance types", entry.instance, line: entry.line)
      return nil
    }
    guard !entry.system.isEmpty else {
      collector.pass(
        .unrecognised,
        "rows without ProductDescription, so that Linux can't be told; add it to --query",
        entry.instance, line: entry.line)
      return nil
    }
    guard entry.system.hasPrefix("Linux/UNIX") else {
      collector.pass(
        .unwanted, "operating system other than Linux", entry.system, line: entry.line)
      return nil
    }
    guard let price = DecimalText.parse(entry.price) else {
      throw fail("SpotPrice", entry.price, "a price")
    }
    guard entry.time.isEmpty || (try? CalendarDate(parsing: String(entry.time.prefix(10)))) != nil
    else {
      throw fail("Timestamp", entry.time, "a time")
    }
    guard price > 0 else {
      collector.pass(
        .unwanted, "price of 0 USD, which is none", entry.instance, line: entry.line)
      return nil
    }
    guard let region = Region.ofAWSZone(entry.zone) else {
      collector.pass(.unrecognised, "zone that is not known", entry.zone, line: entry.line)
      return nil
    }
    return (price, region)
  }
}
