import Catalog

/// Reads the EC2 offer file of the AWS Price List as CSV.
///
/// Five lines of metadata, a header that is looked up by name because its columns change with the
/// version, then one line a price. Hundreds of megabytes of which some dozen lines matter, so the
/// instance type is compared as bytes before anything else is done with a line.
struct OfferFileCSV {
  let known: KnownInstances

  private static let required = [
    "SKU", "OfferTermCode", "TermType", "Unit", "PricePerUnit", "Currency", "LeaseContractLength",
    "PurchaseOption", "Instance Type", "Tenancy", "Operating System", "usageType", "Region Code",
  ]

  /// Reads a whole file.
  ///
  /// - Throws: `Fault` with the line where the file is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var scanner = RecordScanner(source)
    var book = OfferFileBook(fileName: source.name, suffix: "csv")
    let columns = try Self.header(&scanner, &book)
    let names = known.names(of: "aws")
    let type = columns.required("Instance Type")
    let family = columns["Instance Family"]
    var others = 0
    while try scanner.next() {
      try columns.check(scanner)
      let bytes = scanner.field(type)
      if let instance = names.name(bytes) {
        try book.take(Self.row(scanner, columns, instance))
      } else if let family, Self.isAccelerated(scanner.field(family)) {
        book.collector.pass(
          .other, "instance types with accelerators that the catalogue doesn't know",
          scanner.text(type), line: scanner.line)
      } else {
        others += 1
      }
    }
    if others > 0 {
      book.collector.pass(.other, "other instance types and services", "", line: 7, count: others)
    }
    return book.finish(format: .ec2CSV)
  }

  /// Reads the metadata and the header.
  private static func header(
    _ scanner: inout RecordScanner, _ book: inout OfferFileBook
  ) throws -> HeaderColumns {
    while try scanner.next() {
      guard scanner.count == 2 else { return try HeaderColumns(scanner, required: required) }
      switch scanner.text(0) {
      case "Publication Date": try book.takePublicationDate(scanner.text(1), line: scanner.line)
      case "Version": book.version = scanner.text(1).filter { $0.isASCII && $0.isNumber }
      case "OfferCode" where scanner.text(1) != "AmazonEC2":
        throw scanner.fault("is not the offer file of EC2 (OfferCode AmazonEC2)")
      default: break
      }
    }
    throw scanner.fault("the file ends before its header")
  }

  private static func row(
    _ scanner: RecordScanner, _ columns: HeaderColumns, _ instance: String
  ) -> OfferFileRow {
    func text(_ name: String) -> String { columns.text(name, in: scanner) }
    func optional(_ name: String) -> String? { columns[name].map { scanner.text($0) } }
    return OfferFileRow(
      line: scanner.line, sku: text("SKU"),
      product: .init(
        instance: instance, region: text("Region Code"), operatingSystem: text("Operating System"),
        tenancy: text("Tenancy"), usageType: text("usageType"),
        software: optional("Pre Installed S/W"), capacityStatus: optional("CapacityStatus"),
        marketOption: optional("MarketOption"), locationType: optional("Location Type")),
      term: .init(
        type: text("TermType"), code: text("OfferTermCode"), lease: text("LeaseContractLength"),
        option: text("PurchaseOption"), offeringClass: optional("OfferingClass"),
        unit: text("Unit"), price: text("PricePerUnit"), currency: text("Currency")))
  }

  private static let acceleratedFamilies = ByteNames([
    "Machine Learning ASIC Instances", "GPU instance",
  ])

  private static func isAccelerated(_ family: UnsafeRawBufferPointer) -> Bool {
    acceleratedFamilies.name(family) != nil
  }
}
