/// A limit an offer or a quote puts in the way, by how much, and what would bring it in.
public struct Violation: Hashable, Sendable {
  /// A word for machines: `too_many_instances`, `slice_too_large`, `term_too_long`, `no_price`.
  public var code: String
  /// A sentence for people.
  public var message: String
  public var limit: Double?
  public var needed: Double?
  /// Of `limit` and `needed`; empty when they have none.
  public var unit: String
  /// The nearest change that would admit it; empty when none is known.
  public var nearestChange: String

  public init(
    code: String, message: String, limit: Double? = nil, needed: Double? = nil, unit: String = "",
    nearestChange: String = ""
  ) {
    self.code = code
    self.message = message
    self.limit = limit
    self.needed = needed
    self.unit = unit
    self.nearestChange = nearestChange
  }
}

/// All limits that stand against one quote, at least one.
public struct Violations: Error, Hashable, Sendable {
  public var all: [Violation]

  public init(_ all: [Violation]) {
    self.all = all
  }
}
