/// A choice between options whose costs depend on which of a few states is true.
///
///     let decision = DiscreteDecision(prior: [0.6, 0.4], costs: [[6, 11], [9, 9]])
///     decision.valueOfPerfectInformation  // 0.8
public struct DiscreteDecision: Hashable, Sendable {
  /// The chance of each state; they sum to 1.
  public var prior: [Double]
  /// A row an option, a column a state; less is better.
  public var costs: [[Double]]

  public init(prior: [Double], costs: [[Double]]) {
    self.prior = prior
    self.costs = costs
  }

  /// The least expected cost of a choice made now; infinite without options.
  public var expectedCost: Double { least(weights: prior) }

  /// What it would be worth to know the state before choosing: min E[cost] − E[min cost] (H. Raiffa
  /// and R. Schlaifer, Applied Statistical Decision Theory, 1961).
  public var valueOfPerfectInformation: Double {
    let informed = prior.indices.reduce(0) { sum, state in
      sum + prior[state] * (costs.map { $0[state] }.min() ?? .infinity)
    }
    return expectedCost - informed
  }

  /// What it is worth to see a signal before choosing.
  ///
  /// - Parameter likelihood: a row a signal, a column a state: the chance of the signal in the state.
  ///   Each column sums to 1.
  public func valueOfSample(likelihood: [[Double]]) -> Double {
    // Weighted by joint chances: each signal's own chance cancels against its posterior's.
    let informed = likelihood.reduce(0) { sum, signal in
      sum + least(weights: zip(signal, prior).map { $0 * $1 })
    }
    return expectedCost - informed
  }

  private func least(weights: [Double]) -> Double {
    costs.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }.min() ?? .infinity
  }
}
