/// The three ways in which Hoffmann et al. 2022 (arXiv 2203.15556, tables 2, 3 and A3) found the best
/// size for a compute: for comparison only, since the third one's fit stopped early.
///
/// Each is the straight line through the logarithms of its printed table, which it meets to 1% but in
/// the rows that the paper misprints or rounds.
public enum HoffmannApproach: CaseIterable, Sendable {
  /// The envelope of training curves.
  case trainingCurves
  /// The minima of parabolas at equal compute.
  case isoCompute
  /// The parametric loss.
  case parametricLoss

  /// N*(C) = exp(intercept)·C^slope.
  private var line: (intercept: Double, slope: Double) {
    switch self {
    case .trainingCurves: (-2.3110, 0.4981)
    case .isoCompute: (-1.9319, 0.4899)
    case .parametricLoss: (-0.6253, 0.4586)
    }
  }

  /// The best number of parameters for a compute in operations.
  public func parameters(compute: Double) -> Double {
    exponential(line.intercept) * power(compute, line.slope)
  }

  /// The tokens that go with it: C/(6·N*).
  public func tokens(compute: Double) -> Double {
    compute / (6 * parameters(compute: compute))
  }
}
