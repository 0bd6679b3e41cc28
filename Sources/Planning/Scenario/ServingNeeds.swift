import Quantities
import Workload

/// What serving asks of a model that the budget chooses: the `[purpose]` table of a scenario.
public struct ServingNeeds: Hashable, Sendable {
  /// Tokens read and written over the model's life; nil goes by tokens an active parameter.
  public var servedTokens: Double?
  /// Price of an operation of serving over one of training.
  public var servingPrice: Double?
  /// Tokens that an active parameter is trained on at least.
  public var tokensPerActive: Double?
  /// Memory of the machine that serves it, all its accelerators together, GB.
  public var memoryGigabytes: Double?
  /// The most parameters that machine holds, in place of its memory.
  public var largestTotal: Double?

  public init() {}

  /// The purpose with these in it.
  func purpose(_ kind: Purpose.Kind) -> Purpose {
    var node = ServingNode.usual
    if let memoryGigabytes { node = ServingNode(memoryBytes: memoryGigabytes * 1e9) }
    if let largestTotal {
      node = ServingNode(memoryBytes: largestTotal, bytesPerParameter: 1, shareForWeights: 1)
    }
    return Purpose(
      kind, tokensPerActiveParameter: tokensPerActive ?? Purpose.usualTokensPerActiveParameter,
      servedTokens: servedTokens, servingPrice: servingPrice ?? 1, servingNode: node)
  }

  /// What tells two apart.
  var key: String {
    [servedTokens, servingPrice, tokensPerActive, memoryGigabytes, largestTotal]
      .map { $0.map { Decimals.shortest($0) } ?? "-" }.joined(separator: ",")
  }
}

extension ScenarioField {
  /// What serving asks of a model that the budget chooses.
  static let purposeFields: [ScenarioField] = [
    number(
      "served_tokens", in: .purpose, "count",
      "Tokens that the model reads and writes over its life; they decide how small it is made.",
      FieldBounds.uniqueTokens, \.serving.servedTokens),
    number(
      "serving_price", in: .purpose, "factor",
      "Of an operation of serving over one of training.", FieldBounds.servingPrice,
      \.serving.servingPrice),
    number(
      "tokens_per_active", in: .purpose, "number",
      "Tokens that an active parameter is trained on at least.", FieldBounds.tokensPerActive,
      \.serving.tokensPerActive),
    number(
      "serving_memory_gb", in: .purpose, "number",
      "Memory of the machine that serves the model, all its accelerators together, GB.",
      FieldBounds.servingMemory, \.serving.memoryGigabytes),
    number(
      "largest_total", in: .purpose, "count",
      "The most parameters that the machine that serves it holds, in place of its memory.",
      FieldBounds.parameters, \.serving.largestTotal),
  ]

  /// Other places of a field in a file: a table that is named for what it asks.
  public static let otherPlaces: [String: [String]] = [
    "purpose": ["purpose", "kind"], "life": ["use_after", "years"],
    "utilisation": ["use_after", "share"], "use_worth": ["use_after", "worth"],
  ]
}
