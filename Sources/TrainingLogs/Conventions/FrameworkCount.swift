import Catalog
import Workload

/// What a framework makes of a speed: the operations it counts and the peak it divides by.
public struct FrameworkCount: Sendable {
  public var framework: Framework
  /// Operations per token by its rule; nil where it has none, or none that can be undone.
  public var flopsPerToken: Double?
  /// Its rule in words, or why there is no count.
  public var rule: String
  /// FLOP/s of one of its devices that it divides by; nil when it knows none.
  public var devicePeak: Double?
  /// Devices on a chip as it counts them.
  public var devicesPerChip: Double

  /// - Parameters:
  ///   - model: its name tells NeMo AutoModel's listed families from the others.
  ///   - accelerator: an id of the catalogue.
  ///   - peakTeraflops: what the log itself says it divides by, a device.
  public init(
    _ framework: Framework, model: TransformerArchitecture, sequenceLength: Int,
    accelerator: String, peakTeraflops: Double? = nil
  ) {
    self.framework = framework
    devicesPerChip = framework.devicesPerChip(accelerator)
    let known = FrameworkPeaks.teraflops(framework, accelerator)
    devicePeak = (peakTeraflops ?? known).map { $0 * 1e12 }
    if framework == .nemoAutomodel, GenericFormula.applies(to: model.name) {
      flopsPerToken = GenericFormula.flopsPerToken(model, sequenceLength: sequenceLength)
      rule = "its formula for families it has none for: two feed-forward matrices, windows ignored"
      return
    }
    guard let found = framework.flopsRule else {
      flopsPerToken = nil
      rule = framework.whyNoCount
      return
    }
    flopsPerToken = found.flopsPerToken(model, sequenceLength: sequenceLength)
    rule = flopsPerToken == nil ? "it does not count such layers rightly" : found.words
  }

  /// TFLOP/s of a device as it would print them, of a rate a chip.
  public func deviceTeraflops(tokensPerSecondPerChip rate: Double) -> Double? {
    flopsPerToken.map { rate / devicesPerChip * $0 / 1e12 }
  }

  /// The MFU it would print, as a share; nil when it prints none for this chip or model.
  public func utilization(tokensPerSecondPerChip rate: Double) -> Double? {
    guard framework.printsUtilization, let devicePeak, let flopsPerToken else { return nil }
    return rate / devicesPerChip * flopsPerToken / devicePeak
  }

  /// Tokens a second and chip from TFLOP/s of a device.
  func rate(deviceTeraflops: Double) -> Double? {
    flopsPerToken.map { deviceTeraflops * 1e12 / $0 * devicesPerChip }
  }

  /// Tokens a second and chip from an MFU, a share.
  func rate(utilization: Double) -> Double? {
    guard let devicePeak else { return nil }
    return rate(deviceTeraflops: utilization * devicePeak / 1e12)
  }
}

extension Framework {
  /// The rule it counts by; nil when it counts none that is the work done.
  public var flopsRule: FlopsRule? {
    switch self {
    case .torchtitan:
      FlopsRule(
        attention: .full, windows: .ignored, countsVectors: true,
        words: "attention in full, windows ignored, norms and biases counted")
    case .megatron:
      FlopsRule(
        windows: .ignored, countsRouters: false, vocabularyMultiple: 128,
        words: "causal half of attention, windows ignored, head at the padded vocabulary, no router"
      )
    case .megatronBridge:
      FlopsRule(
        countsRouters: false, vocabularyMultiple: 128,
        words:
          "causal half of attention, windows honoured, head at the padded vocabulary, no router")
    case .nemoAutomodel:
      FlopsRule(
        countsRouters: false, countsOneSharedExpert: true,
        words: "causal half of attention, windows honoured, no router, one shared expert at most")
    case .maxtext: FlopsRule()
    case .verl:
      FlopsRule(
        windows: .half, countsLookUp: true,
        words: "causal half of attention, embedding look-up counted as a product")
    case .litgpt:
      FlopsRule(
        attention: .full, windows: .ignored, knowsMixtures: false,
        words: "attention in full, windows ignored")
    case .nanotron:
      FlopsRule(
        attention: .full, windows: .ignored, knowsMixtures: false, dividesHeads: true,
        words: "attention in full, windows ignored, heads of hidden size over heads")
    case .deepspeed:
      FlopsRule(
        attention: .full, windows: .ignored, knowsMixtures: false,
        words: "attention in full, windows ignored, backward taken as twice forward")
    case .transformers, .msSwift, .axolotl, .llamaFactory, .levanter, .mlperf: nil
    }
  }

  /// Why it has no rule.
  var whyNoCount: String {
    switch self {
    case .transformers, .msSwift:
      "its total_flos leaves attention out and counts every expert: not the work done"
    case .axolotl, .llamaFactory, .levanter, .mlperf: "it counts no operations of its own"
    default: ""
    }
  }
}

/// The peaks that frameworks divide by, from `framework-peaks.csv`.
enum FrameworkPeaks {
  /// Dense TFLOP/s of one device; nil when the framework knows none for the chip.
  static func teraflops(_ framework: Framework, _ accelerator: String) -> Double? {
    known["\(framework.rawValue)/\(accelerator)"]
  }

  private static let known: [String: Double] = {
    let text = EmbeddedTables.files.first { $0.name == "framework-peaks.csv" }?.text ?? ""
    let table = TableReader(
      file: "framework-peaks.csv", bytes: text.utf8,
      required: ["framework", "version", "accelerator", "device", "peak_teraflops", "note"],
      optional: [])
    var peaks: [String: Double] = [:]
    for var row in table.rows {
      peaks["\(row.text("framework"))/\(row.text("accelerator"))"] = row.number("peak_teraflops")
    }
    return peaks
  }()
}
