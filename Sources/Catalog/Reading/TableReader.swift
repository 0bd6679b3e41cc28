import Quantities

/// Reads a CSV text with a header into rows that can be asked for columns by name.
public struct TableReader {
  /// The file's name as shown in faults.
  public let file: String
  public private(set) var rows: [TableRow] = []
  public private(set) var faults: [Fault] = []

  /// Reads a whole table.
  ///
  /// - Parameters:
  ///   - file: the name shown in faults.
  ///   - bytes: the text, UTF-8, LF or CRLF, with or without byte-order mark.
  ///   - required: columns that must be in the header.
  ///   - optional: columns that may be; any other column is a fault, with the nearest known name.
  ///     Pass nil to accept and ignore any other column.
  ///   - bounds: of columns that hold numbers.
  ///   - names: by column, the names that a table before this one has.
  public init(
    file: String, bytes: some Sequence<UInt8>, required: [String], optional: [String]?,
    bounds: [String: Bounds] = [:], names: [String: KnownNames] = [:]
  ) {
    self.file = file
    var header: [String: Int]?
    var width = 0
    var parser = CSVParser()
    var rows: [TableRow] = []
    var faults: [Fault] = []
    func take(_ record: borrowing CSVParser.Record) {
      let line = record.line
      let texts = (0..<record.count).map { record.text($0) }
      guard let columns = header else {
        width = record.count
        header = Self.readHeader(texts, file: file, line: line, required, optional, &faults)
        return
      }
      guard record.count == width else {
        faults.append(
          Fault(
            file: file, line: line,
            message: "the line has \(record.count) fields; the header has \(width)"))
        return
      }
      rows.append(
        TableRow(
          file: file, line: line, columns: columns, texts: texts, bounds: bounds, names: names))
    }
    do {
      try parser.feed(bytes) { take($0) }
      try parser.finish { take($0) }
    } catch let error as CSVParser.SyntaxError {
      faults.append(Fault(file: file, line: error.line, message: error.message))
    } catch {
      faults.append(Fault(file: file, message: "\(error)"))
    }
    if header == nil && faults.isEmpty {
      faults.append(Fault(file: file, line: 1, message: "the file is empty; a header is expected"))
    }
    self.rows = rows
    self.faults = faults
  }

  private static func readHeader(
    _ names: [String], file: String, line: Int, _ required: [String], _ optional: [String]?,
    _ faults: inout [Fault]
  ) -> [String: Int] {
    var columns: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if columns[name] != nil {
        faults.append(
          Fault(file: file, line: line, column: name, message: "the column stands twice"))
      }
      columns[name] = index
      guard let optional, !required.contains(name), !optional.contains(name) else { continue }
      let near = NearMiss.closest(to: name, among: required + optional)
      let hint = near.map { "; did you mean \($0)?" } ?? ""
      faults.append(
        Fault(
          file: file, line: line, column: Magnitude.printable(name),
          message: "no such column is known\(hint)"))
    }
    for name in required where columns[name] == nil {
      faults.append(
        Fault(file: file, line: line, column: name, message: "the column is missing"))
    }
    return columns
  }
}
