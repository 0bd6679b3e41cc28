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
    var precision: Precision?
    var software: GivenSoftware?
    var curriculum: [CurriculumPhase] = []
    /// Which shapes are chosen from; empty where the model is given.
    var shapes = ""
  }

  /// What was found of a subject.
  struct Findings: Sendable {
    /// Before the scenario's own ranges.
    var estimates: [EstimateKey: Result<ThroughputEstimate, Infeasibility>] = [:]
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
