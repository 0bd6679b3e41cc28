import Screen

/// One thing a user can do, declared once: keys, help, footer and dispatch all come from here.
public struct Action<State, Task>: Sendable {
  /// Its name for key files and tests, `row.next`.
  public let name: String
  /// Keys that do it, the one to show first.
  public let keys: [Key]
  /// What it does, in one line.
  public let help: String
  /// A word or two for the footer; nil where the footer does not mention it.
  public let hint: String?
  /// The keys the footer names, where one action speaks for a pair: `j/k`.
  public let hintKeys: String
  /// Why it can't be done now, as a sentence; nil when it can.
  public let disabledReason: @Sendable (State) -> String?
  /// Does it.
  public let perform: @Sendable (inout State) -> [Task]

  public init(
    _ name: String, keys: [Key], help: String, hint: String? = nil, hintKeys: String? = nil,
    disabledReason: @escaping @Sendable (State) -> String? = { _ in nil },
    perform: @escaping @Sendable (inout State) -> [Task]
  ) {
    self.name = name
    self.keys = keys
    self.help = help
    self.hint = hint
    self.hintKeys = hintKeys ?? keys.first?.name ?? ""
    self.disabledReason = disabledReason
    self.perform = perform
  }
}

extension Action {
  /// The same action on other keys.
  func withKeys(_ keys: [Key]) -> Action {
    Action(
      name, keys: keys, help: help, hint: hint,
      hintKeys: keys == self.keys ? hintKeys : keys.first?.name ?? "",
      disabledReason: disabledReason, perform: perform)
  }
}

/// What came of a key.
public enum Dispatch<Task> {
  /// The action ran; these effects are for the loop to carry out.
  case done([Task])
  /// The action can't be done now, for this reason.
  case refused(String)
  /// No action has this key.
  case unknown
}

/// The actions of a view in the order that help shows them.
public struct ActionRegistry<State, Task>: Sendable {
  public let actions: [Action<State, Task>]
  private let indexByKey: [Key: Int]

  /// - Precondition: no two actions share a name or a key.
  public init(_ actions: [Action<State, Task>]) {
    self.actions = actions
    var indexByKey: [Key: Int] = [:]
    for (index, action) in actions.enumerated() {
      for key in action.keys {
        precondition(indexByKey[key] == nil, "two actions on the key \(key.name)")
        indexByKey[key] = index
      }
    }
    precondition(Set(actions.map(\.name)).count == actions.count, "two actions of one name")
    self.indexByKey = indexByKey
  }

  public func action(for key: Key) -> Action<State, Task>? {
    indexByKey[key].map { actions[$0] }
  }

  public func action(named name: String) -> Action<State, Task>? {
    actions.first { $0.name == name }
  }

  /// Runs the action of a key, unless it is disabled.
  public func dispatch(_ key: Key, on state: inout State) -> Dispatch<Task> {
    guard let action = action(for: key) else { return .unknown }
    return run(action, on: &state)
  }

  /// Runs an action by its name, unless it is disabled.
  public func dispatch(named name: String, on state: inout State) -> Dispatch<Task> {
    guard let action = action(named: name) else { return .unknown }
    return run(action, on: &state)
  }

  private func run(_ action: Action<State, Task>, on state: inout State) -> Dispatch<Task> {
    if let reason = action.disabledReason(state) { return .refused(reason) }
    return .done(action.perform(&state))
  }

  /// What the footer says, as far as it fits: only what can be done now, in order.
  ///
  /// The last hint (help, by custom) is kept as others are dropped.
  public func footer(_ state: State, width: Int, theme: Theme) -> [Span] {
    let hints = actions.filter {
      $0.hint != nil && !$0.hintKeys.isEmpty && $0.disabledReason(state) == nil
    }
    .map { (key: $0.hintKeys, hint: $0.hint ?? "") }
    guard let last = hints.last else { return [] }
    func columns(_ hint: (key: String, hint: String)) -> Int {
      DisplayWidth.of(hint.key) + 1 + DisplayWidth.of(hint.hint)
    }
    var used = columns(last)
    var shown: [(key: String, hint: String)] = []
    for hint in hints.dropLast() {
      guard used + columns(hint) + 2 <= width else { break }
      used += columns(hint) + 2
      shown.append(hint)
    }
    return (shown + [last]).enumerated().flatMap { index, hint in
      [
        Span(index == 0 ? "" : "  ", theme.muted), Span(hint.key, theme.key),
        Span(" " + hint.hint, theme.muted),
      ]
    }
  }

  /// The lines of a help screen: keys, what they do, and why not now.
  public func help(_ state: State) -> [Document.Item] {
    actions.map { action in
      let reason = action.disabledReason(state).map { "(not now: \($0))" }
      return .key(
        action.keys.map(\.name).joined(separator: " "), help: action.help, note: reason ?? "")
    }
  }
}
