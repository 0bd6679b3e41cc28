import Catalog
import Quantities

/// Reads `vms.csv` of the SkyPilot catalog for clouds other than AWS and Google Cloud: whole instances with
/// their accelerators, a line a region.
struct SkyPilotCloudFeed {
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
      scanner, required: ["InstanceType", "AcceleratorName", "AcceleratorCount", "Region", "Price"])
    guard let provider = CloudNames.provider(of: source.name, known: known) else {
      throw scanner.fault(
        "which cloud it is of doesn't stand in the file; keep its folder's name, as in azure/vms.csv, "
          + "of a cloud that the catalogue knows (plan catalog offers)")
    }
    while try scanner.next() {
      try columns.check(scanner)
      func text(_ name: String) -> String { columns.text(name, in: scanner) }
      let instance = text("InstanceType")
      let count = Double(text("AcceleratorCount")) ?? 0
      guard count > 0, count == count.rounded(), count < 1e6,
        let offer = CloudNames.offer(
          provider, instance: instance, accelerator: text("AcceleratorName"), count: Int(count),
          known: known)
      else {
        collector.pass(.other, "other instance types", instance, line: scanner.line)
        continue
      }
      guard offer.chipsPerInstance == Int(count) else {
        collector.pass(
          .unrecognised, "another number of accelerators than the catalogue knows", instance,
          line: scanner.line)
        continue
      }
      guard let region = GPUHuntFeed.region(text("Region"), provider) else {
        collector.pass(
          .unrecognised, "region that is not known", text("Region"), line: scanner.line)
        continue
      }
      for (purchase, column) in [(Purchase.onDemand, "Price"), (.spot, "SpotPrice")] {
        let cell = text(column)
        guard !cell.isEmpty else { continue }
        guard let price = DecimalText.parse(cell) else {
          throw scanner.fault("“\(Magnitude.printable(cell))” is not a price", column: column)
        }
        guard price > 0 else {
          collector.pass(.unwanted, "price of 0 USD, which is none", instance, line: scanner.line)
          continue
        }
        collector.add(
          FeedPrice(
            provider: provider, instance: offer.instance, region: region, purchase: purchase,
            usdPerInstanceHour: price, asOf: "",
            source: "https://github.com/skypilot-org/skypilot-catalog",
            note: "SkyPilot catalog, \(Magnitude.printable(instance))."),
          choice: purchase == .spot ? .lowest : .agreement(within: 1e-3), label: text("Region"),
          line: scanner.line)
      }
    }
    return collector.finish(file: source.name, format: .skyPilot)
  }
}
