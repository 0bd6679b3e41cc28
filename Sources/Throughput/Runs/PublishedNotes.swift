import Catalog
import Workload

/// Figures hidden in the notes of a row.
extension PublishedRun {
  /// The positive number right after a marker such as `head_dim=`, nil when the notes have none.
  func noted(after marker: String) -> Double? {
    guard let start = Self.end(of: marker, in: notes[...]) else { return nil }
    let digits = notes[start...].prefix { $0.isNumber || ".eE+".contains($0) }
    return Self.positive(Double(digits))
  }

  private static func positive(_ value: Double?) -> Double? {
    guard let value, value > 0, value < 1e18 else { return nil }
    return value
  }

  /// A figure that was computed from published ones: `step_s`, `chip_hours` and the like.
  func derived(_ name: String) -> Double? {
    guard let start = Self.end(of: "derived:", in: notes[...]) else { return nil }
    for word in notes[start...].split(separator: " ") where word.hasPrefix(name + "=") {
      return Self.positive(Double(word.dropFirst(name.count + 1)))
    }
    return nil
  }

  /// The number of TPU slices, from `2 slice(s)`.
  var slices: Double? {
    guard let end = Self.end(of: " slice(s)", in: notes[...]) else { return nil }
    let before = notes[..<notes.index(end, offsetBy: -" slice(s)".count)]
    return Self.positive(Double(String(before.reversed().prefix { $0.isNumber }.reversed())))
  }

  /// Layers with a sliding window and all layers, from `sliding-window attention on 52 of 62
  /// layers`; (1, 1) when the notes only say that there is one; nil without.
  var windowedLayers: (some: Double, all: Double)? {
    let phrase = "sliding-window attention"
    guard let end = Self.end(of: phrase, in: notes[...]) else { return nil }
    let words = notes[end...].prefix(40).split(separator: " ")
    guard words.count >= 5, words[0] == "on", words[2] == "of", words[4].hasPrefix("layers"),
      let some = Double(words[1]), let all = Double(words[3]), all > 0, some <= all
    else { return (1, 1) }
    return (some, all)
  }

  /// The number of a token such as `mamba_layers=23`, zero included; nil when there is none.
  func token(_ name: String) -> Double? {
    guard let text = tokenText(name) else { return nil }
    return Double(text.prefix { $0.isNumber || $0 == "." })
  }

  /// What stands behind a token up to the next semicolon, lower case; nil when there is no such token.
  func tokenText(_ name: String) -> String? { tokens[name] }

  /// The tokens of notes, `name=text;`, the first of each name. A token starts at a word's start, so that
  /// `layers=` isn't found in `mamba_layers=`.
  static func tokens(of notes: String) -> [String: String] {
    let bytes = Array(notes.utf8)
    let (space, semicolon, equals) = (UInt8(ascii: " "), UInt8(ascii: ";"), UInt8(ascii: "="))
    var found: [String: String] = [:]
    var start = 0
    for (index, byte) in bytes.enumerated() {
      if byte == space || byte == semicolon { start = index + 1 }
      guard byte == equals, index > start else { continue }
      let name = String(decoding: bytes[start..<index], as: UTF8.self)
      let rest = bytes[(index + 1)...].prefix { $0 != semicolon }
      if found[name] == nil { found[name] = String(decoding: rest, as: UTF8.self).lowercased() }
      // An equals sign within the same word begins no other token.
      start = bytes.count
    }
    return found
  }

  private static func end(of phrase: String, in text: Substring) -> Substring.Index? {
    text.utf8.first(of: phrase)?.upperBound
  }
}

/// Recipe and software of a row.
extension PublishedRun {
  /// The recipe: the precision's cell, made exact by `precision_recipe=` in the notes. Sixteen bits
  /// where the cell is empty; nil when it holds something that is no precision.
  var statedPrecision: Precision? {
    guard let stated = precisionText.isEmpty ? .bf16 : Precision(rawValue: precisionText) else {
      return nil
    }
    let recipe = tokenText("precision_recipe") ?? ""
    if stated == .nvfp4 && recipe.contains("mxfp4") { return .mxfp4 }
    guard stated == .fp8 else { return stated }
    let blocks = recipe.contains("mx") || notes.contains("FP8-MX") || id.contains("fp8-mx")
    if blocks { return .mxfp8 }
    if recipe.contains("block") { return .fp8Block }
    return recipe.contains("delayed") || recipe.contains("-ds") ? .fp8Delayed : .fp8Current
  }

  /// Whether attention's scores are in 8 bits too.
  var hasAttention8: Bool { notes.lowercased().utf8.first(of: "fp8 attention") != nil }

  /// The stack: by the notes' tokens for software, else by id, model and source; `unknown` when none
  /// of the table's marks is found.
  var software: SoftwareStack {
    let table = SoftwareTable.builtIn
    let named = [tokenText("software"), tokenText("stack").map { $0 + "," }, tokenText("system")]
      .compactMap { $0 }.joined(separator: " ")
    let isNemo = notes.lowercased().utf8.first(of: "nemo megatron for neuron") != nil
    let found =
      isNemo
      ? table.found(in: "nemo megatron for neuron")
      : table.found(in: named) ?? table.found(in: "\(id) \(model) \(source)".lowercased())
    var stack = found ?? table.named("unknown", release: year)
    stack.release = year
    if stack.name == "megatron", let release = Self.release(in: named) { stack.release = release }
    let isCaptured = notes.lowercased().utf8.first(of: "cuda graph") != nil
    stack.isCaptured = isCaptured && (precision?.bits ?? 16) < 16
    return stack
  }

  /// Year and month of a release named like `26.04.01`.
  private static func release(in text: String) -> Double? {
    for word in text.split(separator: " ") {
      let parts = word.split(separator: ".")
      guard parts.count >= 2, parts[0].count == 2, parts[1].count == 2, let year = Int(parts[0]),
        let month = Int(parts[1]), (20...35).contains(year), (1...12).contains(month)
      else { continue }
      return 2000 + Double(year) + Double(month - 1) / 12
    }
    return nil
  }
}

/// Kinds of job that rows are grouped by.
extension PublishedRun {
  /// Whether some layers mix tokens by other means than attention.
  public var isHybrid: Bool { tokenText("hybrid") != nil }

  /// Whether it has routed experts, as far as the row tells.
  public var isMixture: Bool {
    guard number("experts") == nil else { return true }
    guard let active = number("active_params"), let total = number("total_params") else {
      return false
    }
    return active < 0.6 * total
  }

  /// Whether it trains in 8 or 4 bits.
  public var isLowPrecision: Bool { (precision?.bits ?? 16) < 16 }
}
