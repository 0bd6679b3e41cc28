import Testing
import Uncertainty

/// Whether two numbers agree to a share of the second.
func isClose(_ value: Double, _ expected: Double, within share: Double) -> Bool {
  (value - expected).magnitude <= share * expected.magnitude
}

/// What a mutating call gave; `#require` itself can't make one.
func required<Value>(_ value: Value?) throws -> Value { try #require(value) }

@Suite struct NormalDistributionTests {
  // Wichura 1988, table of check values for PPND16; 0.9 from any table.
  @Test(
    "quantiles of the literature",
    arguments: [
      (0.25, -0.674_489_750_196_081_7), (1e-3, -3.090_232_306_167_814),
      (1e-20, -9.262_340_089_798_408), (0.9, 1.281_551_565_544_600_4),
      (0.975, 1.959_963_984_540_054), (0.5, 0),
    ])
  func published(chance: Double, quantile: Double) {
    let found = NormalDistribution.quantile(chance)
    #expect((found - quantile).magnitude <= 1e-14 * max(1, quantile.magnitude))
  }

  @Test("quantile and chance undo each other far into the tail")
  func roundTrip() {
    for step in 0...4000 {
      let z = -30 + Double(step) * 0.0075
      let found = NormalDistribution.quantile(NormalDistribution.cumulative(z))
      #expect((found - z).magnitude < 1e-14 * max(1, z.magnitude))
    }
  }

  @Test("quantiles rise, and end in infinities")
  func ends() {
    var last = -Double.infinity
    for step in 1..<100_000 {
      let value = NormalDistribution.quantile(Double(step) / 100_000)
      #expect(value > last)
      last = value
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(.nan).isNaN)
    #expect(isClose(NormalDistribution.density(0), 0.398_942_280_4, within: 1e-9))
  }
}
