/// Seconds of a product forward, and of its two gradients.
struct ProductTime: Sendable {
  var forward = 0.0
  var backward = 0.0

  @inline(__always)
  static func + (left: ProductTime, right: ProductTime) -> ProductTime {
    ProductTime(forward: left.forward + right.forward, backward: left.backward + right.backward)
  }

  @inline(__always)
  static func * (times: Double, one: ProductTime) -> ProductTime {
    ProductTime(forward: times * one.forward, backward: times * one.backward)
  }
}

extension LayerTimer {
  /// A product of tokens×inputs and inputs×outputs with both its gradients, in the run's recipe.
  ///
  /// Each of the three takes the cubic norm of its arithmetic at the kernel curve's rate and of its
  /// bytes at 85 % of the memory's. Weight gradients are added up in 32 bits.
  ///
  /// - Parameter share: of the rate, below 1 for grouped products where they lose some.
  @inline(__always)
  func product(_ tokens: Double, _ inputs: Double, _ outputs: Double, share: Double = 1)
    -> ProductTime
  {
    Self.product(
      tokens, inputs, outputs, rate: rate * share, curve, halves: halves,
      bytes: recipe.operandBytes, operandSeconds)
  }

  /// As `product`, in 16 bits whatever the recipe.
  @inline(__always)
  func product16(_ tokens: Double, _ inputs: Double, _ outputs: Double) -> ProductTime {
    Self.product(
      tokens, inputs, outputs, rate: rate16, curve16, halves: halves16, bytes: 2, operandSeconds)
  }

  @inline(__always)
  private static func product(
    _ tokens: Double, _ inputs: Double, _ outputs: Double, rate: Double, _ curve: ProductCurve,
    halves: Double, bytes width: Double, _ perByte: Double
  ) -> ProductTime {
    guard tokens > 0, inputs > 0, outputs > 0 else { return ProductTime() }
    let arithmetic: Double = 2 * tokens * inputs * outputs / (rate * curve.plateau)
    let (m, n, k) = (halves * curve.halfM, halves * curve.halfN, halves * curve.halfK)
    @inline(__always)
    func one(_ rows: Double, _ columns: Double, _ inner: Double, _ bytes: Double) -> Double {
      let loss: Double = (1 + m / rows) * (1 + n / columns) * (1 + k / inner)
      return cubicNorm(arithmetic * loss, bytes * perByte)
    }
    let activations: Double = tokens * inputs
    let results: Double = tokens * outputs
    let weights: Double = inputs * outputs
    let forward = one(tokens, outputs, inputs, width * (activations + weights) + 2 * results)
    let data = one(tokens, inputs, outputs, width * (results + weights) + 2 * activations)
    let weight = one(inputs, outputs, tokens, width * (activations + results) + 8 * weights)
    return ProductTime(forward: forward, backward: data + weight)
  }

  /// (a³ + b³)^(1/3): how long arithmetic and its traffic take that hide one another nearly wholly.
  @inline(__always)
  private static func cubicNorm(_ first: Double, _ second: Double) -> Double {
    let sum: Double = first * first * first + second * second * second
    return Elementary.power(sum, 1.0 / 3)
  }
}
