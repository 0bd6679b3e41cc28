import Quantities
import RealModule

/// The k-th smallest of many values, exactly and without sorting: time grows with their number.
public enum Selection {
  /// How many of `count` outcomes a chance means, at least one: `⌈chance · count⌉`, where a product
  /// such as 0.9 · 10 is not rounded up for its last digit.
  public static func rank(_ chance: Double, of count: Int) -> Int {
    let exact: Double = chance * Double(count) * (1 - 1e-13)
    return min(count, max(1, Int(exact.rounded(.up))))
  }

  /// The greatest value that at least a share `chance` of the values reach.
  ///
  /// - Parameter values: the first `count` are reordered.
  public static func reached(by chance: Double, _ values: inout [Double], count: Int) -> Double {
    smallest(count - rank(chance, of: count), &values, count: count)
  }

  /// The least value that at least a share `chance` of the values stay at or under.
  public static func kept(by chance: Double, _ values: inout [Double], count: Int) -> Double {
    smallest(rank(chance, of: count) - 1, &values, count: count)
  }

  /// The value of a rank, from 0 for the smallest, by Hoare's selection (C. A. R. Hoare, Algorithm
  /// 65: FIND, Communications of the ACM 4, 1961) with the median of three as pivot.
  static func smallest(_ rank: Int, _ values: inout [Double], count: Int) -> Double {
    smallest(rank, &values, within: 0..<count)
  }

  /// The same where the range is known to hold the rank: all before it are no greater, all after it no
  /// smaller, as an earlier selection leaves them.
  static func smallest(_ rank: Int, _ values: inout [Double], within range: Range<Int>) -> Double {
    values.withUnsafeMutableBufferPointer { values in
      var (low, high) = (range.lowerBound, range.upperBound - 1)
      while low < high {
        let pivot = median(values[low], values[(low + high) / 2], values[high])
        var (left, right) = (low, high)
        while left <= right {
          while values[left] < pivot { left += 1 }
          while values[right] > pivot { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if rank <= right {
          high = right
        } else if rank >= left {
          low = left
        } else {
          return values[rank]
        }
      }
      return values[rank]
    }
  }

  @inline(__always)
  private static func median(_ first: Double, _ second: Double, _ third: Double) -> Double {
    max(min(first, second), min(max(first, second), third))
  }

  /// Chances that lie `deviations` standard errors to either side of one counted on `count`
  /// outcomes, kept off 0 and 1.
  static func bracket(
    _ chance: Double, of count: Int, deviations: Double
  ) -> (low: Double, high: Double) {
    let error: Double = deviations * .sqrt(chance * (1 - chance) / Double(count))
    return (max(0, chance - error), min(1, chance + error))
  }
}

extension Percentiles {
  /// A figure's range over the outcomes: the least values that 10, 50, 80 and 90 in 100 stay at or
  /// under.
  ///
  /// Order statistics of the values, which must be numbers; infinite where the rank falls on
  /// outcomes that never end. All zero when there are no values.
  public init(of values: [Double]) {
    guard !values.isEmpty else {
      self.init(certain: 0)
      return
    }
    var scratch = values
    let count = values.count
    let ranks = [0.1, 0.5, 0.8, 0.9].map { Selection.rank($0, of: count) - 1 }
    // Each selection leaves smaller values before its rank and greater ones after it.
    let middle = Selection.smallest(ranks[1], &scratch, within: 0..<count)
    let low = Selection.smallest(ranks[0], &scratch, within: 0..<ranks[1] + 1)
    let high = Selection.smallest(ranks[2], &scratch, within: ranks[1]..<count)
    let last = Selection.smallest(ranks[3], &scratch, within: ranks[2]..<count)
    self.init(p10: low, p50: middle, p80: high, p90: last)
  }
}
