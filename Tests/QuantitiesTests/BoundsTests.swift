import Testing

@testable import Quantities

@Suite("Bounds")
struct BoundsTests {
  private let tariff = Bounds(
    0...10, plausible: 0.01...0.6, "USD per kWh", slips: [Bounds.Slip(0.01, "in cents")])

  @Test("a value within what is plausible is taken without a word, ends included")
  func plausible() {
    for value in [0.01, 0.2, 0.6] { #expect(tariff.verdict(on: value) == .plausible) }
  }

  @Test("a value that can be but hardly is says what is expected, and which slip would explain it")
  func implausible() {
    #expect(
      tariff.verdict(on: 8.1, written: "8.1")
        == .implausible(
          "8.1 is implausible: 0.01 to 0.6 USD per kWh is expected; in cents? write 0.081"))
    #expect(
      tariff.verdict(on: 0.001)
        == .implausible("0.001 is implausible: 0.01 to 0.6 USD per kWh is expected"))
  }

  @Test("a value that can't be is refused with the likeliest cure")
  func impossible() {
    #expect(
      Bounds.fraction.verdict(on: 42.9, written: "42.9")
        == .impossible("42.9 is outside 0 to 1; in per cent? write 0.429"))
    #expect(Bounds.fraction.verdict(on: -0.1) == .impossible("-0.1 is outside 0 to 1"))
    for value in [Double.nan, .infinity, -.infinity] {
      guard case .impossible = Bounds.fraction.verdict(on: value) else {
        Issue.record("\(value) was taken")
        continue
      }
    }
  }

  @Test("what is plausible never reaches beyond what is possible")
  func nested() {
    #expect(Bounds(0...1, plausible: -5...0.5).plausible == 0...0.5)
  }

  @Test(
    "numbers are shown as somebody would write them",
    arguments: [
      (0.429, "0.429"), (42.9 / 100, "0.429"), (1e18, "1e18"), (0, "0"), (1e7, "1e7"),
      (1.5e9, "1.5e9"), (-2e12, "-2e12"),
    ] as [(Double, String)])
  func shown(value: Double, text: String) {
    #expect(Bounds.shown(value) == text)
  }
}
