/// Software that trains and prints how fast it does.
public enum Framework: String, CaseIterable, Sendable {
  case torchtitan
  case megatron
  case megatronBridge = "megatron-bridge"
  case nemoAutomodel = "nemo-automodel"
  case maxtext
  case litgpt
  case verl
  case nanotron
  case deepspeed
  case transformers
  case msSwift = "ms-swift"
  case axolotl
  case llamaFactory = "llama-factory"
  case levanter
  case mlperf

  /// The name as its makers write it.
  public var title: String {
    switch self {
    case .torchtitan: "torchtitan"
    case .megatron: "Megatron-LM"
    case .megatronBridge: "Megatron Bridge"
    case .nemoAutomodel: "NeMo AutoModel"
    case .maxtext: "MaxText"
    case .litgpt: "Lightning and litgpt"
    case .verl: "verl"
    case .nanotron: "nanotron"
    case .deepspeed: "DeepSpeed"
    case .transformers: "the Hugging Face Trainer"
    case .msSwift: "ms-swift"
    case .axolotl: "axolotl"
    case .llamaFactory: "LLaMA-Factory"
    case .levanter: "Levanter"
    case .mlperf: "MLPerf"
    }
  }

  /// The version whose rules are known, as of November 2026.
  public var version: String {
    switch self {
    case .torchtitan: "0.3.0"
    case .megatron: "0.19.2"
    case .megatronBridge: "0.6.2"
    case .nemoAutomodel: "0.7.0"
    case .maxtext: "0.2.5"
    case .litgpt: "2.6.6"
    case .verl: "0.9.1"
    case .nanotron: "0.4"
    case .deepspeed: "0.19.8"
    case .transformers: "5.24.0"
    case .msSwift: "4.6.0"
    case .axolotl: "0.21.0"
    case .llamaFactory: "0.9.5"
    case .levanter: "1.1"
    case .mlperf: ""
    }
  }

  /// Whether it divides its operations by a peak, so that an MFU can stand in its log.
  public var printsUtilization: Bool {
    switch self {
    case .torchtitan, .nemoAutomodel, .litgpt, .verl: true
    default: false
    }
  }

  /// What it calls a device, of an accelerator's chip: JAX has two devices on a TPU7x chip, torchtitan
  /// takes a logical NeuronCore for one (one core of Trainium1's two, two of later ones' eight).
  ///
  /// - Parameter accelerator: an id of the catalogue.
  public func devicesPerChip(_ accelerator: String) -> Double {
    switch (self, accelerator) {
    case (.maxtext, "tpu-v7x"), (.torchtitan, "tpu-v7x"), (.torchtitan, "trn1"): 2
    case (.torchtitan, "trn2"), (.torchtitan, "trn3"): 4
    default: 1
    }
  }
}
