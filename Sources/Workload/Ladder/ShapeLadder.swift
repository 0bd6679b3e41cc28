/// The shapes that a budget chooses among: dense models and mixtures of experts from about 1B to 2T
/// parameters, in steps of 5% of the active parameters.
///
/// The list is fixed. A budget, a purpose or a limit filters it and never moves it, so that more of
/// anything never leads to less:
///
///     for rung in ShapeLadder.all where rung.totalParameters <= largest {
///       rung.shape, rung.activeParameters, rung.share
///     }
public enum ShapeLadder {
  /// Shares of parameters that are active in the mixtures, densest first.
  public static let shares: [Double] = [
    1.0 / 4, 1.0 / 6, 1.0 / 8, 1.0 / 12, 1.0 / 16, 1.0 / 24, 1.0 / 32,
  ]

  /// The ratio of a rung's active parameters to those of the one below it.
  public static let step = 1.05

  /// Parameters of the smallest and of the largest shape, about.
  public static let range: ClosedRange<Double> = 1e9...2e12

  /// The least active parameters of a mixture: below, its embeddings would be most of it.
  static let leastActiveParameters = 3e8

  /// One shape of the ladder, its counts at hand.
  public struct Rung: Hashable, Sendable {
    public var shape: TransformerArchitecture
    public var activeParameters: Double
    public var totalParameters: Double
    /// The share of parameters that was aimed at; 1 for a dense model.
    public var share: Double

    public var isDense: Bool { share == 1 }

    init(_ shape: TransformerArchitecture, share: Double) {
      self.shape = shape
      self.share = share
      activeParameters = shape.activeParameters
      totalParameters = shape.totalParameters
    }
  }

  /// Dense models by size (`TransformerArchitecture.defaultShape`).
  public static let dense: [Rung] = {
    var rungs: [Rung] = []
    var wanted = range.lowerBound
    while wanted <= range.upperBound {
      rungs.append(Rung(.defaultShape(parameters: wanted), share: 1))
      wanted *= step
    }
    return rungs
  }()

  /// Mixtures, by share in the order of `shares` and by size within each.
  public static let mixtures: [Rung] = shares.flatMap(mixtures(share:))

  /// Dense models, then mixtures.
  public static let all: [Rung] = dense + mixtures

  /// Mixtures of one share by active parameters, from the size on from which every step can be made.
  private static func mixtures(share: Double) -> [Rung] {
    var rungs: [Rung] = []
    var wanted = max(leastActiveParameters, range.lowerBound * share)
    while wanted <= range.upperBound * share {
      if let shape = TransformerArchitecture.mixture(activeParameters: wanted, share: share) {
        let rung = Rung(shape, share: share)
        if rung.activeParameters > rungs.last?.activeParameters ?? 0 { rungs.append(rung) }
      } else {
        rungs.removeAll()
      }
      wanted *= step
    }
    return rungs
  }
}
