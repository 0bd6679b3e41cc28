/// The recipe of number formats that a run trains in: which products run in fewer than 16 bits, and how
/// their values are scaled. Attention's scores, routers, the output head and the embeddings stay in
/// 16 bits under all of them.
public enum Precision: String, CaseIterable, Hashable, Sendable {
  case bf16
  case fp16
  /// Eight bits by whatever recipe is usual on the chip.
  case fp8
  /// Eight bits, one scale a tensor, taken from earlier steps.
  case fp8Delayed = "fp8-delayed"
  /// Eight bits, one scale a tensor, taken from the values at hand.
  case fp8Current = "fp8-current"
  /// Eight bits with a scale for every block of 128 values, as DeepSeek-V3 was trained.
  case fp8Block = "fp8-block"
  /// Eight bits with a scale for every 32 values (OCP MX).
  case mxfp8
  /// Four bits with a scale for every 16 values (NVIDIA).
  case nvfp4
  /// Four bits with a scale for every 32 values (OCP MX).
  case mxfp4

  /// Bits of an operand of the products that the recipe covers.
  public var bits: Int {
    switch self {
    case .bf16, .fp16: 16
    case .fp8, .fp8Delayed, .fp8Current, .fp8Block, .mxfp8: 8
    case .nvfp4, .mxfp4: 4
    }
  }
}
