import Testing

@testable import Planning

@Suite("Tokens of three significant digits")
struct RoundTokensTests {
  @Test(
    "the last step that fits is found from any guess, and nothing below a least one is looked for")
  func last() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let limit = Int.random(in: -1..<RoundTokens.steps, using: &random)
      let guess = Int.random(in: 0..<RoundTokens.steps, using: &random)
      let least = Int.random(in: 0..<RoundTokens.steps, using: &random)
      #expect(RoundTokens.last(near: guess) { $0 <= limit } == (limit < 0 ? nil : limit))
      var asked = 0
      let found = RoundTokens.last(near: guess, atLeast: least) {
        asked += 1
        return $0 <= limit
      }
      #expect(found == (limit < max(0, least) ? nil : limit))
      #expect(asked <= (least > 0 && limit < least ? 1 : 40))
    }
  }

  @Test("steps grow, and the step near a number is the last one not above it")
  func steps() {
    for step in 1..<RoundTokens.steps {
      let value = RoundTokens.value(step)
      #expect(value > RoundTokens.value(step - 1))
      #expect(
        RoundTokens.step(near: value) == step && RoundTokens.step(near: value * 0.9999) == step - 1)
    }
    #expect(
      RoundTokens.step(near: 0) == 0 && RoundTokens.step(near: .infinity) == RoundTokens.steps - 1)
  }
}
