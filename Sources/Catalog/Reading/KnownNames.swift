import Quantities

/// The names that a column had before a user's own table is read, so that the user's are understood as
/// the same however they are written.
public struct KnownNames: Sendable {
  /// What of a name that is new and one letter or two from a known one.
  public enum Newcomers: Sendable {
    case welcome, doubted, refused
  }

  private var spellings: [String: String] = [:]
  let newcomers: Newcomers

  init(_ names: some Sequence<String>, newcomers: Newcomers = .welcome) {
    self.newcomers = newcomers
    for name in names where !name.isEmpty { spellings[name.lowercased()] = name }
  }

  /// A name as the known table spells it; nil when that hasn't it.
  func spelling(of name: String) -> String? { spellings[name.lowercased()] }

  /// The known name that a new one was probably meant to be.
  func near(_ name: String) -> String? {
    guard newcomers != .welcome else { return nil }
    return NearMiss.closest(to: name, among: spellings.values.sorted())
  }
}
