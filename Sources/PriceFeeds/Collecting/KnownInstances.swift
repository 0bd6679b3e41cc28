import Catalog

/// What the catalogue knows how to plan with: instances by provider and name.
struct KnownInstances {
  private let byName: [String: [Offer]]
  private let byID: [String: Offer]

  init(_ catalog: Catalog) {
    byName = Dictionary(grouping: catalog.offers) { "\($0.provider)/\($0.instance)" }
    byID = Dictionary(catalog.offers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The offer with an id, `provider/instance/region/purchase`.
  subscript(_ id: String) -> Offer? { byID[id] }

  /// An offer of the instance, to copy its chips from; nil when the catalogue doesn't know it.
  func offer(_ provider: String, _ instance: String) -> Offer? {
    byName["\(provider)/\(instance)"]?.first
  }

  /// Whether the catalogue has offers of a provider.
  func isProvider(_ name: String) -> Bool {
    byName.keys.contains { $0.hasPrefix(name + "/") }
  }

  /// The catalogue's offers of the instance.
  func offers(_ provider: String, _ instance: String) -> [Offer] {
    byName["\(provider)/\(instance)"] ?? []
  }

  /// Names of a provider's instances, for comparing bytes with.
  func names(of provider: String) -> ByteNames {
    let prefix = provider + "/"
    return ByteNames(
      byName.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
  }
}

/// A small set of names that bytes are looked up in without making text of them.
struct ByteNames {
  /// By length, since most strangers have a length that no name has.
  private let byLength: [[(bytes: [UInt8], name: String)]]

  init(_ names: some Sequence<String>) {
    var byLength = [[(bytes: [UInt8], name: String)]](repeating: [], count: 64)
    for name in names where name.utf8.count < 64 {
      byLength[name.utf8.count].append((Array(name.utf8), name))
    }
    self.byLength = byLength
  }

  /// The name that the bytes spell, or nil.
  func name(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard bytes.count < 64 else { return nil }
    for candidate in byLength[bytes.count] where candidate.bytes.elementsEqual(bytes) {
      return candidate.name
    }
    return nil
  }
}
