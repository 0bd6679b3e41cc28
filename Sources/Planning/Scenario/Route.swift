import Catalog

/// The ways to get the chips, weighed side by side.
public enum Route: String, CaseIterable, Comparable, Sendable {
  case rentTrainium = "rent-trainium"
  case rentTPU = "rent-tpu"
  case buyGPU = "buy-gpu"
  /// Rented GPUs: the yardstick.
  case rentGPU = "rent-gpu"

  /// The route of a rented accelerator.
  public init(renting kind: AcceleratorKind) {
    switch kind {
    case .trainium: self = .rentTrainium
    case .tpu: self = .rentTPU
    case .gpu: self = .rentGPU
    }
  }

  /// One letter, so that colour is never the only mark: Trainium, Google TPU, Own, Rented GPU.
  public var letter: Character {
    switch self {
    case .rentTrainium: "T"
    case .rentTPU: "G"
    case .buyGPU: "O"
    case .rentGPU: "R"
    }
  }

  /// What a heading says.
  public var title: String {
    switch self {
    case .rentTrainium: "Rent AWS Trainium"
    case .rentTPU: "Rent Google TPU"
    case .buyGPU: "Buy GPU servers"
    case .rentGPU: "Rent GPUs (yardstick)"
    }
  }

  /// In the order of the cases.
  public static func < (left: Route, right: Route) -> Bool {
    order(left) < order(right)
  }

  private static func order(_ route: Route) -> Int {
    allCases.firstIndex(of: route) ?? 0
  }
}
