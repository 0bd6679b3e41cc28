/// Figures of the layers in one number each, for shapes whose layers are alike. Where layers differ,
/// `layerStack.kinds` tells them apart.
extension TransformerArchitecture {
  /// How many layers there are.
  public var layers: Int { layerStack.count }

  /// The first attention of the widest scope, by which models are named; nil without attention.
  public var mainAttention: Attention? {
    let attentions = layerStack.kinds.compactMap(\.layer.attention)
    return attentions.first { $0.scope == .full } ?? attentions.first
  }

  /// Query heads; 0 without attention.
  public var attentionHeads: Int { mainAttention?.heads ?? 0 }

  /// Key and value heads; 0 without attention.
  public var keyValueHeads: Int { mainAttention?.keyValueHeads ?? 0 }

  /// Width of one head; of latent attention the part without position.
  public var headDimension: Int {
    latentAttention?.nopeHeadDimension ?? mainAttention?.queryKeyDimension ?? 0
  }

  /// Set for latent attention; key and value heads then count for nothing.
  public var latentAttention: LatentAttention? { mainAttention?.latent }

  /// Whether feed-forward blocks have three matrices and not two.
  public var gatedFeedForward: Bool {
    layerStack.kinds.first { $0.layer.feedForward != .none }?.layer.gatedFeedForward ?? false
  }

  /// Width of the plain feed-forward blocks, the widest where they differ; 0 without any.
  public var feedForwardSize: Int {
    layerStack.kinds.reduce(0) { widest, run in
      guard case .dense(let width) = run.layer.feedForward else { return widest }
      return max(widest, width)
    }
  }

  /// The mixture of the first layer that is one; nil in a dense model.
  public var mixtureOfExperts: MixtureOfExperts? {
    layerStack.kinds.lazy.compactMap(\.layer.mixture).first
  }

  /// Layers that are mixtures.
  public var mixtureLayers: Int { layerStack.count { $0.mixture != nil } }

  /// Layers with a plain feed-forward block.
  public var denseLayers: Int {
    layerStack.count {
      guard case .dense = $0.feedForward else { return false }
      return true
    }
  }

  /// Window or chunk of the local layers; nil when every layer with attention sees all.
  public var slidingWindow: Int? {
    layerStack.kinds.lazy.compactMap { run -> Int? in
      switch run.layer.attention?.scope {
      case .sliding(let window): window
      case .chunked(let chunk): chunk
      default: nil
      }
    }.first
  }

  /// Layers whose queries see the whole sequence.
  public var globalAttentionLayers: Int { layerStack.count { $0.attention?.scope == .full } }

  /// Weights of a layer's mixers, norms inside latent attention included, biases not; the mean where
  /// layers differ.
  public var attentionWeightsPerLayer: Int {
    let all = layerStack.sum { $0.mixerWeights + ($0.attention?.latent?.normWeights ?? 0) }
    return all / max(1, layers)
  }

  /// Weights of one plain feed-forward block, the greatest where they differ; biases not included.
  public var denseFeedForwardWeights: Int {
    layerStack.kinds.reduce(0) { max($0, $1.layer.denseFeedForwardWeights) }
  }

  /// Weights of one expert of the first mixture, 0 in a dense model.
  public var expertWeights: Int { firstMixture?.expertWeights ?? 0 }

  /// Weights of one mixture layer's router, the selection bias included; 0 in a dense model.
  public var routerWeights: Int { firstMixture?.routerWeights ?? 0 }

  private var firstMixture: ModelLayer? {
    layerStack.kinds.first { $0.layer.mixture != nil }?.layer
  }

  /// How many layers there are of each kind, by the kind's name, in order of first appearance.
  public var layerKinds: [(name: String, count: Int)] {
    var named: [(name: String, count: Int)] = []
    for run in layerStack.kinds {
      let name = run.layer.kindName
      if let place = named.firstIndex(where: { $0.name == name }) {
        named[place].count += run.count
      } else {
        named.append((name, run.count))
      }
    }
    return named
  }
}
