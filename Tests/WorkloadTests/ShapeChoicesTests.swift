import Testing

@testable import Workload

@Suite struct ShapeChoicesTests {
  @Test("more compute never buys less, for any purpose, law and stock of data")
  func monotone() throws {
    let cases = [
      ShapeChoices(), ShapeChoices(purpose: Purpose(.train)),
      ShapeChoices(uniqueTokens: 1e12), ShapeChoices(kinds: .dense),
      ShapeChoices(law: LossLaw(mixtures: .joint)),
      ShapeChoices(purpose: Purpose(.serve, servedTokens: 1e14)),
    ]
    for choices in cases {
      var last = 0.0
      for step in 0..<150 {
        let compute: Double = 1e19 * power(1.15, Double(step))
        let answer = try #require(choices.best(compute: compute))
        #expect(answer.effectiveCompute >= last)
        #expect(answer.compute <= compute * (1 + 1e-12))
        last = answer.effectiveCompute
      }
    }
  }

  @Test("a served model is a mixture within the published span that fits its node")
  func served() throws {
    let choices = ShapeChoices()
    for compute in [1e22, 1e23, 1e24, 5e24, 1e25] {
      let answer = try #require(choices.best(compute: compute))
      #expect(!answer.rung.isDense)
      #expect((700...1000).contains(answer.tokensPerActiveParameter), "\(compute)")
      #expect(answer.rung.totalParameters <= ServingNode.usual.largestTotalParameters)
    }
  }

  @Test("all published mixtures to measure against fit the usual node")
  func node() throws {
    for id in ModelTrainings.yardsticks {
      let training = try #require(ModelTrainings.of(id))
      #expect(Purpose().admits(totalParameters: training.totalParameters), "\(id)")
    }
    #expect(!Purpose().admits(totalParameters: 1.2e12))
    #expect(Purpose(.train).admits(totalParameters: 1e13))
  }

  @Test("trained for its loss alone a model is larger, on fewer tokens each, and better")
  func trained() throws {
    for compute in [1e23, 1e24] {
      let served = try #require(ShapeChoices().best(compute: compute))
      let trained = try #require(
        ShapeChoices(purpose: Purpose(.train)).best(compute: compute))
      #expect(trained.effectiveCompute > served.effectiveCompute)
      #expect(trained.rung.activeParameters > served.rung.activeParameters)
      #expect(trained.tokensPerActiveParameter < 200)
    }
  }

  @Test("dense models alone are worth less at every compute")
  func dense() throws {
    for compute in [1e22, 1e24, 1e26] {
      let dense = try #require(ShapeChoices(kinds: .dense).best(compute: compute))
      let all = try #require(ShapeChoices().best(compute: compute))
      #expect(dense.rung.isDense)
      #expect(all.effectiveCompute > dense.effectiveCompute)
    }
  }

  @Test(
    "where data runs out the answer trains larger models on all of it, then repeats, and says so")
  func dataBinds() throws {
    let choices = ShapeChoices(uniqueTokens: 2e12)
    let answer = try #require(choices.best(compute: 1e24))
    #expect(answer.tokensPerActiveParameter < 700)
    #expect(answer.passes >= 1)
    let scarce = ShapeChoices(uniqueTokens: 3e11).limits(compute: 1e24)
    let limit = try #require(scarce.first { $0.kind == .uniqueTokens })
    #expect(limit.gain > 1.1)
    #expect(limit.lifted.passes == 0)
    // Beyond 40 passes compute is left unspent.
    let tiny = ShapeChoices(uniqueTokens: 1e9)
    let left = try #require(tiny.best(compute: 1e26))
    #expect(left.compute < 1e26)
    #expect(isClose(left.passes, 40, within: 1e-9))
  }

  @Test("where the serving node binds the answer names what lifting it gives")
  func nodeBinds() throws {
    let choices = ShapeChoices()
    #expect(choices.limits(compute: 1e23).map(\.kind) == [.compute])
    let limits = choices.limits(compute: 3e25)
    let node = try #require(limits.first { $0.kind == .servingNode })
    #expect(node.gain > 1.1)
    #expect(
      node.lifted.rung.totalParameters > ServingNode.usual.largestTotalParameters)
  }

  @Test("nothing admitted leaves no answer and no limits")
  func none() {
    let node = ServingNode(memoryBytes: 1e6)
    let choices = ShapeChoices(purpose: Purpose(.serve, servingNode: node))
    #expect(choices.best(compute: 1e24) == nil)
    #expect(choices.limits(compute: 1e24).isEmpty)
  }

  @Test("a shape that is no contender never wins, however unevenly shapes run")
  func contenders() throws {
    let choices = ShapeChoices()
    var seed: UInt64 = 7
    for compute in [1e21, 1e24, 2e25] {
      let range: ClosedRange<Double> = compute...(1.5 * compute)
      let contenders = choices.contenders(compute: range)
      #expect(contenders.count < choices.all.count / 4, "\(contenders.count)")
      let names = Set(contenders.map(\.rung))
      for _ in 0..<20 {
        // Each shape gets a compute of its own within the range.
        var best: (rung: ShapeLadder.Rung, worth: Double)?
        for choice in choices.all {
          seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let share = Double(seed >> 11) / 9_007_199_254_740_992
          let own: Double = compute * (1 + 0.5 * share)
          let tokens: Double = own / (6 * choice.rung.activeParameters)
          guard tokens >= choice.leastTokens else { continue }
          let worth = choices.effectiveCompute(choice, tokens: tokens)
          if worth > best?.worth ?? 0 { best = (choice.rung, worth) }
        }
        #expect(names.contains(try #require(best).rung))
      }
    }
  }
}
