import Catalog

/// What the step-time model learns from published runs. The fit moves their logarithms, so that
/// all of them stay positive.
struct StepParameters: Hashable, Sendable {
  /// Share of the dense peak that large 16-bit matrix products reach, by kind of accelerator.
  var matmulEfficiencyGPU = 0.88
  var matmulEfficiencyTPU = 0.95
  var matmulEfficiencyTrainium = 0.55
  /// Of the generation, relative to its kind.
  var generationRatio = 1.0
  /// Memory traffic of matrix products not hidden behind arithmetic, in operand sizes.
  var matmulTrafficGPU = 0.60
  var matmulTrafficXLA = 0.45
  /// Edge of the tile over which operands are read again.
  var matmulTileEdgeGPU = 600.0
  var matmulTileEdgeXLA = 2000.0
  /// Seconds that a GPU's processor waits at the start of each tile of a product for its operands,
  /// about one memory latency; it tells where the inner dimension is short.
  var tileSeconds = 0.0
  /// Traffic of norms, activations and residuals over its least possible: unfused kernels (before
  /// 2023), fused ones, fully sharded data parallelism, compiled ones (TPU and Trainium).
  var vectorTrafficUnfused = 1.3
  var vectorTrafficGPU = 1.0
  var vectorTrafficFSDP = 1.4
  var vectorTrafficXLA = 0.6
  /// Share of the peak that core attention reaches.
  var attentionEfficiencyGPU = 0.45
  var attentionEfficiencyXLA = 0.45
  /// Share of tensor-parallel transfers that arithmetic doesn't hide.
  var tensorExposureGPU = 0.7
  var tensorExposureXLA = 0.5
  /// Step time lost per doubling of the chips beyond 8.
  var straggler = 0.008
  /// Step time lost per doubling of TPU slices.
  var sliceStraggler = 0.012
  /// Share of transfers between TPU slices that arithmetic doesn't hide.
  var sliceExposure = 0.3
  /// Launch overhead per layer and pass, seconds.
  var launchSeconds = 40e-6
  /// Passes over the routed tokens that routing and permutation take.
  var routingTrafficGPU = 200.0
  var routingTrafficXLA = 300.0
  /// Fixed time of routing per layer and micro-batch for 64 experts, seconds.
  var routingSeconds = 2e-3
  /// Efficiency of 8-bit matrix products relative to 16-bit ones.
  var fp8Ratio = 0.85
  /// Share of the forward pass that compilers compute again under selective recomputation.
  var rematerialization = 0.5
  /// Share of the scale-out network's rate that collectives reach.
  var scaleOutEfficiency = 0.6
  /// Hours of a whole run of 10¹² tokens over those at the steady rate.
  var runFactor = 1.25
  /// How that factor falls as a run gets longer: with this power of its tokens.
  var runTokensExponent = 0.05
  /// Step time under a layout of our choosing over the published run's.
  var searchFactor = 1.0

  /// Share of the scale-up network's rate that collectives reach; fixed, since the data can't tell
  /// it from the exposure of transfers.
  static let scaleUpEfficiency = 0.80

  /// Least factor: runs that tell both their steady rate and their hours lose 1 to 11 %
  /// (BloombergGPT, BLOOM; `published-runs.csv`).
  static let leastRunFactor = 1.03

  /// Hours of a whole run over those at the steady rate. A long run spreads its starts, ramp-ups and
  /// first faults over more work, and is worth more tuning before it starts.
  ///
  /// - Parameter tokens: of the run; below 10¹⁰ it counts as that, where no published run lies.
  func runFactor(tokens: Double) -> Double {
    let trillions = max(1e10, tokens) / 1e12
    return max(
      Self.leastRunFactor, runFactor * Elementary.power(trillions, -runTokensExponent))
  }

  /// Share of the peak that matrix products reach.
  func matmulEfficiency(_ kind: AcceleratorKind) -> Double {
    switch kind {
    case .gpu: min(0.99, matmulEfficiencyGPU * generationRatio)
    case .tpu: min(0.99, matmulEfficiencyTPU * generationRatio)
    case .trainium: min(0.99, matmulEfficiencyTrainium * generationRatio)
    }
  }

  /// The parameters by name, in the order of the calibration table.
  static let fields: [(name: String, path: WritableKeyPath<StepParameters, Double> & Sendable)] = [
    ("matmul_efficiency_gpu", \.matmulEfficiencyGPU),
    ("matmul_efficiency_tpu", \.matmulEfficiencyTPU),
    ("matmul_efficiency_trainium", \.matmulEfficiencyTrainium),
    ("matmul_traffic_gpu", \.matmulTrafficGPU),
    ("matmul_traffic_xla", \.matmulTrafficXLA),
    ("matmul_tile_edge_gpu", \.matmulTileEdgeGPU),
    ("matmul_tile_edge_xla", \.matmulTileEdgeXLA),
    ("tile_seconds", \.tileSeconds),
    ("vector_traffic_unfused", \.vectorTrafficUnfused),
    ("vector_traffic_gpu", \.vectorTrafficGPU),
    ("vector_traffic_fsdp", \.vectorTrafficFSDP),
    ("vector_traffic_xla", \.vectorTrafficXLA),
    ("attention_efficiency_gpu", \.attentionEfficiencyGPU),
    ("attention_efficiency_xla", \.attentionEfficiencyXLA),
    ("tensor_exposure_gpu", \.tensorExposureGPU),
    ("tensor_exposure_xla", \.tensorExposureXLA),
    ("straggler", \.straggler),
    ("slice_straggler", \.sliceStraggler),
    ("slice_exposure", \.sliceExposure),
    ("launch_seconds", \.launchSeconds),
    ("routing_traffic_gpu", \.routingTrafficGPU),
    ("routing_traffic_xla", \.routingTrafficXLA),
    ("routing_seconds", \.routingSeconds),
    ("fp8_ratio", \.fp8Ratio),
    ("rematerialization", \.rematerialization),
    ("scale_out_efficiency", \.scaleOutEfficiency),
    ("run_factor", \.runFactor),
    ("run_tokens_exponent", \.runTokensExponent),
    ("search_factor", \.searchFactor),
  ]
}
