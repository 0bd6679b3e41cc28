import Catalog
import Quantities

/// An object of a model's configuration, asked for its keys; what is missing or of the wrong kind is
/// a fault that names the key, its line and what is expected.
struct ConfigurationObject {
  let file: String
  let position: TextPosition
  private let members: [JSONMember]

  /// - Throws: `Fault` when the node is no object.
  init(_ node: JSONNode, file: String) throws(Fault) {
    guard case .object(let members) = node.value else {
      throw Fault(
        file: file, line: node.position.line,
        message: "\(node.kind) stands where an object with the model's configuration is expected")
    }
    self.file = file
    self.position = node.position
    self.members = members
  }

  /// The value of the first of several keys that is there and not null.
  func node(_ keys: [String]) -> (key: String, node: JSONNode)? {
    for key in keys {
      if let member = members.first(where: { $0.key == key }), member.node.value != .null {
        return (key, member.node)
      }
    }
    return nil
  }

  func fault(_ key: String, _ message: String) -> Fault {
    let line = node([key])?.node.position.line ?? position.line
    return Fault(file: file, line: line, column: key, message: message)
  }

  /// A whole number under one of several keys, or nil when none is there.
  func optional(
    _ keys: String..., in range: ClosedRange<Int> = Self.sizes
  ) throws(Fault) -> Int? {
    try whole(keys, range)
  }

  /// A whole number that must be there under one of several keys.
  func required(
    _ keys: String..., in range: ClosedRange<Int> = Self.sizes
  ) throws(Fault) -> Int {
    if let value = try whole(keys, range) { return value }
    let bounds = "a whole number from \(range.lowerBound) to \(range.upperBound) is expected"
    let others = keys.dropFirst().joined(separator: " or ")
    let hint = others.isEmpty ? nearMiss(keys[0]) : " (or \(others))"
    throw Fault(
      file: file, line: position.line, column: keys[0], message: "is missing\(hint); \(bounds)")
  }

  /// Sizes small enough that no product of a model's sizes overflows.
  static let sizes = 1...1_000_000

  private func whole(_ keys: [String], _ range: ClosedRange<Int>) throws(Fault) -> Int? {
    guard let (key, node) = node(keys) else { return nil }
    guard case .number(let text) = node.value, let value = Int(text) else {
      throw fault(
        key, "\(shown(node)) is not a whole number; \(range.lowerBound) or more is expected")
    }
    guard range.contains(value) else {
      throw fault(key, "\(value) is outside \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private func shown(_ node: JSONNode) -> String {
    guard case .string(let text) = node.value else { return node.kind }
    return "“\(Magnitude.printable(text))”"
  }

  private func nearMiss(_ key: String) -> String {
    let near = NearMiss.closest(to: key, among: members.map(\.key))
    return near.map { " (the nearest key there is \(Magnitude.printable($0)))" } ?? ""
  }

  /// True or false under a key, or the default.
  func flag(_ key: String, default fallback: Bool) throws(Fault) -> Bool {
    guard let (_, node) = node([key]) else { return fallback }
    guard case .boolean(let value) = node.value else {
      throw fault(key, "\(shown(node)) is neither true nor false")
    }
    return value
  }

  /// A text under a key, or nil.
  func text(_ key: String) throws(Fault) -> String? {
    guard let (_, node) = node([key]) else { return nil }
    guard case .string(let value) = node.value else {
      throw fault(key, "\(shown(node)) is not a text")
    }
    return value
  }

  /// An object under a key, or nil.
  func object(_ key: String) throws(Fault) -> ConfigurationObject? {
    guard let (_, node) = node([key]) else { return nil }
    return try ConfigurationObject(node, file: file)
  }

  /// An array under a key, or nil.
  func array(_ key: String) throws(Fault) -> [JSONNode]? {
    guard let (_, node) = node([key]) else { return nil }
    guard case .array(let values) = node.value else {
      throw fault(key, "\(shown(node)) is not an array")
    }
    return values
  }
}
