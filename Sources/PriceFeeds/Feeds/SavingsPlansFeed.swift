import Catalog
import Quantities

/// Reads the Savings Plans price list of AWS as CSV.
///
/// One line a discounted rate. Compute and EC2 Instance plans stand in one file; both are a
/// commitment to pay an hourly rate, so the lower of the two counts and the note says whose it is.
struct SavingsPlansFeed {
  let known: KnownInstances

  private static let required = [
    "Unit", "DiscountedRate", "Currency", "DiscountedUsageType", "DiscountedOperation",
    "PurchaseOption", "LeaseContractLength", "LeaseContractLengthUnit", "Product Family",
    "DiscountedRegionCode", "DiscountedInstanceType",
  ]

  /// Reads a whole file.
  ///
  /// - Throws: `Fault` with the line where the file is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var scanner = RecordScanner(source)
    var book = Book()
    let columns = try Self.header(&scanner, &book)
    let names = known.names(of: "aws")
    let type = columns.required("DiscountedInstanceType")
    var others = 0
    while try scanner.next() {
      try columns.check(scanner)
      guard let instance = names.name(scanner.field(type)) else {
        others += 1
        continue
      }
      try book.take(scanner, columns, instance)
    }
    if others > 0 {
      book.collector.pass(.other, "other instance types and services", "", line: 1, count: others)
    }
    return book.collector.finish(file: source.name, format: .savingsPlans)
  }

  /// Reads the lines of metadata, which may be missing, and the header.
  private static func header(
    _ scanner: inout RecordScanner, _ book: inout Book
  ) throws -> HeaderColumns {
    while try scanner.next() {
      guard scanner.count == 2 else { return try HeaderColumns(scanner, required: required) }
      switch scanner.text(0) {
      case "Publication Date":
        let text = scanner.text(1)
        guard let date = try? CalendarDate(parsing: String(text.prefix(10))) else {
          throw scanner.fault("“\(Magnitude.printable(text))” is not a date of publication")
        }
        book.asOf = date.iso
      case "Version": book.version = scanner.text(1).filter { $0.isASCII && $0.isNumber }
      default: break
      }
    }
    throw scanner.fault("the file ends before its header")
  }

  /// The state of one reading.
  private struct Book {
    var collector = PriceCollector()
    var asOf = ""
    var version = ""

    mutating func take(
      _ scanner: RecordScanner, _ columns: HeaderColumns, _ instance: String
    ) throws {
      func text(_ name: String) -> String { columns.text(name, in: scanner) }
      let line = scanner.line
      guard text("DiscountedUsageType").contains("BoxUsage") else {
        return collector.pass(.unwanted, "tenancy other than shared", instance, line: line)
      }
      guard text("DiscountedOperation") == "RunInstances" else {
        return collector.pass(
          .unwanted, "operating system other than Linux", instance, line: line)
      }
      guard text("Unit") == "Hrs", text("Currency") == "USD" else {
        return collector.pass(
          .unwanted, "currency other than USD, or not by the hour", instance, line: line)
      }
      guard let price = DecimalText.parse(text("DiscountedRate")) else {
        throw scanner.fault(
          "“\(Magnitude.printable(text("DiscountedRate")))” is not a price",
          column: "DiscountedRate")
      }
      guard price > 0 else {
        return collector.pass(.unwanted, "price of 0 USD, which is none", instance, line: line)
      }
      let years = text("LeaseContractLength") + " " + text("LeaseContractLengthUnit")
      guard let purchase = Self.purchase(years: years, option: text("PurchaseOption")),
        let plan = Self.plans[text("Product Family")]
      else {
        return collector.pass(
          .unrecognised, "kind of savings plan that is not known",
          "\(text("Product Family")) \(years) \(text("PurchaseOption"))", line: line)
      }
      add(purchase, plan, price, instance, region: text("DiscountedRegionCode"), line: line)
    }

    private mutating func add(
      _ purchase: Purchase, _ plan: String, _ price: Double, _ instance: String, region: String,
      line: Int
    ) {
      guard Region.isAWS(region) else {
        return collector.pass(.unrecognised, "region that is no AWS region", region, line: line)
      }
      let address =
        "https://pricing.us-east-1.amazonaws.com/savingsPlan/v1.0/aws/AWSComputeSavingsPlan/"
        + "\(version.isEmpty ? "current" : version)/\(region)/index.csv"
      let isPartial = purchase.rawValue.hasSuffix("partial_upfront")
      collector.add(
        FeedPrice(
          provider: "aws", instance: instance, region: region, purchase: purchase,
          usdPerInstanceHour: price, asOf: asOf, source: address,
          note: "\(plan), Linux, shared tenancy."
            + (isPartial ? " Part is due on day one; reckoned as paid at the start." : "")),
        choice: .lowest, label: plan, line: line)
    }

    private static let plans = [
      "EC2InstanceSavingsPlans": "EC2 Instance Savings Plan",
      "ComputeSavingsPlans": "Compute Savings Plan",
    ]

    private static func purchase(years: String, option: String) -> Purchase? {
      switch (years, option) {
      case ("1 year", "No Upfront"): .savingsPlan1YearNoUpfront
      case ("1 year", "Partial Upfront"): .savingsPlan1YearPartialUpfront
      case ("1 year", "All Upfront"): .savingsPlan1YearAllUpfront
      case ("3 year", "No Upfront"): .savingsPlan3YearNoUpfront
      case ("3 year", "Partial Upfront"): .savingsPlan3YearPartialUpfront
      case ("3 year", "All Upfront"): .savingsPlan3YearAllUpfront
      default: nil
      }
    }
  }
}
