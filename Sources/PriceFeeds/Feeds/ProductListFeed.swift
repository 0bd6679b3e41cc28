import Catalog

/// Reads the answer of `aws pricing get-products`: a list of documents, one a product, each a JSON text
/// within the JSON, or an object where they were unwrapped (`jq '.PriceList[] | fromjson'`).
struct ProductListFeed {
  let known: KnownInstances

  /// Reads one or more documents, one after the other.
  ///
  /// - Throws: `Fault` with the line where the text is cut off or mangled.
  func read(_ source: ByteSource) throws -> FeedReading {
    var json = JSONScanner(source)
    var reader = OfferFileJSON.Reader(
      known: known, book: OfferFileBook(fileName: source.name, suffix: "json"))
    var hasMore = false
    var count = 0
    repeat {
      switch try json.kind() {
      case .array: try Self.list(&json, &reader, &count)
      case .object:
        try json.beginObject()
        // An unwrapped product has its own keys at the top.
        hasMore = try Self.page(&json, &reader, &count)
      default: throw json.fault("an object or a list is expected")
      }
    } while try !json.isAtEnd()
    guard count > 0 else { throw json.fault("“PriceList” holds no product") }
    if hasMore { reader.book.collector.passFollowingPages(line: json.line) }
    reader.book.source = "aws pricing get-products --service-code AmazonEC2"
    return reader.finish(format: .getProducts)
  }

  private static func page(
    _ json: inout JSONScanner, _ reader: inout OfferFileJSON.Reader, _ count: inout Int
  ) throws -> Bool {
    var hasMore = false
    var product = ProductDocument()
    let line = json.line
    while try json.nextKey() {
      switch json.key {
      case "PriceList": try list(&json, &reader, &count)
      case "NextToken": hasMore = !(try json.text() ?? "").isEmpty
      default: try product.member(&json, &reader)
      }
    }
    if product.hasProduct {
      count += 1
      try product.finish(&reader, line: line)
    }
    return hasMore
  }

  private static func list(
    _ json: inout JSONScanner, _ reader: inout OfferFileJSON.Reader, _ count: inout Int
  ) throws {
    try json.beginArray()
    while try json.nextElement() {
      count += 1
      let line = json.line
      if try json.kind() == .string {
        _ = try json.text()
        let inner = ByteSource(
          name: json.source.name, windowBytes: max(64, json.token.count + 1),
          read: once(json.token))
        var document = JSONScanner(inner)
        do {
          try read(&document, &reader, line: line)
          guard try document.isAtEnd() else { throw document.fault("text follows the document") }
        } catch let fault as Fault {
          throw Fault(file: fault.file, line: line, column: "PriceList", message: fault.message)
        }
      } else {
        try read(&json, &reader, line: line)
      }
    }
  }

  private static func once(_ bytes: [UInt8]) -> (UnsafeMutableRawBufferPointer) -> Int {
    var rest = bytes[...]
    return { buffer in
      let taken = rest.prefix(buffer.count)
      buffer.copyBytes(from: taken)
      rest = rest.dropFirst(taken.count)
      return taken.count
    }
  }

  private static func read(
    _ json: inout JSONScanner, _ reader: inout OfferFileJSON.Reader, line: Int
  ) throws {
    var product = ProductDocument()
    try json.beginObject()
    while try json.nextKey() { try product.member(&json, &reader) }
    guard product.hasProduct else { throw json.fault("“product” is missing") }
    try product.finish(&reader, line: line)
  }
}

/// One product with its terms, whichever of them stands first.
private struct ProductDocument {
  var hasProduct = false
  private var sku = ""
  private var product = OfferFileRow.Product()
  private var rows: [OfferFileRow] = []
  private var service = "AmazonEC2"

  mutating func member(_ json: inout JSONScanner, _ reader: inout OfferFileJSON.Reader) throws {
    switch json.key {
    case "product":
      hasProduct = true
      try json.beginObject()
      while try json.nextKey() {
        switch json.key {
        case "sku": sku = try json.text() ?? ""
        case "attributes":
          var family = ""
          try json.beginObject()
          while try json.nextKey() { try reader.attribute(&json, &product, &family) }
        default: try json.skip()
        }
      }
    case "serviceCode": service = try json.text() ?? ""
    case "publicationDate":
      let line = json.line
      try reader.book.takePublicationDate(try json.text() ?? "", line: line)
    case "terms":
      try json.beginObject()
      while try json.nextKey() {
        let type = json.key
        try json.beginObject()
        while try json.nextKey() {
          rows += try reader.rows(&json, OfferFileRow(line: json.line), type)
        }
      }
    default: try json.skip()
    }
  }

  func finish(_ reader: inout OfferFileJSON.Reader, line: Int) throws {
    guard service == "AmazonEC2" else {
      return reader.book.collector.pass(
        .other, "products of other services than EC2", service, line: line)
    }
    guard reader.known.offer("aws", product.instance) != nil else {
      return reader.book.collector.pass(
        .other, "other instance types and services", product.instance, line: line)
    }
    for row in rows {
      var row = row
      (row.sku, row.product, row.line) = (sku, product, line)
      try reader.book.take(row)
    }
  }
}
