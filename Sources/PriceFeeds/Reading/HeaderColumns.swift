import Catalog
import Quantities

/// Where the columns of a price list stand, looked up by name because their order changes.
struct HeaderColumns {
  let width: Int
  private let indices: [String: Int]

  /// Reads the header that the scanner stands on.
  ///
  /// - Throws: `Fault` when a required column is missing.
  init(_ scanner: RecordScanner, required: [String]) throws {
    var indices: [String: Int] = [:]
    for index in 0..<scanner.count { indices[scanner.text(index)] = index }
    self.indices = indices
    width = scanner.count
    for name in required where indices[name] == nil {
      throw scanner.fault("the column is missing", column: name)
    }
  }

  /// A column's place, or nil when the file hasn't it.
  subscript(_ name: String) -> Int? { indices[name] }

  /// A required column's place.
  func required(_ name: String) -> Int { indices[name] ?? 0 }

  /// The current record's text in a column; empty when the file hasn't the column.
  func text(_ name: String, in scanner: RecordScanner) -> String {
    indices[name].map { scanner.text($0) } ?? ""
  }

  /// Checks that the current record is as wide as the header.
  ///
  /// - Throws: `Fault`, since a shorter or longer line means that the file is cut off or mangled.
  func check(_ scanner: RecordScanner) throws {
    guard scanner.count == width else {
      throw scanner.fault(
        "the line has \(scanner.count) fields; the header has \(width): the file is cut off or "
          + "mangled")
    }
  }
}
