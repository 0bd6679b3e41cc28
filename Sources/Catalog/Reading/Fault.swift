/// One thing wrong in a file, with its place and what is expected there.
public struct Fault: Error, Hashable, CustomStringConvertible, Sendable {
  public var file: String
  /// From 1; nil when the fault is of the file as a whole.
  public var line: Int?
  /// The column's name; nil when the fault is of the line as a whole.
  public var column: String?
  /// What is wrong and what is expected.
  public var message: String

  public init(file: String, line: Int? = nil, column: String? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line: column: message`.
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ": \(column)" }
    return text + ": " + message
  }
}

/// Every fault found in the files of one reading; a bad file is reported whole, not one at a time.
public struct FaultList: Error, CustomStringConvertible, Sendable {
  public var faults: [Fault]

  public init(_ faults: [Fault]) {
    self.faults = faults
  }

  /// One line a fault.
  public var description: String {
    faults.map(\.description).joined(separator: "\n")
  }
}

/// A file or folder that was named and isn't there.
public struct MissingFile: Error, CustomStringConvertible, Sendable {
  public var path: String
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}
