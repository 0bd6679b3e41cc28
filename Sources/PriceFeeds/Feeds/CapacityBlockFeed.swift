import Catalog
import Quantities

/// Reads the answer of `aws ec2 describe-capacity-block-offerings`.
///
/// An offer's fee is for all its instances over its whole length: USD an instance-hour =
/// fee / (instances x (hours + minutes / 60)). UltraServers are counted as UltraServers. An offer in segments
/// is priced segment by segment.
struct CapacityBlockFeed {
  let known: KnownInstances

  /// Reads one or more documents, one after the other.
  ///
  /// - Throws: `Fault` with line and byte where the text is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var collector = PriceCollector()
    let hasMore = try JSONPages.read(&json, list: "CapacityBlockOfferings", next: "NextToken") {
      json in
      let offer = try CapacityBlockEntry(&json)
      guard let parts = offer.parts else {
        return collector.pass(
          .unrecognised,
          "offers in segments that don't each say type, zone, length, count and fee: their prices can't "
            + "be told apart", offer.instance + offer.ultraServer, line: offer.line)
      }
      for part in parts { try take(part, &collector, file: source.name) }
    }
    if hasMore { collector.passFollowingPages(line: json.line) }
    return collector.finish(file: source.name, format: .capacityBlocks)
  }

  private func take(_ entry: CapacityBlockEntry, _ collector: inout PriceCollector, file: String)
    throws
  {
    let isUltraServer = !entry.ultraServer.isEmpty
    let instance = isUltraServer ? entry.ultraServer : entry.instance
    let line = entry.line
    guard known.offer("aws", instance) != nil else {
      return collector.pass(.other, "other instance types", instance, line: line)
    }
    func number(_ text: String, _ column: String) throws -> Double {
      guard let value = DecimalText.parse(text) else {
        throw Fault(
          file: file, line: line, column: column,
          message: "“\(Magnitude.printable(text))” is not a number")
      }
      return value
    }
    let count =
      isUltraServer
      ? try number(entry.ultraServerCount, "UltraserverCount")
      : try number(entry.count, "InstanceCount")
    let minutes = try number(entry.minutes, "CapacityBlockDurationMinutes")
    let hours = try number(entry.hours, "CapacityBlockDurationHours") + minutes / 60
    let fee = try number(entry.fee, "UpfrontFee")
    guard entry.currency == "USD" else {
      return collector.pass(.unwanted, "currency other than USD", entry.currency, line: line)
    }
    guard fee > 0 else {
      return collector.pass(.unwanted, "price of 0 USD, which is none", instance, line: line)
    }
    guard count > 0, hours > 0, let region = Region.ofAWSZone(entry.zone) else {
      return collector.pass(
        .unrecognised, "offer without instances, length or zone", instance, line: line)
    }
    let length = Decimals.shortest((hours * 100).rounded() / 100)
    collector.add(
      FeedPrice(
        provider: "aws", instance: instance, region: region, purchase: .capacityBlock,
        usdPerInstanceHour: fee / (count * hours), asOf: "",
        source: "aws ec2 describe-capacity-block-offerings --region \(region)",
        note: "Fee \(entry.fee) USD for \(Decimals.shortest(count)) over \(length) h from "
          + "\(Magnitude.printable(String(entry.start.prefix(10)))), zone \(entry.zone).",
        isOfferedToReader: true),
      choice: .lowest, label: entry.zone, line: line)
  }
}
