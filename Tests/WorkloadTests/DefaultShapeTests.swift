import Testing
import Workload

@Suite struct DefaultShapeTests {
  @Test("a shape for any size is within 1% of it and sizes never fall")
  func closeAndMonotone() {
    var worst = 0.0
    var falls = 0
    var last = 0
    var wanted = 1e8
    while wanted <= 1e13 {
      let shape = TransformerArchitecture.defaultShape(parameters: wanted)
      worst = max(worst, (shape.totalParameters / wanted - 1).magnitude)
      if shape.parameterCount < last { falls += 1 }
      last = shape.parameterCount
      wanted *= 1.00137
    }
    #expect(worst < 0.01)
    #expect(falls == 0)
  }

  @Test("the shape for 8B is that of Llama 3 8B in width and depth")
  func likeLlama() {
    let shape = TransformerArchitecture.defaultShape(parameters: 8.03e9)
    #expect(shape.hiddenSize == 4096)
    #expect(shape.layers == 32)
    #expect(shape.keyValueHeads == 8)
    #expect(shape.feedForwardSize == 14336)
  }

  @Test(
    "proportions stay those of real models",
    arguments: [1e8, 3e8, 1e9, 3e9, 1.3e10, 7e10, 1.75e11, 4.05e11, 1e12, 3e12, 1e13])
  func proportions(parameters: Double) {
    let shape = TransformerArchitecture.defaultShape(parameters: parameters)
    let ratio = Double(shape.feedForwardSize) / Double(shape.hiddenSize)
    #expect((2.5...4.5).contains(ratio))
    #expect(shape.attentionHeads * shape.headDimension == shape.hiddenSize)
    #expect(shape.attentionHeads % shape.keyValueHeads == 0)
    #expect(shape.layers >= 4 && shape.layers <= shape.hiddenSize / 16)
  }

  @Test("sizes outside the range are taken to its ends", arguments: [0, -5, Double.nan])
  func outside(parameters: Double) {
    let smallest = TransformerArchitecture.defaultShape(parameters: 1e8)
    #expect(TransformerArchitecture.defaultShape(parameters: parameters) == smallest)
    let largest = TransformerArchitecture.defaultShape(parameters: 1e13)
    #expect(TransformerArchitecture.defaultShape(parameters: 1e20) == largest)
  }
}
