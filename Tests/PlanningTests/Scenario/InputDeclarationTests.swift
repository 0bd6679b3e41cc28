import Catalog
import Testing

@testable import Planning

@Suite("Uncertain inputs as they are declared")
struct InputDeclarationTests {
  @Test("Names and dimensions of the sequence are each one input's own")
  func unique() {
    let names = InputDeclaration.all.map(\.name)
    #expect(Set(names).count == names.count)
    let dimensions = InputDeclaration.all.flatMap(\.dimensions.values)
    #expect(Set(dimensions).count == dimensions.count)
  }

  @Test("Each factor of a world is one input's, and those of owning alone come last")
  func factors() {
    let declared = InputDeclaration.all.compactMap(\.multiplies)
    #expect(declared.count == Factor.count && Set(declared) == Set(Factor.allCases))
    #expect(Factor.count <= World().lanes.scalarCount)
    for factor in Factor.allCases {
      let isOwned = InputDeclaration.multiplying(factor)?.dependents == .owned
      #expect(isOwned == (factor.rawValue >= Factor.server.rawValue), "\(factor)")
    }
  }

  @Test("A field of the scenario that sets an input's middle is there")
  func scenarioKeys() {
    let keys = InputDeclaration.all.compactMap(\.scenarioKey)
    #expect(!keys.isEmpty)
    for key in keys { #expect(ScenarioField.named(key) != nil, "\(key)") }
  }

  @Test("Every name a range can be given for leads back to its declaration")
  func names() throws {
    let catalog = try Catalog()
    let names = InputDeclaration.names(catalog)
    #expect(names.contains("experiments") && names.contains("throughput.h100-sxm"))
    #expect(!names.contains("loss"))
    for name in names {
      let (declaration, item) = try #require(InputDeclaration.named(name), "\(name)")
      #expect(declaration.name(of: item) == name)
    }
  }

  @Test("What is bought depends on no price of a provider, what is rented on no price of a server")
  func dependents() {
    func inputs(_ route: Route) -> OptionInputs {
      OptionInputs(
        route: route, provider: "aws", offer: "x", accelerator: "h100-sxm", generation: "hopper")
    }
    #expect(inputs(.rentGPU).name(.price) == "price.aws")
    #expect(inputs(.rentGPU).name(.server).isEmpty && inputs(.rentGPU).name(.leadTime).isEmpty)
    #expect(inputs(.buyGPU).name(.server) == "server_price.x")
    #expect(inputs(.buyGPU).name(.leadTime) == "lead_time.hopper")
    #expect(inputs(.buyGPU).name(.price).isEmpty && inputs(.buyGPU).name(.queueWait).isEmpty)
    #expect(inputs(.buyGPU).all.contains("throughput.h100-sxm"))
    #expect(!inputs(.buyGPU).all.contains("loss"))
  }
}
