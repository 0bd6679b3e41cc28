import Foundation

/// Writes EC2 offer files of any size with made-up prices, in the shape of the real ones: CSV and its
/// JSON twin with the same products, of which a few are of instances the catalogue knows.
struct OfferFileGenerator {
  /// The columns seen in September 2025.
  private static let columns = [
    "SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate",
    "StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency", "RelatedTo",
    "LeaseContractLength", "PurchaseOption", "OfferingClass", "Product Family", "serviceCode",
    "Location", "Location Type", "Instance Type", "Current Generation", "Instance Family",
    "vCPU", "Physical Processor", "Clock Speed", "Memory", "Storage", "Network Performance",
    "Processor Architecture", "Storage Media", "Volume Type", "Max Volume Size",
    "Max IOPS/volume", "Max IOPS Burst Performance", "Max throughput/volume", "Provisioned",
    "Tenancy", "EBS Optimized", "Operating System", "License Model", "Group",
    "Group Description", "Transfer Type", "From Location", "From Location Type", "To Location",
    "To Location Type", "usageType", "operation", "AvailabilityZone", "CapacityStatus",
    "ClassicNetworkingSupport", "Dedicated EBS Throughput", "ECU", "Elastic Graphics Type",
    "Enhanced Networking Supported", "From Region Code", "GPU", "GPU Memory", "Instance",
    "Instance Capacity - 10xlarge", "Instance Capacity - 12xlarge",
    "Instance Capacity - 16xlarge", "Instance Capacity - 18xlarge",
    "Instance Capacity - 24xlarge", "Instance Capacity - 2xlarge",
    "Instance Capacity - 32xlarge", "Instance Capacity - 4xlarge", "Instance Capacity - 8xlarge",
    "Instance Capacity - 9xlarge", "Instance Capacity - large", "Instance Capacity - medium",
    "Instance Capacity - metal", "Instance Capacity - xlarge", "instanceSKU",
    "Intel AVX2 Available", "Intel AVX Available", "Intel Turbo Available", "MarketOption",
    "Normalization Size Factor", "Physical Cores", "Pre Installed S/W", "Processor Features",
    "Product Type", "Region Code", "Resource Type", "serviceName", "SnapshotArchiveFeeType",
    "To Region Code", "Volume API Name", "VPCNetworkingSupport",
  ]

  /// Instances whose prices an import should find; each has one price on demand and one reserved.
  static let known = ["trn1.2xlarge", "trn1.32xlarge", "p4d.24xlarge", "p5.48xlarge"]

  /// One product of the list.
  private struct Product {
    var sku: String
    var instance: String
    var family: String
    var system: String
    var tenancy: String
    var price: Double
  }

  /// Products by number: the first are the known ones, later ones other instances, systems and
  /// tenancies, every hundredth of them a known instance that runs another system.
  private static func product(_ number: Int) -> Product {
    let sizes = [
      "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "24xlarge", "metal",
    ]
    let isKnown = number < known.count
    let isVariant = !isKnown && number % 100 == 0
    let instance =
      isKnown
      ? known[number]
      : isVariant
        ? known[number / 100 % known.count]
        : "m\(number / 8 % 40)gd.\(sizes[number % sizes.count])"
    let digits = String(number)
    return Product(
      sku: String(repeating: "A", count: 16 - digits.count) + digits, instance: instance,
      family: isKnown || isVariant ? "GPU instance" : "General purpose",
      system: isKnown || number % 3 == 0 && !isVariant ? "Linux" : "Windows",
      tenancy: isKnown || number % 2 == 0 ? "Shared" : "Dedicated",
      price: 0.1 + Double(number % 977) / 7)
  }

  /// Writes CSV until so many bytes are reached; each product has five rows.
  static func writeCSV(bytes: Int, to path: String) throws {
    let output = try Output(path)
    try output.write("\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"MADE-UP PRICES\"\n")
    try output.write("\"Publication Date\",\"2026-11-20T00:00:00Z\"\n")
    try output.write("\"Version\",\"20261120000000\"\n\"OfferCode\",\"AmazonEC2\"\n")
    try output.write(columns.map { "\"\($0)\"" }.joined(separator: ",") + "\n")
    var number = 0
    while output.bytes < bytes {
      let product = product(number)
      for row in 0..<5 { try output.write(line(product, row)) }
      number += 1
    }
    try output.close()
  }

  private static func line(_ product: Product, _ row: Int) -> String {
    let term = terms[row]
    var cells = [
      "SKU": product.sku, "OfferTermCode": term.code,
      "RateCode": "\(product.sku).\(term.code).6YS6EN2CT7", "TermType": term.type,
      "PriceDescription": "$\(product.price) per \(product.system) \(product.instance) Hour",
      "EffectiveDate": "2026-11-01", "StartingRange": "0", "EndingRange": "Inf",
      "Unit": term.unit, "PricePerUnit": price(product, term), "Currency": "USD",
      "Product Family": "Compute Instance", "serviceCode": "AmazonEC2",
      "Location": "US East (Ohio)", "Location Type": "AWS Region",
      "Instance Type": product.instance, "Current Generation": "Yes",
      "Instance Family": product.family, "vCPU": "96", "Physical Processor": "AWS Graviton4",
      "Clock Speed": "2.8 GHz", "Memory": "768 GiB", "Storage": "4 x 1900 NVMe SSD",
      "Network Performance": "50 Gigabit", "Processor Architecture": "64-bit",
      "Tenancy": product.tenancy, "Operating System": product.system,
      "License Model": "No License required", "usageType": "USE2-BoxUsage:\(product.instance)",
      "operation": "RunInstances", "CapacityStatus": "Used", "MarketOption": "OnDemand",
      "Normalization Size Factor": "64", "Pre Installed S/W": "NA",
      "Processor Features": "Intel AVX; Intel AVX2", "Region Code": "us-east-2",
      "serviceName": "Amazon Elastic Compute Cloud",
    ]
    if !term.lease.isEmpty {
      cells["LeaseContractLength"] = term.lease
      cells["PurchaseOption"] = term.option
      cells["OfferingClass"] = term.offeringClass
    }
    return columns.map { name in cells[name].map { "\"\($0)\"" } ?? "" }.joined(separator: ",")
      + "\n"
  }

  private typealias Term = (
    type: String, code: String, lease: String, option: String, offeringClass: String, unit: String
  )

  private static let terms: [Term] = [
    ("OnDemand", "JRTCKXETXF", "", "", "", "Hrs"),
    ("Reserved", "38NPMPTW36", "3yr", "Partial Upfront", "standard", "Hrs"),
    ("Reserved", "38NPMPTW36", "3yr", "Partial Upfront", "standard", "Quantity"),
    ("Reserved", "R5XV2EPZQZ", "3yr", "Partial Upfront", "convertible", "Hrs"),
    ("Reserved", "R5XV2EPZQZ", "3yr", "Partial Upfront", "convertible", "Quantity"),
  ]

  private static func price(_ product: Product, _ term: Term) -> String {
    switch (term.type, term.unit) {
    case ("OnDemand", _): "\(product.price)"
    case (_, "Hrs"): "\(product.price / 4)"
    default: "\((product.price / 4 * 26_280).rounded())"
    }
  }

  // MARK: JSON

  /// Writes JSON of so many products.
  static func writeJSON(products count: Int, to path: String) throws {
    let output = try Output(path)
    try output.write(
      "{\n \"formatVersion\": \"v1.0\", \"offerCode\": \"AmazonEC2\", \"version\": "
        + "\"20261120000000\",\n \"publicationDate\": \"2026-11-20T00:00:00Z\",\n \"products\": {")
    for number in 0..<count {
      try output.write((number == 0 ? "\n" : ",\n") + json(product(number)))
    }
    try output.write("},\n \"terms\": {\"OnDemand\": {")
    for number in 0..<count {
      let product = product(number)
      let dimension = json(product, [0])
      try output.write(
        (number == 0 ? "\n" : ",\n")
          + "  \"\(product.sku)\": {\"\(product.sku).JRTCKXETXF\": \(dimension)}")
    }
    try output.write("},\n \"Reserved\": {")
    for number in 0..<count {
      let product = product(number)
      try output.write(
        (number == 0 ? "\n" : ",\n")
          + "  \"\(product.sku)\": {\"\(product.sku).38NPMPTW36\": \(json(product, [1, 2])),"
          + " \"\(product.sku).R5XV2EPZQZ\": \(json(product, [3, 4]))}")
    }
    try output.write("}}}\n")
    try output.close()
  }

  private static func json(_ product: Product) -> String {
    """
      "\(product.sku)": {"sku": "\(product.sku)", "productFamily": "Compute Instance", "attributes": {
      "servicecode": "AmazonEC2", "location": "US East (Ohio)", "locationType": "AWS Region",
      "instanceType": "\(product.instance)", "currentGeneration": "Yes",
      "instanceFamily": "\(product.family)", "vcpu": "96", "physicalProcessor": "AWS Graviton4",
      "clockSpeed": "2.8 GHz", "memory": "768 GiB", "storage": "4 x 1900 NVMe SSD",
      "networkPerformance": "50 Gigabit", "processorArchitecture": "64-bit",
      "tenancy": "\(product.tenancy)", "operatingSystem": "\(product.system)",
      "licenseModel": "No License required", "usagetype": "USE2-BoxUsage:\(product.instance)",
      "operation": "RunInstances", "capacitystatus": "Used", "marketoption": "OnDemand",
      "preInstalledSw": "NA", "regionCode": "us-east-2", "servicename": "Amazon Elastic Compute Cloud"}}
    """
  }

  /// A term with the price dimensions of some rows.
  private static func json(_ product: Product, _ rows: [Int]) -> String {
    let term = terms[rows[0]]
    let dimensions = rows.map { row in
      """
      "\(product.sku).\(term.code).6YS6EN2CT\(row)": {"rateCode": "\(product.sku).\(term.code)",
        "description": "\(product.instance)", "beginRange": "0", "endRange": "Inf",
        "unit": "\(terms[row].unit)", "appliesTo": [],
        "pricePerUnit": {"USD": "\(price(product, terms[row]))"}}
      """
    }.joined(separator: ", ")
    let attributes =
      term.lease.isEmpty
      ? ""
      : "\"LeaseContractLength\": \"\(term.lease)\", \"PurchaseOption\": \"\(term.option)\", "
        + "\"OfferingClass\": \"\(term.offeringClass)\""
    return "{\"offerTermCode\": \"\(term.code)\", \"sku\": \"\(product.sku)\", "
      + "\"priceDimensions\": {\(dimensions)}, \"termAttributes\": {\(attributes)}}"
  }

  /// A file written in large pieces.
  private final class Output {
    private let file: FileHandle
    private var held = Data()
    private(set) var bytes = 0

    init(_ path: String) throws {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func write(_ text: String) throws {
      held.append(contentsOf: text.utf8)
      bytes += text.utf8.count
      if held.count > 1 << 20 { try flush() }
    }

    func close() throws {
      try flush()
      try file.close()
    }

    private func flush() throws {
      try file.write(contentsOf: held)
      held.removeAll(keepingCapacity: true)
    }
  }
}
