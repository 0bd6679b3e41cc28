/// Whether a quoted server can be bought.
public enum QuoteStatus: String, CaseIterable, Sendable {
  case available, used, announced, unpriced, other
}

/// A priced server to buy.
public struct ServerQuote: Hashable, Identifiable, Sendable {
  public var id: String
  public var accelerator: String
  /// Chips in one server (or rack, when sold by the rack).
  public var chips: Int
  public var name: String
  /// US dollars for one server.
  public var capex: Interval
  /// Largest electrical draw of one server, kW.
  public var serverKilowattsMax: Double?
  /// `yes`, `no` or `part`; empty when unknown.
  public var includesNetwork: String
  public var leadTimeWeeks: Double?
  public var rackNote: String
  public var status: QuoteStatus
  public var reason: String
  public var provenance: Provenance
  /// What a quote says beside its price.
  public var terms = SellerTerms.unsaid

  /// US dollars for one chip with its share of the server.
  public var usdPerChip: Double? { capex.central.map { $0 / Double(chips) } }
}

/// One parameter of owning hardware: a price, a ratio or a rate, for one scope.
public struct OwnershipParameter: Hashable, Identifiable, Sendable {
  /// `parameter/scope`.
  public var id: String
  public var parameter: String
  public var scope: String
  public var unit: String
  public var value: Interval
  public var provenance: Provenance
}

/// What a service around the accelerators costs: processors, storage, transfer, support.
public struct ServicePrice: Hashable, Identifiable, Sendable {
  public var id: String
  public var provider: String
  public var category: String
  public var name: String
  public var region: String
  public var unit: String
  public var value: Interval
  public var provenance: Provenance
}

/// Somebody's published statement about an accelerator, applied only as a named hypothesis.
public struct Claim: Hashable, Identifiable, Sendable {
  public var id: String
  public var claimant: String
  public var date: String
  public var subject: String
  public var baseline: String
  public var metric: String
  public var value: Interval
  /// The route it speaks of; empty when it is not about pretraining on a route.
  public var route: String
  public var accelerator: String
  /// Whether the claimant has no stake in it.
  public var independent: Bool
  public var wording: String
  public var provenance: Provenance
}

/// What runs of one's own showed of an accelerator against the step-time model.
public struct MeasuredThroughput: Hashable, Identifiable, Sendable {
  /// The accelerator's id.
  public var id: String
  /// Measured speed over the model's, the middle of the runs.
  public var speedRatio: Double
  /// Standard deviation of the logarithm of the next run's ratio.
  public var logDeviation: Double
  /// Runs it rests on.
  public var runs: Int
  public var provenance: Provenance

  public init(
    id: String, speedRatio: Double, logDeviation: Double, runs: Int, provenance: Provenance
  ) {
    self.id = id
    self.speedRatio = speedRatio
    self.logDeviation = logDeviation
    self.runs = runs
    self.provenance = provenance
  }
}
