import Synchronization
import Throughput
import Workload

/// What throughput was found before, so that a plan with another budget or another deadline need not
/// search again. Holds only what pure functions gave: it changes how long a plan takes, never what
/// it says.
final class ThroughputMemory: Sendable {
  /// What estimates are of, beside the cluster and the size on the ladder.
  struct Subject: Hashable, Sendable {
    var accelerator: String
    var sequenceLength: Int
    /// Nil when sizes are those of the ladder.
    var architecture: TransformerArchitecture?
    var claims: [AppliedClaim]
  }

  /// What was found of a subject.
  struct Findings: Sendable {
    /// Before the scenario's own ranges.
    var estimates: [EstimateKey: Result<ThroughputEstimate, Infeasibility>] = [:]
    /// With the scenario's own ranges in `spreads`.
    var speeds = SpeedTables()
    var spreads: [String: SettledRange] = [:]

    /// The same for a scenario's own ranges.
    func with(_ spreads: [String: SettledRange]) -> Findings {
      guard spreads != self.spreads else { return self }
      return Findings(estimates: estimates, spreads: spreads)
    }
  }

  /// One cluster and one size.
  struct EstimateKey: Hashable, Sendable {
    var isClaimed: Bool
    var domain: Int?
    var scaleUp: Double?
    var scaleOut: Double?
    var chips: Int
    var slice: Int?
    /// Step of the ladder of sizes, or -1 for the one model that is given.
    var size: Int
    var batch: Int
  }

  private let known = Mutex([Subject: Findings]())

  /// Subjects kept: one a chip for each of a few questions.
  private static let limit = 200

  /// Takes out what is known of a subject, to be given back with `keep`; empty when nothing is.
  ///
  /// Out, so that they are added to without being copied.
  func take(_ subject: Subject) -> Findings {
    known.withLock { $0.removeValue(forKey: subject) ?? Findings() }
  }

  /// Keeps what is known of a subject in place of what was.
  func keep(_ findings: Findings, of subject: Subject) {
    known.withLock { known in
      if known.count >= Self.limit, known[subject] == nil { known.removeAll() }
      known[subject] = findings
    }
  }
}
