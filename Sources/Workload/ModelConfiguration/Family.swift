import Catalog

/// How the configurations of one family of models are read: which layers there are by default, how
/// they are built, and what its keys stand for when a file leaves them out. One row of
/// `Tables/families.csv`.
struct Family: Hashable {
  enum AttentionKind: String, CaseIterable { case plain, latent, none }

  enum RecurrenceKind: String, CaseIterable {
    case mamba1, mamba2, lightning, convolution
    case gatedDelta = "gated-delta"
    case kimiDelta = "kimi-delta"
  }

  /// Which layers are mixtures.
  enum Mixtures: String, CaseIterable {
    /// None: a dense family.
    case none
    /// All.
    case all
    /// All but the first few (`first_k_dense_replace` or `num_dense_layers`).
    case first
    /// Every `decoder_sparse_step`-th that `mlp_only_layers` does not name.
    case step
    /// Every `interleave_moe_layer_step`-th, or those that `moe_layers` names.
    case interleave
    /// One in every `expert_layer_period`.
    case period
    /// Every `moe_layer_interval`-th from a first to a last.
    case range
    /// As the pattern of layers says.
    case pattern
    /// All, where `enable_moe_block` is set.
    case flag
    /// None, and no feed-forward blocks either.
    case empty
  }

  /// What a norm keeps: nothing, a weight a channel, or a weight and a bias.
  enum Norm: String, CaseIterable {
    case none, weight, affine
    var vectors: Int { self == .none ? 0 : self == .weight ? 1 : 2 }
  }

  enum AttentionGate: String, CaseIterable {
    case none
    /// The query projection is twice as wide; half of it gates the output.
    case query
    /// One gate a head.
    case heads
    /// One gate a channel of the output.
    case full
  }

  enum Sinks: String, CaseIterable { case none, all, local }

  enum Positions: String, CaseIterable { case none, yes }

  /// Rules of single families that no column tells.
  enum Special: String, CaseIterable {
    case none, apertus, bloom, falcon, gemma3n, gemma4, granitemoehybrid, jamba, lfm2, llama4
    case mimo, mpt, opt, parallel, step3, step3p5
    case deepSeekV4 = "deepseek_v4"
    case nemotronH = "nemotron_h"
  }

  enum Answer: String, CaseIterable { case yes, no }

  /// The `model_type` of its configurations.
  var id: String
  /// Set for a model with parts for images or sound: the family of its language part.
  var wraps: String?
  var attention: AttentionKind
  var recurrence: RecurrenceKind?
  /// Which layers attend how when the file does not list them; see `LayerPlan`.
  var layers: String
  var mixtures: Mixtures
  var norm: Norm
  /// Norms of a layer.
  var norms: Int
  /// Whether there are biases: yes, no, or the key that tells.
  var queryKeyValueBias: String
  var outputBias: String
  var feedForwardBias: String
  /// How queries and keys are normalised: head, whole or affine, and the key that tells whether.
  var queryKeyNorm: String
  var attentionGate: AttentionGate
  var sinks: Sinks
  /// Matrices of a feed-forward block.
  var matrices: Int
  var routerBias: Bool
  var expertBias: Bool
  /// Whether the bias that chooses experts is a parameter.
  var selectionBias: Bool
  /// Whether a gate of its own weighs the shared expert.
  var sharedGate: Bool
  var headBias: String
  var positions: Positions
  var special: Special
  /// Values of keys that a file leaves out: those of the family's own class.
  var defaults: [String: JSONNode.Value]
  var provenance: Provenance
}

/// The families that can be read, from `Tables/families.csv`.
enum Families {
  static let all: [Family] = {
    guard let text = EmbeddedTables.text(of: "families.csv") else { return [] }
    return read(file: "families.csv", bytes: text.utf8).families
  }()

  private static let byID = Dictionary(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  static func family(_ id: String) -> Family? { byID[id] }

  /// Reads a table of families.
  ///
  /// - Returns: the rows without fault, and every fault with its line and column.
  static func read(
    file: String, bytes: some Sequence<UInt8>
  ) -> (families: [Family], faults: [Fault]) {
    let reader = TableReader(
      file: file, bytes: bytes, required: ["id", "source_url", "grade"], optional: optional)
    var faults = reader.faults
    var families: [Family] = []
    for var row in reader.rows {
      let family = family(&row)
      if row.faults.isEmpty { families.append(family) }
      faults += row.faults
    }
    return (families, faults)
  }

  private static let optional = [
    "wraps", "attention", "recurrence", "layers", "mixtures", "norm", "norms", "qkv_bias",
    "output_bias", "feed_forward_bias", "query_key_norm", "attention_gate", "sinks", "matrices",
    "router_bias", "expert_bias", "selection_bias", "shared_gate", "head_bias",
    "learned_positions", "special", "defaults", "as_of", "note",
  ]

  private static func family(_ row: inout TableRow) -> Family {
    let wraps = row.text("wraps")
    let recurrence = row.text("recurrence")
    return Family(
      id: row.requiredText("id"), wraps: wraps.isEmpty ? nil : wraps,
      attention: row.choice("attention", Family.AttentionKind.self, fallback: .plain) ?? .plain,
      recurrence: recurrence.isEmpty
        ? nil : row.choice("recurrence", Family.RecurrenceKind.self),
      layers: row.text("layers"),
      mixtures: row.choice("mixtures", Family.Mixtures.self, fallback: Family.Mixtures.none)
        ?? .none,
      norm: row.choice("norm", Family.Norm.self, fallback: .weight) ?? .weight,
      norms: row.integer("norms", in: 0...8) ?? 2,
      queryKeyValueBias: row.text("qkv_bias"), outputBias: row.text("output_bias"),
      feedForwardBias: row.text("feed_forward_bias"), queryKeyNorm: row.text("query_key_norm"),
      attentionGate: row.choice(
        "attention_gate", Family.AttentionGate.self, fallback: Family.AttentionGate.none) ?? .none,
      sinks: row.choice("sinks", Family.Sinks.self, fallback: Family.Sinks.none) ?? .none,
      matrices: row.integer("matrices", in: 2...3) ?? 3, routerBias: flag("router_bias", &row),
      expertBias: flag("expert_bias", &row), selectionBias: flag("selection_bias", &row),
      sharedGate: flag("shared_gate", &row), headBias: row.text("head_bias"),
      positions: row.choice(
        "learned_positions", Family.Positions.self, fallback: Family.Positions.none) ?? .none,
      special: row.choice("special", Family.Special.self, fallback: Family.Special.none) ?? .none,
      defaults: defaults(&row), provenance: row.provenance())
  }

  private static func flag(_ column: String, _ row: inout TableRow) -> Bool {
    row.choice(column, Family.Answer.self, fallback: .no) == .yes
  }

  /// `key=value` pairs between semicolons.
  private static func defaults(_ row: inout TableRow) -> [String: JSONNode.Value] {
    var values: [String: JSONNode.Value] = [:]
    for pair in row.text("defaults").split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        row.fail("defaults", "pairs such as num_key_value_heads=8 are expected")
        continue
      }
      let text = String(parts[1])
      values[String(parts[0])] =
        switch text {
        case "true": .boolean(true)
        case "false": .boolean(false)
        default: Double(text) == nil ? .string(text) : .number(text)
        }
    }
    return values
  }
}
