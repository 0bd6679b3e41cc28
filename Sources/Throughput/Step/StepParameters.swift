/// The fitted and assumed constants of the step-time model, flat for the hot loops.
///
/// Values and priors stand in `calibration.csv`; the defaults here are the priors. Shares are of rates
/// of the catalogue or of measured kernels (`kernel-curves.csv`); exposures are shares of a transfer
/// that nothing hides.
struct StepParameters: Hashable, Sendable {
  /// Share of a measured forward kernel's rate that products keep in training, by format: heat, data
  /// gradients and weight gradients.
  var product16 = 0.90
  var product8 = 0.90
  var productBlock8 = 0.90
  var product4 = 0.88
  /// The same for AMD in 8 and 4 bits, and for XLA chips in 8.
  var amd8 = 0.90
  var amd4 = 0.85
  var xla8 = 0.90
  /// The chip's own factor on all products; of its row in `calibration.csv`.
  var chip = 1.0
  /// Core attention forward and backward over the forward kernel's rate, and factors on it: Blackwell;
  /// kernels of June 2026 on; PyTorch on Hopper before 2025.
  var attention = 0.67
  var attentionBlackwell = 0.80
  var attentionNewest = 1.5
  var attentionBefore2025 = 0.56
  /// Share of the 16-bit peak that attention reaches on AMD and on XLA chips.
  var attentionAMD = 0.35
  var attentionXLA = 0.45
  /// Power of head width over 128 that narrower heads' rate on XLA chips goes with.
  var narrowHeadsXLA = 1.5
  /// Bytes moved by elementwise operations over their estimate.
  var elementwiseFused = 1.1
  var elementwiseSharded = 1.4
  var elementwiseXLA = 0.7
  var elementwiseUnfused = 1.1
  /// Time of a scan over its estimate: Mamba-2; gated linear attention.
  var scanMamba = 5.0
  var scanLinear = 3.0
  /// Bytes of casts over four an element, and that factor again in 4 bits.
  var casts = 1.0
  var casts4 = 1.5
  /// Passes over the visited tokens that permutation takes; XLA; factors of older software and AMD.
  var permutation = 18.0
  var permutationXLA = 50.0
  var permutationOlder = 1.7
  var permutationAMD = 2.0
  /// Bytes more per activation of experts with biases and clamped activations, and newer kernels'
  /// share of them.
  var biasedBytes = 350.0
  var biasedNewest = 0.5
  /// Share of a grouped product's rate on TPU.
  var groupedXLA = 0.75
  /// Seconds that the host takes to launch a mixture layer beside Grace, factors on it: x86; AMD;
  /// software of June 2026 on; seconds of any other layer; share left when launches are captured.
  var hostMixture = 3e-3
  var hostX86 = 2.0
  var hostAMD = 2.4
  var hostNewest = 0.8
  var hostLayer = 4e-4
  var hostCaptured = 0.25
  /// Exposed share of transfers of tensor, pipeline and context parallelism.
  var exposureGPU = 0.6
  var exposureXLA = 0.53
  /// Share of the networks' rates that collectives reach.
  var scaleUpShare = 0.78
  var scaleOutShare = 0.80
  /// Exposed share of experts' traffic between domains.
  var expertExposure = 0.6
  /// Exposed share of the output head on the last stage.
  var headExposure = 0.6
  /// Time of data-parallel traffic over its estimate.
  var dataTraffic = 0.9
  /// Seconds of one collective whatever it carries.
  var collectiveSeconds = 1e-5
  /// Share of a forward pass that PyTorch's and XLA's selective recomputation repeats.
  var repeatedTorch = 0.37
  var repeatedXLA = 0.55
  /// Seconds at the ends of a step; of tuned software.
  var stepSeconds = 0.025
  var stepSecondsTuned = 0.010
  /// Share lost per doubling of chips beyond 8; per doubling of TPU slices.
  var straggler = 0.01
  var sliceStraggler = 0.02
  /// Exposed share of traffic between slices.
  var sliceExposure = 0.3
  /// The software's factor on computed work; of `software.csv`, or fitted.
  var slowness = 1.0
  /// Hours of a well-run job over those of its steps: restarts, checkpoints, evaluation, ramp-up.
  var runHours = 1.08
  /// Hours of a published whole run of 10¹² tokens over those at the model's steady rate: `runHours`,
  /// and how far its team stayed behind tuned software.
  var runFactor = 1.4
  /// How that factor falls as a run gets longer: with this power of its tokens.
  var runTokensExponent = 0.05
  /// Step time under a layout of our choosing over the published run's.
  var searchFactor = 1.0

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

  /// The parameters by name, in the order of the calibration table.
  static let fields: [(name: String, path: WritableKeyPath<StepParameters, Double> & Sendable)] = [
    ("product_16", \.product16), ("product_8", \.product8),
    ("product_block_8", \.productBlock8), ("product_4", \.product4), ("amd_8", \.amd8),
    ("amd_4", \.amd4), ("xla_8", \.xla8), ("attention", \.attention),
    ("attention_blackwell", \.attentionBlackwell), ("attention_newest", \.attentionNewest),
    ("attention_before_2025", \.attentionBefore2025), ("attention_amd", \.attentionAMD),
    ("attention_xla", \.attentionXLA), ("narrow_heads_xla", \.narrowHeadsXLA),
    ("elementwise_fused", \.elementwiseFused), ("elementwise_sharded", \.elementwiseSharded),
    ("elementwise_xla", \.elementwiseXLA), ("elementwise_unfused", \.elementwiseUnfused),
    ("scan_mamba", \.scanMamba), ("scan_linear", \.scanLinear), ("casts", \.casts),
    ("casts_4", \.casts4), ("permutation", \.permutation),
    ("permutation_xla", \.permutationXLA), ("permutation_older", \.permutationOlder),
    ("permutation_amd", \.permutationAMD), ("biased_bytes", \.biasedBytes),
    ("biased_newest", \.biasedNewest), ("grouped_xla", \.groupedXLA),
    ("host_mixture", \.hostMixture), ("host_x86", \.hostX86), ("host_amd", \.hostAMD),
    ("host_newest", \.hostNewest), ("host_layer", \.hostLayer),
    ("host_captured", \.hostCaptured), ("exposure_gpu", \.exposureGPU),
    ("exposure_xla", \.exposureXLA), ("scale_up_share", \.scaleUpShare),
    ("scale_out_share", \.scaleOutShare), ("expert_exposure", \.expertExposure),
    ("head_exposure", \.headExposure), ("data_traffic", \.dataTraffic),
    ("collective_seconds", \.collectiveSeconds), ("repeated_torch", \.repeatedTorch),
    ("repeated_xla", \.repeatedXLA), ("step_seconds", \.stepSeconds),
    ("step_seconds_tuned", \.stepSecondsTuned), ("straggler", \.straggler),
    ("slice_straggler", \.sliceStraggler), ("slice_exposure", \.sliceExposure),
    ("run_hours", \.runHours), ("run_factor", \.runFactor),
    ("run_tokens_exponent", \.runTokensExponent),
    ("search_factor", \.searchFactor),
  ]
}
