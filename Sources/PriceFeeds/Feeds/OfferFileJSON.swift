import Catalog

/// Reads the EC2 offer file of the AWS Price List as JSON.
///
/// Products come first, by SKU, and their terms after them; only the products of instances the
/// catalogue knows are kept in between.
struct OfferFileJSON {
  let known: KnownInstances

  /// Reads a whole file.
  ///
  /// - Throws: `Fault` with line and byte where the file is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var reader = Reader(
      known: known, book: OfferFileBook(fileName: source.name, suffix: "json"))
    try reader.document(&json)
    guard try json.isAtEnd() else { throw json.fault("text follows the end of the document") }
    return reader.finish()
  }

  /// The state of one reading.
  struct Reader {
    let known: KnownInstances
    var book: OfferFileBook
    var products: [String: OfferFileRow.Product] = [:]
    var others = 0
    var hasProducts = false
    var hasTerms = false

    mutating func document(_ json: inout JSONScanner) throws {
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "version":
          book.version = (try json.text() ?? "").filter { $0.isASCII && $0.isNumber }
        case "publicationDate":
          let line = json.line
          try book.takePublicationDate(try json.text() ?? "", line: line)
        case "offerCode":
          guard try json.text() == "AmazonEC2" else {
            throw json.fault("is not the offer file of EC2 (offerCode AmazonEC2)")
          }
        case "products":
          hasProducts = true
          try json.beginObject()
          while try json.nextKey() { try product(&json) }
        case "terms":
          guard hasProducts else { throw json.fault("the terms stand before the products") }
          hasTerms = true
          try terms(&json)
        default: try json.skip()
        }
      }
      guard hasProducts, hasTerms else { throw json.fault("“products” or “terms” is missing") }
    }

    private mutating func product(_ json: inout JSONScanner) throws {
      let sku = json.key
      var product = OfferFileRow.Product()
      var family = ""
      let line = json.line
      try json.beginObject()
      while try json.nextKey() {
        guard json.key == "attributes" else {
          try json.skip()
          continue
        }
        try json.beginObject()
        while try json.nextKey() { try attribute(&json, &product, &family) }
      }
      if known.offer("aws", product.instance) != nil {
        products[sku] = product
      } else if family == "GPU instance" || family == "Machine Learning ASIC Instances" {
        book.collector.pass(
          .other, "instance types with accelerators that the catalogue doesn't know",
          product.instance, line: line)
      } else {
        others += 1
      }
    }

    func attribute(
      _ json: inout JSONScanner, _ product: inout OfferFileRow.Product, _ family: inout String
    ) throws {
      switch json.key {
      case "instanceType": product.instance = try json.text() ?? ""
      case "instanceFamily": family = try json.text() ?? ""
      case "regionCode": product.region = try json.text() ?? ""
      case "operatingSystem": product.operatingSystem = try json.text() ?? ""
      case "tenancy": product.tenancy = try json.text() ?? ""
      case "usagetype": product.usageType = try json.text() ?? ""
      case "preInstalledSw": product.software = try json.text()
      case "capacitystatus": product.capacityStatus = try json.text()
      case "marketoption": product.marketOption = try json.text()
      case "locationType": product.locationType = try json.text()
      default: try json.skip()
      }
    }

    private mutating func terms(_ json: inout JSONScanner) throws {
      try json.beginObject()
      while try json.nextKey() {
        let type = json.key
        try json.beginObject()
        while try json.nextKey() {
          guard let product = products[json.key] else {
            try json.skip()
            continue
          }
          let sku = json.key
          try json.beginObject()
          while try json.nextKey() {
            try term(&json, OfferFileRow(line: json.line, sku: sku, product: product), type)
          }
        }
      }
    }

    /// One term of a SKU; its dimensions may stand before what they are dimensions of.
    private mutating func term(_ json: inout JSONScanner, _ row: OfferFileRow, _ type: String)
      throws
    {
      for row in try rows(&json, row, type) { try book.take(row) }
    }

    /// The rows of one term, one a dimension of its price.
    func rows(
      _ json: inout JSONScanner, _ row: OfferFileRow, _ type: String
    ) throws -> [OfferFileRow] {
      var row = row
      row.term.type = type
      var dimensions: [OfferFileRow.Term] = []
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "offerTermCode": row.term.code = try json.text() ?? ""
        case "termAttributes":
          try json.beginObject()
          while try json.nextKey() { try termAttribute(&json, &row.term) }
        case "priceDimensions":
          try json.beginObject()
          while try json.nextKey() { dimensions.append(try dimension(&json)) }
        default: try json.skip()
        }
      }
      return dimensions.map { dimension in
        row.term.unit = dimension.unit
        row.term.price = dimension.price
        row.term.currency = dimension.currency
        return row
      }
    }

    private func termAttribute(
      _ json: inout JSONScanner, _ term: inout OfferFileRow.Term
    ) throws {
      switch json.key {
      case "LeaseContractLength": term.lease = try json.text() ?? ""
      case "PurchaseOption": term.option = try json.text() ?? ""
      case "OfferingClass": term.offeringClass = try json.text()
      default: try json.skip()
      }
    }

    private func dimension(_ json: inout JSONScanner) throws -> OfferFileRow.Term {
      var term = OfferFileRow.Term()
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "unit": term.unit = try json.text() ?? ""
        case "pricePerUnit":
          try json.beginObject()
          while try json.nextKey() {
            let currency = json.key
            let price = try json.text() ?? ""
            if term.currency != "USD" { (term.currency, term.price) = (currency, price) }
          }
        default: try json.skip()
        }
      }
      return term
    }

    mutating func finish(format: FeedFormat = .ec2JSON) -> FeedReading {
      if others > 0 {
        book.collector.pass(.other, "other instance types and services", "", line: 1, count: others)
      }
      return book.finish(format: format)
    }
  }
}
