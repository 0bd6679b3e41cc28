import Foundation
import Quantities

extension Mutations {
  /// Numbers beyond their bounds for each reader: a few hundred by default, more by `PLAN_FUZZ`.
  public static let countOfNumbers =
    Int(ProcessInfo.processInfo.environment["PLAN_FUZZ"] ?? "") ?? 400
}

extension Mutator {
  /// A number beyond what is possible or beyond what is plausible, from just past the end to many
  /// powers of ten away; nil when it hits no such number.
  ///
  /// - Parameter isWhole: whether the number has no fraction.
  public mutating func beyond(_ bounds: Bounds, isWhole: Bool = false) -> Double? {
    let range = Bool.random(using: &random) ? bounds.possible : bounds.plausible
    let size = Foundation.pow(10, Double.random(in: 0.001...8, using: &random))
    let isAbove = Bool.random(using: &random)
    let end = isAbove ? range.upperBound : range.lowerBound
    let way = isAbove ? 1.0 : -1.0
    var value = end
    switch Int.random(in: 0..<3, using: &random) {
    case 0: value = end + way * size * max(1e-3, abs(end) * 1e-3)
    case 1 where end > 0: value = isAbove ? end * size : end / size
    default: value = end + way * size
    }
    if isWhole { value = value.rounded(isAbove ? .up : .down) }
    // Shown with all its digits it must still be past the end.
    guard value.isFinite, abs(value) < 1e17, bounds.verdict(on: value) != .plausible else {
      return nil
    }
    return value
  }
}
