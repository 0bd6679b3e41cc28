import Catalog
import Quantities

/// Reads the catalogue of gpuhunt as CSV: an instance, place and price a line, spot and on demand apart.
struct GPUHuntFeed {
  let known: KnownInstances

  /// Reads a whole file.
  ///
  /// - Throws: `Fault` with the line where the file is cut off or mangled, or where the cloud can't be told.
  func read(_ source: ByteSource) throws -> FeedReading {
    var scanner = RecordScanner(source)
    var collector = PriceCollector()
    guard try scanner.next() else {
      throw Fault(file: source.name, line: 1, message: "the file is empty; a header is expected")
    }
    let columns = try HeaderColumns(
      scanner, required: ["instance_name", "location", "price", "gpu_count", "gpu_name", "spot"])
    let ofFile = CloudNames.provider(of: source.name, known: known)
    while try scanner.next() {
      try columns.check(scanner)
      func text(_ name: String) -> String { columns.text(name, in: scanner) }
      let instance = text("instance_name")
      let named = text("provider").lowercased()
      let place = text("location")
      let byPlace = Region.isAWS(place) ? "aws" : Region.isGoogleCloud(place) ? "gcp" : nil
      guard let provider = named.isEmpty ? ofFile ?? byPlace : named else {
        throw scanner.fault(
          "which cloud it is of doesn't stand in the file; keep its name, as in nebius.csv")
      }
      let written = Double(text("gpu_count")) ?? 0
      let count = (1...10_000).contains(written) ? Int(written) : 0
      guard count > 0,
        let offer = CloudNames.offer(
          provider, instance: instance, accelerator: text("gpu_name"), count: count, known: known)
      else {
        collector.pass(.other, "other instance types", instance, line: scanner.line)
        continue
      }
      guard offer.chipsPerInstance == count || provider == "aws" else {
        collector.pass(
          .unrecognised, "another number of accelerators than the catalogue knows", instance,
          line: scanner.line)
        continue
      }
      guard let price = DecimalText.parse(text("price")) else {
        throw scanner.fault(
          "“\(Magnitude.printable(text("price")))” is not a price", column: "price")
      }
      let isSpot: Bool
      switch text("spot").lowercased() {
      case "true", "1": isSpot = true
      case "false", "0", "": isSpot = false
      default:
        throw scanner.fault(
          "“\(Magnitude.printable(text("spot")))” is not True or False", column: "spot")
      }
      guard price > 0 else {
        collector.pass(.unwanted, "price of 0 USD, which is none", instance, line: scanner.line)
        continue
      }
      guard let region = Self.region(place, provider) else {
        collector.pass(.unrecognised, "place that is not known", place, line: scanner.line)
        continue
      }
      collector.add(
        FeedPrice(
          provider: provider, instance: offer.instance, region: region,
          purchase: isSpot ? .spot : .onDemand, usdPerInstanceHour: price, asOf: "",
          source: "https://github.com/dstackai/gpuhunt",
          note: "gpuhunt, \(Magnitude.printable(place))."),
        choice: isSpot ? .lowest : .agreement(within: 1e-3), label: place, line: scanner.line)
    }
    return collector.finish(file: source.name, format: .gpuhunt)
  }

  /// A region; a zone of AWS or Google Cloud lies in one.
  static func region(_ place: String, _ provider: String) -> String? {
    switch provider {
    case "aws": return Region.isAWS(place) ? place : Region.ofAWSZone(place)
    case "gcp":
      if Region.isGoogleCloud(place) { return place }
      let cut = place.split(separator: "-").dropLast().joined(separator: "-")
      return Region.isGoogleCloud(cut) ? cut : nil
    default:
      let isPlain = place.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
      }
      return isPlain && !place.isEmpty && place.count < 40 ? place.lowercased() : nil
    }
  }
}
