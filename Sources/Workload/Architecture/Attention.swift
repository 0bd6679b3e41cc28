/// Which keys a query meets.
public enum AttentionScope: Hashable, Sendable {
  /// Every key before it.
  case full
  /// The nearest keys only, at most `window` of them.
  case sliding(window: Int)
  /// The keys of its own chunk of the sequence only (Llama 4).
  case chunked(chunk: Int)
  /// The `keys` that an indexer scores highest, out of all (DeepSeek-V3.2).
  case sparse(keys: Int)
  /// The nearest `window` keys, and of the rest compressed entries that stand for `ratio` keys
  /// each: all of them, or with an indexer the `keys` that it scores highest (DeepSeek-V4).
  case compressed(window: Int, ratio: Int, keys: Int?)
}

/// Multi-head latent attention: queries, keys and values pass through low-rank projections
/// (DeepSeek-V2, arXiv 2405.04434).
public struct LatentAttention: Hashable, Sendable {
  /// Rank of the query projection; 0 when queries are projected directly.
  public var queryRank: Int
  /// Rank of the joint key and value projection.
  public var keyValueRank: Int
  /// Width of the part of a head that carries no position.
  public var nopeHeadDimension: Int
  /// Width of the part of a head that carries the rotary position.
  public var ropeHeadDimension: Int
  /// Width of a value head.
  public var valueHeadDimension: Int

  public init(
    queryRank: Int, keyValueRank: Int, nopeHeadDimension: Int, ropeHeadDimension: Int,
    valueHeadDimension: Int
  ) {
    self.queryRank = queryRank
    self.keyValueRank = keyValueRank
    self.nopeHeadDimension = nopeHeadDimension
    self.ropeHeadDimension = ropeHeadDimension
    self.valueHeadDimension = valueHeadDimension
  }

  /// Weights of the projections, for a model of the given width; the norms inside not counted.
  public func projectionWeights(hiddenSize: Int, heads: Int) -> Int {
    let queryWidth = Saturating.product(heads, nopeHeadDimension + ropeHeadDimension)
    let queries =
      queryRank > 0
      ? Saturating.product(hiddenSize, queryRank) + Saturating.product(queryRank, queryWidth)
      : Saturating.product(hiddenSize, queryWidth)
    let down = Saturating.product(hiddenSize, keyValueRank + ropeHeadDimension)
    let up = Saturating.product(keyValueRank, heads, nopeHeadDimension + valueHeadDimension)
    return queries + down + up + Saturating.product(heads, valueHeadDimension, hiddenSize)
  }

  /// Weights of the two norms inside, which multiply no activations as matrices.
  public var normWeights: Int { queryRank + keyValueRank }
}

/// Scores every key against each query at low cost, to choose those that attention then meets.
public struct AttentionIndexer: Hashable, Sendable {
  public var heads: Int
  public var headDimension: Int
  /// Weights of its projections.
  public var projectionWeights: Int

  public init(heads: Int, headDimension: Int, projectionWeights: Int) {
    self.heads = heads
    self.headDimension = headDimension
    self.projectionWeights = projectionWeights
  }
}

/// Softmax attention of one layer.
public struct Attention: Hashable, Sendable {
  public var scope: AttentionScope
  /// Query heads.
  public var heads: Int
  /// Key and value heads: as many as query heads (multi-head), fewer (grouped) or 1 (multi-query).
  public var keyValueHeads: Int
  /// Width of a query and key head; for latent attention of both its parts.
  public var queryKeyDimension: Int
  /// Width of a value head.
  public var valueDimension: Int
  /// Set for latent attention; key and value heads then count for nothing.
  public var latent: LatentAttention?
  public var indexer: AttentionIndexer?
  /// Weights of all its projections (queries, keys, values, output, gates), the indexer's not.
  public var projectionWeights: Int

  /// - Parameter projectionWeights: nil for queries, keys, values and output, each projected from
  ///   or to the model's width.
  public init(
    scope: AttentionScope = .full, hiddenSize: Int, heads: Int, keyValueHeads: Int,
    headDimension: Int, valueDimension: Int? = nil, indexer: AttentionIndexer? = nil,
    projectionWeights: Int? = nil
  ) {
    let values = valueDimension ?? headDimension
    self.scope = scope
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.queryKeyDimension = headDimension
    self.valueDimension = values
    self.indexer = indexer
    self.projectionWeights =
      projectionWeights
      ?? Saturating.product(hiddenSize, heads, headDimension + values)
      + Saturating.product(hiddenSize, keyValueHeads, headDimension + values)
  }

  /// Latent attention.
  public init(
    scope: AttentionScope = .full, hiddenSize: Int, heads: Int, latent: LatentAttention,
    indexer: AttentionIndexer? = nil
  ) {
    self.scope = scope
    self.heads = heads
    self.keyValueHeads = heads
    self.queryKeyDimension = latent.nopeHeadDimension + latent.ropeHeadDimension
    self.valueDimension = latent.valueHeadDimension
    self.latent = latent
    self.indexer = indexer
    self.projectionWeights = latent.projectionWeights(hiddenSize: hiddenSize, heads: heads)
  }

  /// Operations of scores and weighted values per token, forward and backward: 6·keys·heads·(width
  /// of keys + width of values), the indexer's scores of all keys 6·keys·heads·width.
  ///
  /// - Parameter sequenceLength: tokens that attend to one another.
  public func flopsPerToken(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    let keys = scope.keysPerQuery(sequenceLength: sequenceLength, convention: convention)
    let core: Double = 6 * keys * Double(heads * (queryKeyDimension + valueDimension))
    guard let indexer else { return core }
    let scored = scope.keysScored(sequenceLength: sequenceLength, convention: convention)
    return core + 6 * scored * Double(indexer.heads * indexer.headDimension)
  }
}

extension AttentionScope {
  /// Mean keys per query.
  ///
  /// Causal, a window w shorter than the sequence s has w − w²/(2s): the first w queries see w/2 on
  /// average, the others w; the same holds for the w best of all. Chunks of c have c/2, the last
  /// one less. Compressed entries are those of the keys beyond the window.
  public func keysPerQuery(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    let sequence = Double(max(0, sequenceLength))
    guard convention != .none, sequence > 0 else { return 0 }
    func windowed(_ width: Int) -> Double {
      let width = min(Double(width), sequence)
      return convention == .full ? width : width - width * width / (2 * sequence)
    }
    switch self {
    case .full: return windowed(sequenceLength)
    case .sliding(let window): return windowed(window)
    case .sparse(let keys): return windowed(keys)
    case .chunked(let chunk):
      let chunk = min(Double(max(1, chunk)), sequence)
      if convention == .full { return chunk }
      let whole = (sequence / chunk).rounded(.down)
      let rest: Double = sequence - whole * chunk
      return (whole * chunk * chunk + rest * rest) / (2 * sequence)
    case .compressed(let window, let ratio, let keys):
      let near = windowed(window)
      let entries: Double = (windowed(sequenceLength) - near) / Double(max(1, ratio))
      guard let keys else { return near + entries }
      return near + min(entries, windowed(keys))
    }
  }

  /// Mean entries per query that an indexer scores.
  public func keysScored(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    let whole = AttentionScope.full
      .keysPerQuery(sequenceLength: sequenceLength, convention: convention)
    guard case .compressed(_, let ratio, _) = self else { return whole }
    return whole / Double(max(1, ratio))
  }
}
