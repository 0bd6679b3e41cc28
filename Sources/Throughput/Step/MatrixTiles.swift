/// How a matrix product's result divides into the tiles that processors of a GPU take one at a time.
///
/// Both losses as in NVIDIA's "Matrix Multiplication Background", sections 3.1 and 3.2
/// (docs.nvidia.com, February 2023). The step-time model leaves them out: libraries pick tiles that
/// avoid most of the loss, and published steps are predicted no better with it.
struct MatrixTiles: Hashable, Sendable {
  /// Rows and columns of the result that one tile covers.
  var rows: Double
  var columns: Double
  /// Processors that each work on one tile: 108 on A100, 132 on H100 SXM.
  var processors: Double

  /// Tiles that cover a result, the partly filled ones at its edges included.
  func count(rows m: Double, columns n: Double) -> Double {
    (m / rows).rounded(.up) * (n / columns).rounded(.up)
  }

  /// Share of the tiles' arithmetic that lands in the result.
  func tileShare(rows m: Double, columns n: Double) -> Double {
    m * n / (count(rows: m, columns: n) * rows * columns)
  }

  /// Share of the processors' time that tiles fill: the last wave may be a part of one.
  func waveShare(rows m: Double, columns n: Double) -> Double {
    let waves = count(rows: m, columns: n) / processors
    return waves / waves.rounded(.up)
  }
}
