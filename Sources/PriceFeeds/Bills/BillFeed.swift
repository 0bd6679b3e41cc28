import Catalog
import Quantities

/// Reads a bill of any length in one pass, keeping sums by day and nothing else.
public struct BillFeed {
  private let filter: BillFilter
  private let map: BillMap?
  /// Names of the plan's terms, which the product's own forecast writes.
  private let terms: [String]

  /// - Parameters:
  ///   - filter: which charges are of the run.
  ///   - map: the plan's terms of charges; nil leaves terms untold.
  ///   - terms: names of the plan's terms.
  public init(filter: BillFilter = BillFilter(), map: BillMap? = nil, terms: [String] = []) {
    self.filter = filter
    self.map = map
    self.terms = terms
  }

  /// Reads a whole stream, packed by gzip or not.
  ///
  /// - Throws: `Fault` with line and column where it is cut off, mangled, in another currency, or of no
  ///   known layout.
  public func read(_ stream: ByteSource) throws -> BillReading {
    let source = try Gunzip.unpacking(stream)
    guard let format = try BillFormat.recognise(source) else {
      throw Fault(
        file: source.name, line: 1,
        message: "is no bill that is known: "
          + BillFormat.allCases.map(\.title).joined(separator: ", "))
    }
    var scanner = RecordScanner(
      source, separator: format == .sacct ? UInt8(ascii: "|") : UInt8(ascii: ","))
    guard try scanner.next() else { throw Fault(file: source.name, line: 1, message: "is empty") }
    let columns = BillColumns((0..<scanner.count).map { scanner.text($0) })
    var charges = try ChargeReader(format, columns, filter: filter, map: map, terms: terms, scanner)
    while try scanner.next() {
      guard scanner.count == columns.width else {
        throw scanner.fault(
          "the line has \(scanner.count) fields; the header has \(columns.width): the file is cut off "
            + "or mangled")
      }
      try charges.take(scanner)
    }
    return try charges.finished(source.name)
  }
}
