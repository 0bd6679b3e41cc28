import Quantities
import Workload

extension Precision {
  /// What is known of the quality of a model whose products are computed in this recipe; nil in 16 bits.
  ///
  /// Nothing is taken off for it: published runs in 8 bits with scales by block or tensor reach the loss
  /// of 16 bits as closely as one run reaches another's. The most cautious published law, Kumar et al.
  /// 2024 (arXiv 2411.04330, fitted on models up to 1.7 billion parameters without such scales), says
  /// what it could be: the model is worth N·∏(1 − exp(−bits/γ)) parameters, with γ = 2.6745 for weights
  /// and 2.2102 for activations.
  public var qualityNote: String? {
    guard bits < 16 else { return nil }
    let share = Self.worth(bits: Double(bits)) / Self.worth(bits: 16)
    return
      "products in \(bits) bits; no loss of quality is counted, and the most cautious published law "
      + "takes the model for one of \(Decimals.fixed(100 * share, 0)) % of its parameters (Kumar et al. "
      + "2024, arXiv 2411.04330, models up to 1.7 billion); bf16 trains without"
  }

  /// Share of the parameters that count when weights and activations have so many bits.
  static func worth(bits: Double) -> Double {
    [2.6745, 2.2102].reduce(1) { $0 * (1 - Elementary.exponential(-bits / $1)) }
  }
}
