import Catalog
import Quantities
import Workload

/// A steady step that was read from a training log, with the model that it was of.
public struct LoggedRun: Sendable {
  /// The log's name.
  public var source: String
  public var architecture: TransformerArchitecture
  /// An id of the catalogue.
  public var accelerator: String
  public var chips: Int
  public var sequenceLength: Double
  /// Sequences of a step.
  public var globalBatch: Double
  public var precision: Precision
  public var tokensPerSecondPerChip: Double

  public init(
    source: String, architecture: TransformerArchitecture, accelerator: String, chips: Int,
    sequenceLength: Double, globalBatch: Double, precision: Precision,
    tokensPerSecondPerChip: Double
  ) {
    self.source = source
    self.architecture = architecture
    self.accelerator = accelerator
    self.chips = chips
    self.sequenceLength = sequenceLength
    self.globalBatch = globalBatch
    self.precision = precision
    self.tokensPerSecondPerChip = tokensPerSecondPerChip
  }

  /// The step as a row of a table of own runs, so that it is held to the same bounds.
  ///
  /// - Throws: `FaultList` where the speed is above the chips' peak or a figure out of its bounds.
  public func reading(catalog: Catalog) throws(FaultList) -> OwnRunTable.Reading {
    let cells = self.cells
    let text =
      cells.map(\.0).joined(separator: ",") + "\n"
      + cells.map { Self.quoted($0.1) }.joined(separator: ",") + "\n"
    do throws(FaultList) {
      var reading = try OwnRunTable.read(file: source, bytes: text.utf8, catalog: catalog)
      reading.doubts = reading.doubts.map(ofLog)
      return reading
    } catch {
      throw FaultList(error.faults.map(ofLog))
    }
  }

  /// A fault of the row without its line, which the log hasn't; the cure names options.
  private func ofLog(_ fault: Fault) -> Fault {
    Fault(file: fault.file, message: (fault.column.map { $0 + ": " } ?? "") + fault.message)
  }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.utf8.contains { ",\"\n\r".utf8.contains($0) }
    return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }

  private var cells: [(String, String)] {
    let model = architecture
    let mixture = model.mixtureOfExperts
    func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }
    let attention =
      model.latentAttention != nil
      ? "mla" : model.keyValueHeads == model.attentionHeads ? "mha" : "gqa"
    return [
      ("id", "log"), ("kind", "step"), ("model", model.name),
      ("total_params", Decimals.fixed(model.totalParameters, 0)),
      ("active_params", Decimals.fixed(model.activeParameters, 0)),
      ("layers", text(model.layers)), ("hidden", text(model.hiddenSize)),
      ("heads", text(max(1, model.attentionHeads))),
      ("kv_heads", text(max(1, model.keyValueHeads))),
      ("ffn_hidden", text(model.feedForwardSize)), ("glu", model.gatedFeedForward ? "yes" : "no"),
      ("vocab", text(model.vocabulary)), ("tied_embeddings", model.tiedEmbeddings ? "yes" : "no"),
      ("attention", attention), ("experts", text(mixture?.experts)),
      ("experts_per_token", text(mixture?.expertsPerToken)),
      ("shared_experts", text(mixture?.sharedExperts)),
      ("expert_ffn_hidden", text(mixture?.expertFeedForwardSize)), ("accelerator", accelerator),
      ("chips", text(chips)), ("seq_len", Decimals.shortest(sequenceLength)),
      ("global_batch_tokens", Decimals.fixed(sequenceLength * globalBatch, 0)),
      ("precision", precision.rawValue),
      ("measured_tokens_per_s_per_chip", Decimals.shortest(tokensPerSecondPerChip)),
      ("notes", notes),
    ]
  }

  /// What a row says of kinds of layers, as the table of published runs does.
  private var notes: String {
    let model = architecture
    var notes = ["head_dim=\(model.headDimension)"]
    if let window = model.slidingWindow {
      let windowed = model.layerStack.count { $0.attention != nil } - model.globalAttentionLayers
      notes += ["window=\(window)", "window_layers=\(windowed)"]
    }
    let states = model.layerStack.kinds.compactMap(\.layer.recurrence)
    guard let first = states.first else { return notes.joined(separator: "; ") }
    let mamba = model.layerStack.count {
      $0.recurrence?.kind == .mamba1 || $0.recurrence?.kind == .mamba2
    }
    let linear = model.layerStack.count { $0.recurrence != nil } - mamba
    notes += [
      "hybrid=yes", "mamba_layers=\(mamba)", "linear_layers=\(linear)",
      "attention_layers=\(model.layerStack.count { $0.attention != nil })",
      "moe_layers=\(model.mixtureLayers)",
    ]
    if mamba > 0 {
      notes += [
        "mamba_heads=\(first.heads)", "mamba_head_dim=\(first.headDimension)",
        "ssm_state=\(first.stateSize)", "ssm_groups=\(max(1, first.keyHeads))",
      ]
    }
    return notes.joined(separator: "; ")
  }
}
