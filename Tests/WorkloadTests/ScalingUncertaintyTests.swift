import Testing

@testable import Workload

@Suite struct ScalingUncertaintyTests {
  // Percentiles of 600 bootstrap refits of Besiroglu et al.'s points. A first-order spread follows
  // their widths; the middles of the bootstrap lie up to 10% off the fit itself.
  @Test(
    "spreads follow those of the bootstrap",
    arguments: [
      (1e21, 2.52e9, 3.12e9, 17.1, 26.2, 2.3005, 2.3084),
      (5.76e23, 58e9, 97e9, 10.1, 28.4, 1.958, 1.991),
      (3.8e25, 457e9, 939e9, 7.2, 30.3, 1.869, 1.914),
    ])
  func bootstrap(
    compute: Double, lowParameters: Double, highParameters: Double, lowRatio: Double,
    highRatio: Double, lowLoss: Double, highLoss: Double
  ) {
    let parameters = ScalingLawUncertainty.optimalParameters(compute: compute)
    #expect(isClose(parameters.p10, lowParameters, within: 0.07))
    #expect(isClose(parameters.p90, highParameters, within: 0.07))
    let ratio = ScalingLawUncertainty.optimalTokensPerParameter(compute: compute)
    #expect(isClose(ratio.p10, lowRatio, within: 0.14))
    #expect(isClose(ratio.p90, highRatio, within: 0.14))
    let loss = ScalingLawUncertainty.optimalLoss(compute: compute)
    #expect((loss.p10 - lowLoss).magnitude < 2e-3)
    #expect((loss.p90 - highLoss).magnitude < 2e-3)
    #expect(loss.p50 == AdditiveScalingLaw.besiroglu.optimum(compute: compute).loss)
  }

  @Test("the covariance is symmetric and its standard deviations are the published ones")
  func covariance() {
    // Besiroglu et al. 2024: standard errors of E 0.0257, α 0.0154, β 0.0206.
    let matrix = ScalingLawUncertainty.covariance
    for row in matrix.indices {
      for column in matrix.indices { #expect(matrix[row][column] == matrix[column][row]) }
    }
    #expect(isClose(matrix[3][3].squareRoot(), 0.0154, within: 0.05))
    #expect(isClose(matrix[4][4].squareRoot(), 0.0206, within: 0.05))
    #expect(isClose(1.8172 * matrix[2][2].squareRoot(), 0.0257, within: 0.05))
  }

  @Test("far from the fitted data the spread of the loss is wider than within it")
  func widens() {
    let within = ScalingLawUncertainty.loss(parameters: 3e9, tokens: 6e10)
    let beyond = ScalingLawUncertainty.loss(parameters: 4e11, tokens: 1.56e13)
    #expect(beyond.p90 - beyond.p10 > 2 * (within.p90 - within.p10))
  }
}
