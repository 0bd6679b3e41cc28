import Quantities
import Catalog

/// What a training step takes on a machine.
public struct ThroughputEstimate: Sendable {
  public var strategy: ParallelismStrategy
  public var chips: Int
  /// Seconds of one optimizer step, the middle estimate.
  public var stepSeconds: Double
  public var tokensPerSecondPerChip: Percentiles
  /// As `tokensPerSecondPerChip`, before any lag of a team behind tuned software.
  public var tunedTokensPerSecondPerChip: Percentiles
  /// Operations of the model, causal attention, nothing recomputed, over the dense peak of the
  /// precision in use.
  public var modelFlopsUtilization: Percentiles
  /// As the middle of `modelFlopsUtilization`, with the recomputed operations counted.
  public var hardwareFlopsUtilization: Double
  /// GiB per chip by purpose; their sum is what the chip needs.
  public var memoryGiB: [NamedPart]
  /// Seconds by cause; they sum to `stepSeconds`.
  public var breakdown: [NamedPart]
  /// Whether no published run on this generation of accelerator was there to calibrate on.
  public var isExtrapolated: Bool
  /// Axes of the strategy, such as `tensor`, that are wider than in any published run on this kind
  /// of accelerator: there the model has nothing to be held against.
  public var beyondPublished: [String]
  /// B where published runs on the accelerator's generation calibrate the model, else D.
  public var evidence: EvidenceGrade
  /// Share of a run's hours that trains at the steady rate: what restarts, checkpoints, evaluation
  /// and ramp-up leave, from published whole runs, for a run of 10¹² tokens until
  /// `ThroughputModel.estimate(_:forTokens:)` says otherwise. Failures are part of it, so it must
  /// never be multiplied with a failure model.
  public var goodput: Percentiles
  /// Tokens of the run that the goodput is for.
  public var goodputTokens = ThroughputModel.usualTokens
  /// Strategies looked at to find this one.
  public var strategiesEvaluated: Int
  /// What trains.
  public var software: SoftwareStack
  /// What is doubtful about the strategy, in sentences.
  public var warnings: [String] = []

  /// GiB that one chip needs.
  public var memoryNeededGiB: Double { memoryGiB.reduce(0) { $0 + $1.value } }
}
