import Screen

/// What the keys do in every mode, as the user has them.
struct Keymap: Sendable {
  private var registries: [Mode: DashboardRegistry]

  /// The keys as they are by default, but for some actions.
  init(_ wishes: [(action: String, keys: [Key])] = []) {
    registries = [:]
    for mode in Mode.allCases {
      registries[mode] = Self.changed(Actions.registry(for: mode), wishes)
    }
  }

  subscript(mode: Mode) -> DashboardRegistry {
    registries[mode] ?? Actions.registry(for: mode)
  }

  /// Every action there is.
  static let actionNames: [String] = {
    var names: [String] = []
    for mode in Mode.allCases {
      names += Actions.registry(for: mode).actions.map(\.name).filter { !names.contains($0) }
    }
    return names
  }()

  /// Gives actions the keys wished for; whoever had them loses them.
  private static func changed(
    _ registry: DashboardRegistry, _ wishes: [(action: String, keys: [Key])]
  ) -> DashboardRegistry {
    let own = wishes.filter { registry.action(named: $0.action) != nil }
    guard !own.isEmpty else { return registry }
    let taken = Set(own.flatMap(\.keys))
    return DashboardRegistry(
      registry.actions.map { action in
        let wish = own.last { $0.action == action.name }
        return action.withKeys(wish?.keys ?? action.keys.filter { !taken.contains($0) })
      })
  }
}

extension Settings {
  /// Reads a settings file; what is wrong in it is left as it is by default.
  public init(reading text: String, file: String) {
    self.init(reading: text, file: file, actions: Keymap.actionNames)
  }
}
