import Screen

// The list of everything that can be done.
extension DashboardState {
  /// Opens the list: every action that has a key here, every input, every theme.
  mutating func openPalette() -> [Effect] {
    let actions = keymap[mode].actions.filter { $0.name != "palette.open" }
    var items = actions.map { action in
      Picker.Item(
        name: action.name, label: action.help,
        note: action.keys.map(\.name).joined(separator: " "),
        refusal: action.disabledReason(self) ?? "")
    }
    items += inputs.map { Picker.Item(name: Self.inputPrefix + $0.name, label: "Edit \($0.label)") }
    items += themes.map {
      Picker.Item(name: Self.themePrefix + $0.name, label: "Theme “\($0.name)”")
    }
    picker = Picker(.commands, title: "Commands", items: items, query: TextField())
    return []
  }

  private static let inputPrefix = "input."
  private static let themePrefix = "theme."

  /// Does what was picked from the list, as its key would have.
  mutating func run(command name: String) -> [Effect] {
    if name.hasPrefix(Self.inputPrefix) {
      let wanted = name.dropFirst(Self.inputPrefix.count)
      guard let index = inputs.firstIndex(where: { $0.name == wanted }) else { return [] }
      return editField(at: index)
    }
    if name.hasPrefix(Self.themePrefix),
      let index = themes.firstIndex(where: { Self.themePrefix + $0.name == name })
    {
      wear(themes[index])
      return []
    }
    return answer(keymap[mode].dispatch(named: name, on: &self), to: name)
  }

  mutating func wear(_ theme: NamedTheme) {
    appearance.theme = theme.theme
    themeName = theme.name
    message = Message("Theme “\(theme.name)”.")
  }

  /// The next theme, round and round.
  mutating func nextTheme() {
    let index = themes.firstIndex { $0.name == themeName } ?? -1
    guard !themes.isEmpty else { return }
    wear(themes[(index + 1) % themes.count])
  }
}
