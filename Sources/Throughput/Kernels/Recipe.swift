import Catalog
import Workload

/// What a precision comes to on a machine.
struct Recipe: Hashable, Sendable {
  /// The recipe that runs: never the bare `fp8`; 16 bits where the chip has no faster units.
  var precision: Precision
  /// Peak of the covered products, FLOP/s of a unit.
  var peak: Double
  /// Bytes of an operand with its scales.
  var operandBytes: Double
  /// Name of the kernels' curve.
  var format: String

  init(_ asked: Precision, on machine: Machine) {
    let usual = Self.usual8(machine)
    var precision = asked == .fp8 ? usual : asked
    if precision.bits == 4 && machine.peak4 < 1.2 * machine.peak8 { precision = usual }
    if precision.bits == 8 && machine.peak8 < 1.2 * machine.peak16 {
      precision = machine.generation == "volta" ? .fp16 : .bf16
    }
    // Blocks of 32 came with Blackwell and CDNA 4.
    if precision == .mxfp8, machine.generation == "hopper" { precision = .fp8Block }
    self.precision = precision
    switch precision {
    case .bf16, .fp16: (peak, operandBytes, format) = (machine.peak16, 2, "16")
    case .fp8, .fp8Delayed, .fp8Current: (peak, operandBytes, format) = (machine.peak8, 1, "8")
    case .fp8Block, .mxfp8: (peak, operandBytes, format) = (machine.peak8, 1, "8-block")
    case .nvfp4, .mxfp4: (peak, operandBytes, format) = (machine.peak4, 0.5625, "4")
    }
    if machine.isAMD && format == "8-block" { format = "8" }
  }

  /// The 8-bit recipe that published runs use on a chip.
  private static func usual8(_ machine: Machine) -> Precision {
    switch machine.generation {
    case "blackwell", "rubin": .mxfp8
    case "cdna3", "cdna4": .fp8Delayed
    default: .fp8Current
    }
  }
}

extension Machine {
  /// The recipe that the field trains with on this chip, as of the published runs of 2026: 8 bits on
  /// Hopper and Blackwell, 16 elsewhere, where 8-bit runs are still the exception.
  var usualPrecision: Precision {
    switch generation {
    case "hopper": .fp8Current
    case "blackwell", "rubin": .mxfp8
    case "volta": .fp16
    default: .bf16
    }
  }
}
