import Catalog
import Quantities

/// A shape written out by hand, for models of no family that is known: sizes such as
/// `layers=48 hidden=2048 heads=32 kv-heads=4 head-dim=128 vocab=151936 experts=128
/// experts-per-token=8 expert-width=768`, in any order, blanks or commas between.
public enum ShapeText {
  /// One size that a shape can be told by.
  public struct Size: Hashable, Sendable {
    /// Its name, which is that of the option on the command line.
    public let name: String
    /// One sentence.
    public let help: String
    let range: ClosedRange<Int>
  }

  private static let usual = 1...1_000_000

  /// All sizes, in the order in which they are best told.
  public static let sizes: [Size] = [
    Size(name: "layers", help: "Layers.", range: 1...10_000),
    Size(name: "hidden", help: "Width of the model.", range: usual),
    Size(name: "heads", help: "Attention heads.", range: usual),
    Size(
      name: "kv-heads", help: "Key and value heads; as many as heads unless given.", range: usual),
    Size(
      name: "head-dim", help: "Width of a head; hidden over heads unless given.", range: usual),
    Size(
      name: "intermediate",
      help: "Width of the plain feed-forward block, whose three matrices are gated.", range: usual),
    Size(name: "vocab", help: "Tokens of the vocabulary.", range: 1...10_000_000),
    Size(name: "tied", help: "1 when the output head is the embedding.", range: 0...1),
    Size(name: "experts", help: "Routed experts of a mixture layer.", range: 1...100_000),
    Size(
      name: "experts-per-token", help: "Routed experts that one token visits.", range: 1...100_000),
    Size(name: "expert-width", help: "Width of one expert.", range: usual),
    Size(
      name: "shared-experts", help: "Experts that every token visits besides.", range: 0...1000),
    Size(
      name: "dense-layers", help: "Layers at the start that are no mixtures.", range: 0...10_000),
    Size(
      name: "window", help: "Keys that local layers attend to; all layers see all unless given.",
      range: 1...100_000_000),
    Size(
      name: "global-every", help: "With a window, every so many layers one sees all; 0 for none.",
      range: 0...10_000),
    Size(
      name: "linear-every",
      help: "Every so many layers one attends, the others keep a state (gated delta).",
      range: 1...10_000),
    Size(name: "state", help: "Rows of a head's state.", range: usual),
  ]

  /// Whether a text is meant as a shape.
  public static func isShape(_ text: String) -> Bool { text.contains("=") }

  /// The shape.
  ///
  /// - Throws: `QuantityError` naming what is missing, unknown or out of range.
  public static func architecture(_ text: String) throws(QuantityError) -> TransformerArchitecture {
    let given = try read(text)
    func required(_ name: String) throws(QuantityError) -> Int {
      if let value = given[name] { return value }
      let help = sizes.first { $0.name == name }?.help ?? ""
      throw QuantityError("a shape by hand needs --\(name) (\(help.dropLast()))")
    }
    let layers = try required("layers")
    let hidden = try required("hidden")
    let heads = try required("heads")
    let keyValueHeads = given["kv-heads"] ?? heads
    guard heads.isMultiple(of: keyValueHeads) else {
      throw QuantityError("--kv-heads \(keyValueHeads) does not divide --heads \(heads)")
    }
    guard given["head-dim"] != nil || hidden.isMultiple(of: heads) else {
      throw QuantityError("--heads \(heads) does not divide --hidden \(hidden); give --head-dim")
    }
    let mixture = try mixture(given, required: required)
    let dense = given["dense-layers"] ?? 0
    let needsBlock = mixture == nil || dense > 0
    var shape = TransformerArchitecture(
      name: text, layers: layers, hiddenSize: hidden, attentionHeads: heads,
      keyValueHeads: keyValueHeads, headDimension: given["head-dim"] ?? hidden / heads,
      feedForwardSize: needsBlock ? try required("intermediate") : given["intermediate"] ?? 0,
      vocabulary: try required("vocab"), tiedEmbeddings: given["tied"] == 1,
      mixtureOfExperts: mixture, leadingDenseLayers: dense, slidingWindow: given["window"],
      globalAttentionEvery: given["global-every"] ?? 0)
    if let every = given["linear-every"] {
      shape.layerStack = recurrent(shape, every: every, state: given["state"] ?? 128)
    }
    guard shape.isCountable else {
      throw QuantityError("the sizes together make more parameters than any model has")
    }
    return shape
  }

  private static func mixture(
    _ given: [String: Int], required: (String) throws(QuantityError) -> Int
  ) throws(QuantityError) -> MixtureOfExperts? {
    guard let experts = given["experts"] else {
      for name in ["experts-per-token", "expert-width", "shared-experts", "dense-layers"]
      where given[name] != nil {
        throw QuantityError("--\(name) is of a mixture, which needs --experts")
      }
      return nil
    }
    let visited = try required("experts-per-token")
    guard visited <= experts else {
      throw QuantityError("--experts-per-token \(visited) is more than --experts \(experts)")
    }
    return MixtureOfExperts(
      experts: experts, expertsPerToken: visited, sharedExperts: given["shared-experts"] ?? 0,
      expertFeedForwardSize: try required("expert-width"))
  }

  /// The layers with all but every so many of them recurrent, by the gated delta rule with heads as
  /// the attention's, values twice as wide as keys.
  private static func recurrent(
    _ shape: TransformerArchitecture, every: Int, state: Int
  ) -> LayerStack {
    var index = 0
    var layers: [ModelLayer] = []
    for run in shape.layerStack.runs {
      for _ in 0..<run.count {
        index += 1
        var layer = run.layer
        if !index.isMultiple(of: every), let attention = layer.attention {
          let keys = Saturating.product(attention.heads, state)
          layer.recurrence = Recurrence(
            kind: .gatedDelta, heads: attention.heads, keyHeads: attention.heads,
            stateSize: state, headDimension: state, convolutionWidth: 4,
            convolvedChannels: 3 * keys, chunk: 64,
            projectionWeights: Saturating.product(shape.hiddenSize, 5 * keys + 2 * attention.heads))
          layer.attention = nil
        }
        layers.append(layer)
      }
    }
    return LayerStack(layers: layers)
  }

  private static func read(_ text: String) throws(QuantityError) -> [String: Int] {
    var given: [String: Int] = [:]
    for pair in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\n" }) {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw QuantityError(
          "“\(Magnitude.printable(String(pair)))” in a shape is no size; pairs such as layers=32 are "
            + "expected")
      }
      let name = parts[0].lowercased().replacing("_", with: "-")
      guard let size = sizes.first(where: { $0.name == name }) else {
        let near = NearMiss.closest(to: name, among: sizes.map(\.name))
        let hint = near.map { "; did you mean \($0)?" } ?? ""
        throw QuantityError(
          "“\(Magnitude.printable(name))” is no size of a shape\(hint) Sizes are "
            + sizes.map(\.name).joined(separator: ", "))
      }
      let value = try Count.parse(parts[1], as: "a number for \(name)")
      guard value == value.rounded(), value >= Double(size.range.lowerBound),
        value <= Double(size.range.upperBound)
      else {
        throw QuantityError(
          "\(name)=\(Magnitude.printable(parts[1])): a whole number from \(size.range.lowerBound) "
            + "to \(size.range.upperBound) is expected")
      }
      guard given.updateValue(Int(value), forKey: name) == nil else {
        throw QuantityError("\(name) stands twice in the shape")
      }
    }
    return given
  }
}
