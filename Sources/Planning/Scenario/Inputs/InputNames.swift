import Catalog
import Quantities

extension InputDeclaration {
  /// The declaration of an input's name, and which of its family it is; nil when there is none.
  static func named(_ name: String) -> (declaration: InputDeclaration, item: String)? {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let family = parts.first,
      let declaration = all.first(where: { $0.name == family }),
      (declaration.scope == .plan) == (parts.count == 1)
    else { return nil }
    return (declaration, parts.count == 2 ? String(parts[1]) : "")
  }

  /// Of what multiplies something.
  static func multiplying(_ factor: Factor) -> InputDeclaration? {
    all.first { $0.multiplies == factor }
  }

  /// Every name a range can be given for.
  static func names(_ catalog: Catalog) -> [String] {
    all.filter(\.isGivable).flatMap { declaration in
      declaration.items(catalog).map(declaration.name(of:))
    }
  }

  /// - Throws: `ScenarioFault` with the nearest name when there is no such input.
  static func check(_ name: String, _ catalog: Catalog) throws(ScenarioFault) {
    let known = names(catalog)
    guard !known.contains(name) else { return }
    let near = NearMiss.closest(to: name, among: known)
    throw ScenarioFault(
      "“\(Magnitude.printable(name))” is no uncertain input"
        + (near.map { "; did you mean \($0)?" } ?? "; plan sensitivity lists them"))
  }
}

/// The names of the inputs that one option depends on.
struct OptionInputs: Hashable {
  /// In the order of `InputDeclaration.all`; empty where the option does not depend on one.
  private let names: [String]

  init(
    route: Route, provider: String, offer: String, accelerator: String, generation: String
  ) {
    names = InputDeclaration.all.map { declaration in
      switch (declaration.dependents, route == .buyGPU) {
      case (.rented, true), (.owned, false): return ""
      default: break
      }
      switch declaration.scope {
      case .plan: return declaration.isGivable ? declaration.name : ""
      case .accelerator: return declaration.name(of: accelerator)
      case .provider: return declaration.name(of: provider)
      case .server: return declaration.name(of: offer)
      case .generation: return declaration.name(of: generation)
      }
    }
  }

  /// The input that multiplies something; empty where the option does not depend on one.
  func name(_ factor: Factor) -> String {
    Self.places[factor.rawValue].map { names[$0] } ?? ""
  }

  /// The two inputs that the length of the run depends on.
  var throughput: String { name(.throughput) }
  var goodput: String { name(.goodput) }

  private func name(_ declaration: InputDeclaration) -> String {
    InputDeclaration.all.firstIndex { $0.name == declaration.name }.map { names[$0] } ?? ""
  }

  /// By factor, the place of its declaration.
  private static let places: [Int?] = Factor.allCases.map { factor in
    InputDeclaration.all.firstIndex { $0.multiplies == factor }
  }

  /// All of them.
  var all: Set<String> { Set(names).subtracting([""]) }
}
