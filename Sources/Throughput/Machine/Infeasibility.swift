/// Why a job can't be trained on a machine, and what would change that.
public struct Infeasibility: Error, Hashable, Sendable {
  /// Machine-readable: `unknown_rate`, `memory`, `batch`, `layout`, `chips`, `input`.
  public var code: String
  /// One sentence for a person.
  public var message: String
  /// The limit that rules it out, in `unit`.
  public var limit: Double
  /// What would be needed, in `unit`.
  public var needed: Double
  public var unit: String
  /// The smallest change that brings it in, where one is known.
  public var nearestChange: String?

  public init(
    code: String, message: String, limit: Double, needed: Double, unit: String,
    nearestChange: String? = nil
  ) {
    self.code = code
    self.message = message
    self.limit = limit
    self.needed = needed
    self.unit = unit
    self.nearestChange = nearestChange
  }
}
