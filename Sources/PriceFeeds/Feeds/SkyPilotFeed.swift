import Catalog
import Quantities

/// Reads `vms.csv` of the SkyPilot catalog, for AWS or Google Cloud.
///
/// One line an instance and zone for AWS. For Google Cloud one file holds machines without their GPUs,
/// GPUs without a machine, and whole TPU slices.
struct SkyPilotFeed {
  enum Provider: String {
    case aws, gcp
  }

  let known: KnownInstances
  let provider: Provider

  private static let required = [
    "InstanceType", "AcceleratorName", "AcceleratorCount", "Region", "AvailabilityZone", "Price",
    "SpotPrice",
  ]

  /// Rounded to five decimals, so slices of different size differ a little by the chip.
  private static let rounding = PriceCollector.Choice.agreement(within: 1e-3)

  /// One line.
  private struct Row {
    var instance: String
    var accelerator: String
    var count: String
    var region: String
    var zone: String
    /// USD an hour; nil when the cell is empty.
    var price: Double?
    var spot: Double?
    var line: Int
  }

  /// Reads a whole file.
  ///
  /// - Throws: `Fault` with the line where the file is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var scanner = RecordScanner(source)
    var book = Book(known: known)
    guard try scanner.next() else {
      throw Fault(file: source.name, line: 1, message: "the file is empty; a header is expected")
    }
    let columns = try HeaderColumns(scanner, required: Self.required)
    while try scanner.next() {
      try columns.check(scanner)
      let row = try Self.row(scanner, columns)
      switch provider {
      case .aws: book.takeAWS(row)
      case .gcp: book.takeGoogleCloud(row)
      }
    }
    book.joinMachinesAndGPUs()
    return book.collector.finish(
      file: source.name, format: provider == .aws ? .skyPilotAWS : .skyPilotGCP)
  }

  private static func row(_ scanner: RecordScanner, _ columns: HeaderColumns) throws -> Row {
    func price(_ column: String) throws -> Double? {
      let text = columns.text(column, in: scanner)
      guard !text.isEmpty else { return nil }
      guard let value = DecimalText.parse(text) else {
        throw scanner.fault("“\(Magnitude.printable(text))” is not a price", column: column)
      }
      return value
    }
    func text(_ name: String) -> String { columns.text(name, in: scanner) }
    return Row(
      instance: text("InstanceType"), accelerator: text("AcceleratorName"),
      count: text("AcceleratorCount"), region: text("Region"), zone: text("AvailabilityZone"),
      price: try price("Price"), spot: try price("SpotPrice"), line: scanner.line)
  }

  /// The state of one reading.
  private struct Book {
    let known: KnownInstances
    var collector = PriceCollector()
    /// Spot prices of machines and of their GPUs, by `machine zone`.
    private var machines: [String: Row] = [:]
    private var accelerators: [String: Row] = [:]
    private var order: [String] = []

    init(known: KnownInstances) {
      self.known = known
    }

    mutating func takeAWS(_ row: Row) {
      guard known.offer("aws", row.instance) != nil else {
        return collector.pass(.other, "other instance types", row.instance, line: row.line)
      }
      guard Region.isAWS(row.region) else {
        return collector.pass(
          .unrecognised, "region that is no AWS region", row.region, line: row.line)
      }
      add(row, "aws", row.instance, .onDemand, row.price, SkyPilotFeed.rounding)
      add(row, "aws", row.instance, .spot, row.spot, .lowest)
    }

    mutating func takeGoogleCloud(_ row: Row) {
      guard Region.isGoogleCloud(row.region) else {
        return collector.pass(
          .unrecognised, "region that is no Google Cloud region", row.region, line: row.line)
      }
      if row.accelerator.hasPrefix("tpu-") && row.instance.isEmpty { return takeSlice(row) }
      let key = "\(row.instance) \(row.zone)"
      if SkyPilotFeed.machines.values.contains(row.instance) {
        machines[key] = row
      } else if row.instance.isEmpty,
        let machine = SkyPilotFeed.machines["\(row.accelerator) \(row.count)"]
      {
        let key = "\(machine) \(row.zone)"
        if accelerators[key] == nil { order.append(key) }
        accelerators[key] = row
        if row.price != nil {
          collector.pass(
            .unwanted, "GPU prices on demand, which may be those of flex-start or calendar mode",
            "\(row.accelerator) \(row.zone)", line: row.line)
        }
      } else {
        collector.pass(
          .other, "other machines and GPUs", row.instance + row.accelerator, line: row.line)
      }
    }

    /// A TPU slice, priced as a whole: chips are its number, or half of it where cores are counted.
    private mutating func takeSlice(_ row: Row) {
      let parts = row.accelerator.dropFirst(4).split(separator: "-")
      guard parts.count == 2, let number = Int(parts[1]), (1...1_000_000).contains(number),
        row.count == "1" || row.count == "1.0"
      else {
        return collector.pass(
          .unrecognised, "TPU names that are not known", row.accelerator, line: row.line)
      }
      let generation = parts[0] == "v5litepod" ? "v5e" : String(parts[0])
      let countsChips = ["v5e", "v6e"].contains(generation)
      guard countsChips || ["v2", "v3", "v4", "v5p"].contains(generation),
        countsChips || number % 2 == 0
      else {
        return collector.pass(
          .unrecognised, "TPU names that are not known", row.accelerator, line: row.line)
      }
      let chips = countsChips ? number : number / 2
      let instance =
        ["v2", "v3"].contains(generation)
        ? number == 8 ? "\(generation)-8" : "\(generation)-pod" : "\(generation)-slice"
      guard let offer = known.offer("gcp", instance) else {
        return collector.pass(
          .other, "TPU generations that the catalogue doesn't know", row.accelerator,
          line: row.line)
      }
      for (purchase, price) in [(Purchase.onDemand, row.price), (.spot, row.spot)] {
        guard price != SkyPilotFeed.noPrice else {
          collector.pass(
            .unwanted, "700 USD, which stands for no price", row.accelerator, line: row.line)
          continue
        }
        let whole = Double(offer.chipsPerInstance) / Double(chips)
        let flexStart = known["gcp/\(instance)/\(row.region)/\(Purchase.flexStart.rawValue)"]
        if purchase == .onDemand, let price, let flex = flexStart?.usdPerInstanceHour,
          price * whole <= flex * 1.001
        {
          collector.pass(
            .unwanted, "TPU prices no higher than flex-start's there, which they may be",
            row.accelerator, line: row.line)
          continue
        }
        add(
          row, "gcp", instance, purchase, price.map { $0 * whole }, SkyPilotFeed.rounding,
          label: "\(row.accelerator) \(row.zone)", fineness: chips,
          note: "From \(row.accelerator), \(chips) chips.")
      }
    }

    /// A GPU machine on spot costs what the machine and its GPUs cost; local disks are not in it.
    mutating func joinMachinesAndGPUs() {
      for key in order {
        guard let gpus = accelerators[key], let spot = gpus.spot else { continue }
        guard let machine = machines[key], let rest = machine.spot, rest > 0, spot > 0 else {
          collector.pass(
            .unwanted, "GPUs on spot whose machine has no price", key, line: gpus.line)
          continue
        }
        add(
          gpus, "gcp", machine.instance, .spot, rest + spot, .lowest, grade: .d,
          note: "Machine plus GPUs, without local disks.")
      }
    }

    private mutating func add(
      _ row: Row, _ provider: String, _ instance: String, _ purchase: Purchase, _ price: Double?,
      _ choice: PriceCollector.Choice, label: String? = nil, fineness: Int = 1,
      grade: EvidenceGrade = .c, note: String? = nil
    ) {
      guard let price else { return }
      guard price > 0 else {
        return collector.pass(
          .unwanted, "price of 0 USD, which is none", instance, line: row.line)
      }
      let address = "https://github.com/skypilot-org/skypilot-catalog"
      collector.add(
        FeedPrice(
          provider: provider, instance: instance, region: row.region, purchase: purchase,
          usdPerInstanceHour: price, asOf: "", source: address,
          note: note ?? "SkyPilot catalog, zone \(Magnitude.printable(row.zone)).", grade: grade),
        choice: choice, label: label ?? row.zone, fineness: fineness, line: row.line)
    }
  }

  /// The price the catalog writes where it knows none.
  private static let noPrice = 700.0

  /// Which machine carries so many GPUs of a name.
  private static let machines = [
    "H100 8": "a3-highgpu-8g", "H200 8": "a3-ultragpu-8g", "B200 8": "a4-highgpu-8g",
    "H100 8.0": "a3-highgpu-8g", "H200 8.0": "a3-ultragpu-8g", "B200 8.0": "a4-highgpu-8g",
  ]
}
