import Testing
import Workload

@Suite struct ScalingWarningTests {
  @Test("inside the fitted ranges nothing is said")
  func inside() {
    #expect(ScalingWarnings.additive(parameters: 1e9, tokens: 20e9) == [])
    #expect(ScalingWarnings.llama3(compute: 1e21) == [])
    #expect(ScalingWarnings.deepSeek(compute: 1e20) == [])
    #expect(
      ScalingWarnings.dataConstrained(parameters: 1e12, tokens: 1e13, uniqueTokens: 2e13) == [])
    #expect(ScalingWarnings.mixture(activeParameters: 1e9, experts: 8) == [])
    #expect(ScalingWarnings.criticalBatch(trainingTokens: 1e10) == [])
    #expect(ScalingWarnings.overtrained(parameters: 8e9, tokens: 15e12) == [])
  }

  @Test(
    "extrapolation is severe beyond 1e24 operations or 350 tokens per parameter",
    arguments: [
      (70e9, 1.4e12, [ScalingWarning.Severity.caution, .caution, .caution]),
      (405e9, 15.6e12, [.severe, .caution, .caution]),
      (1e9, 400e9, [.severe, .caution]),
    ])
  func additive(parameters: Double, tokens: Double, expected: [ScalingWarning.Severity]) {
    let warnings = ScalingWarnings.additive(parameters: parameters, tokens: tokens)
    #expect(warnings.map(\.severity) == expected)
  }

  @Test("each law warns beyond its own range")
  func beyond() {
    #expect(ScalingWarnings.llama3(compute: 1e23).count == 1)
    #expect(ScalingWarnings.deepSeek(compute: 1e21).count == 1)
    let repeated = ScalingWarnings.dataConstrained(
      parameters: 1e10, tokens: 1e12, uniqueTokens: 1e10)
    #expect(repeated.map(\.severity) == [.severe, .caution])
    #expect(ScalingWarnings.mixture(activeParameters: 37e9, experts: 256).count == 2)
    #expect(ScalingWarnings.criticalBatch(trainingTokens: 2e12).map(\.severity) == [.severe])
    #expect(ScalingWarnings.overtrained(parameters: 20e9, tokens: 15e12).count == 1)
  }
}
