import ArgumentParser
import Catalog
import Planning
import Workload

/// What shells complete values with. Names of the catalogue are asked for only when a shell wants
/// them: reading it takes time that no other run should pay.
enum Completions {
  static let models = CompletionKind.custom { _, _, _ in ModelPresets.all.map(\.id) }
  static let accelerators = CompletionKind.custom { _, _, _ in
    ((try? Catalog())?.accelerators ?? []).map(\.id)
  }
  static let claims = CompletionKind.custom { _, _, _ in
    ((try? Catalog())?.claims ?? []).map(\.id)
  }
  static let regions = CompletionKind.custom { _, _, _ in
    Set(((try? Catalog())?.offers ?? []).map(\.region)).subtracting([""]).sorted()
  }
  static let providers = CompletionKind.custom { _, _, _ in
    Set(((try? Catalog())?.offers ?? []).map(\.provider)).union(["own"]).sorted()
  }
  static let routes = choices(Route.self)
  static let purchases = choices(Purchase.self)
}
