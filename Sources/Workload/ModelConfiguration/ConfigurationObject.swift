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

  /// Names of all keys, in order.
  var keys: [String] { members.map(\.key) }

  /// The value of a key, null counting.
  func member(_ key: String) -> JSONNode? { members.first { $0.key == key }?.node }

  /// The value of the first of several keys that is there and not null.
  func node(_ keys: [String]) -> (key: String, node: JSONNode)? {
    for key in keys {
      if let member = members.first(where: { $0.key == key }), member.node.value != .null {
        return (key, member.node)
      }
    }
    return nil
  }

  /// - Parameter item: where in the key's value the fault is, when that is an array.
  func fault(_ key: String, _ message: String, at item: JSONNode? = nil) -> Fault {
    let line = (item ?? member(key))?.position.line ?? position.line
    return Fault(file: file, line: line, column: key, message: message)
  }

  func notWhole(_ key: String, _ range: ClosedRange<Int>) -> Fault {
    let found = member(key).map(shown) ?? "what stands there"
    return fault(key, "\(found) is not a whole number; \(range.lowerBound) or more is expected")
  }

  func notFlag(_ key: String) -> Fault {
    fault(key, "\(member(key).map(shown) ?? "what stands there") is neither true nor false")
  }

  /// That none of several names of a size is there.
  func missing(_ names: [String], in range: ClosedRange<Int>) -> Fault {
    let bounds = "a whole number from \(range.lowerBound) to \(range.upperBound) is expected"
    let others = names.dropFirst().prefix(3).joined(separator: " or ")
    let near = nearMiss(names[0])
    let hint = near.isEmpty && !others.isEmpty ? " (or \(others))" : near
    return Fault(
      file: file, line: position.line, column: names[0], message: "is missing\(hint); \(bounds)")
  }

  /// Sizes small enough that no product of a model's sizes overflows.
  static let sizes = 1...1_000_000

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
