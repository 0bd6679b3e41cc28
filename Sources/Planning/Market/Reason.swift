import Throughput

/// Why an option is out, with the limit, by how much, and what would bring it in.
public struct Reason: Hashable, Sendable {
  /// A word for machines: `over_budget`, `past_deadline`, `no_price`.
  public var code: String
  /// A sentence for people.
  public var message: String
  public var limit: Double?
  public var needed: Double?
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

extension Reason {
  /// A throughput engine's refusal as a reason.
  init(_ refusal: Infeasibility) {
    self.init(
      code: refusal.code, message: refusal.message, limit: refusal.limit, needed: refusal.needed,
      unit: refusal.unit, nearestChange: refusal.nearestChange ?? "")
  }
}
