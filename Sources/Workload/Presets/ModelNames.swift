import Quantities

/// Presets by the names that people write: titles, ids in any case, ids of model hubs.
extension ModelPresets {
  /// Ends of hub ids that name a tuned or converted model of the same shape.
  private static let endings = [
    "instruct", "chat", "base", "pretrained", "pt", "it", "hf", "thinking", "fp8", "bf16", "2507",
    "v0.1", "v0.2", "v0.3", "v1", "preview",
  ]

  /// Letters, digits and points of a name in lower case, which is what names are compared by.
  private static func letters(_ name: some StringProtocol) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." })
  }

  private static let byLetters: [String: ModelPreset] = {
    var named: [String: ModelPreset] = [:]
    for preset in all {
      for name in [preset.id, preset.title] where named[letters(name)] == nil {
        named[letters(name)] = preset
      }
    }
    return named
  }()

  /// The preset that a name means: its id or title in any case and with any blanks, or the id of a
  /// model hub with an owner before a slash and words such as Instruct at its end; nil when none.
  static func named(_ name: String) -> ModelPreset? {
    let own = name.split(separator: "/").last ?? ""
    var words = own.split { $0 == "-" || $0 == " " || $0 == "_" }.map(String.init)
    if words.count > 1, ["meta", "openai"].contains(words[0].lowercased()) { words.removeFirst() }
    while !words.isEmpty {
      let joined = letters(words.joined())
      if let preset = byLetters[joined] ?? byLetters[joined.replacing("v0.1", with: "")] {
        return preset
      }
      guard let last = words.last, endings.contains(last.lowercased()) else { return nil }
      words.removeLast()
    }
    return nil
  }
}
