import Screen

// The list of everything that can be done.
extension DashboardState {
  /// Opens the list: every action that has a key here, every input, every theme, every option.
  mutating func openPalette() -> [Effect] {
    let actions = keymap[mode].actions.filter { $0.name != "palette.open" }
    var items = actions.map { action in
      Picker.Item(
        name: action.name, label: action.help,
        note: action.keys.map(\.name).joined(separator: " "),
        refusal: action.disabledReason(self) ?? "")
    }
    items += inputs.map { input in
      Picker.Item(
        name: Self.inputPrefix + input.name, label: "Edit \(input.label)",
        words: Self.words(of: input))
    }
    items += themes.map {
      Picker.Item(name: Self.themePrefix + $0.name, label: "Theme “\($0.name)”")
    }
    items += list.options.map { option in
      Picker.Item(
        name: Self.optionPrefix + option.id, label: "Go to \(option.title)",
        note: option.rank.map { "#\($0)" } ?? "ruled out", words: option.route.rawValue)
    }
    picker = Picker(.commands, title: "Commands", items: items, query: TextField())
    return []
  }

  private static let inputPrefix = "input."
  private static let themePrefix = "theme."
  private static let optionPrefix = "option."

  /// What an input is also looked for by: what it is, the names it takes, and other words for it.
  private static func words(of input: InputField) -> String {
    var words = [input.help] + input.completions
    if case .some(let values, _) = input.kind { words += values }
    words += moreWords[input.name] ?? []
    return words.joined(separator: " ")
  }

  /// Words for inputs that neither their label nor their help has.
  private static let moreWords = [
    "discount": ["price", "rebate", "quote"], "promised": ["price", "commitment", "quote"],
    "tariff": ["price", "electricity"], "residual": ["price", "resale"],
    "serving-price": ["price"], "idle-value": ["price"], "use-worth": ["price"],
    "routes": ["rent", "buy", "trainium", "tpu", "gpu"],
    "quota": ["capacity", "granted", "trainium", "tpu"], "quotes": ["quote", "offer", "price"],
    "claims": ["claim"],
  ]

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
    if name.hasPrefix(Self.optionPrefix) {
      return goTo(optionNamed: String(name.dropFirst(Self.optionPrefix.count)))
    }
    return answer(keymap[mode].dispatch(named: name, on: &self), to: name)
  }

  /// Puts the cursor on an option, on the page of the options.
  private mutating func goTo(optionNamed id: String) -> [Effect] {
    guard let index = list.options.firstIndex(where: { $0.id == id }) else { return [] }
    page = .main
    if showsAnswer { arrange(.overview) }
    focus(on: .options)
    selectedID = list.options[index].id
    keepInView()
    return []
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
