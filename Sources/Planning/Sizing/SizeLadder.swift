import Workload

/// The sizes a model may take when the budget chooses it: steps of a tenth, in the default shape.
struct SizeLadder {
  /// Smallest and largest size considered: 10 million and 10 trillion parameters.
  static let sizes: [Double] = {
    var sizes: [Double] = []
    var size = 1e7
    while size <= 1e13 {
      sizes.append(size)
      size *= 1.1
    }
    return sizes
  }()

  let architectures: [TransformerArchitecture]
  /// Of each step.
  let parameters: [Double]

  /// Every step.
  init() {
    self.init(
      architectures: Self.sizes.map { TransformerArchitecture.defaultShape(parameters: $0) })
  }

  /// Given steps.
  init(architectures: [TransformerArchitecture]) {
    self.architectures = architectures
    parameters = architectures.map(\.totalParameters)
  }

  /// The step whose loss is least, by golden-section-like search from a guess; loss over size falls,
  /// then rises.
  ///
  /// - Parameters:
  ///   - guess: the step to start from.
  ///   - loss: of a step; nil where the step can't be trained, which counts as worst, and where it is
  ///     not below a bound if that is found sooner.
  func best(near guess: Int, loss: (Int, _ bound: Double) -> Double?) -> Int? {
    let last = architectures.count - 1
    func at(_ index: Int, below bound: Double = .infinity) -> Double {
      guard index >= 0 && index <= last else { return .infinity }
      return loss(index, bound) ?? .infinity
    }
    var current = min(max(guess, 0), last)
    var value = at(current)
    // A size that doesn't fit says nothing about its neighbours' loss: walk down until one fits.
    while value == .infinity && current > 0 {
      current = max(0, current - 6)
      value = at(current)
    }
    guard value < .infinity else { return nil }
    for stride in [8, 6, 5, 4, 3, 2, 1] {
      var moved = true
      while moved {
        moved = false
        for next in [current + stride, current - stride] {
          let other = at(next, below: value)
          if other < value {
            (current, value, moved) = (next, other, true)
            break
          }
        }
      }
    }
    return current
  }

  /// The step nearest to a size.
  func index(near parameters: Double) -> Int {
    Self.sizes.firstIndex { $0 >= parameters } ?? Self.sizes.count - 1
  }
}
