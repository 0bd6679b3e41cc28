import Planning
import Quantities

/// Ranges of uncertain inputs in place of the catalogue's, as one more input: low, typical and high of
/// each are set together, `experiments=1.2..2, throughput.h100-sxm=0.8..1..1.1`.
enum RangesInput {
  static let name = "ranges"

  static func field(_ choices: InputChoices) -> InputField {
    InputField(
      name: name, label: "Ranges", unit: "", group: "If it is true",
      help: "What you believe of uncertain inputs, in place of the catalogue's ranges.",
      hint:
        "like experiments=1.2..2,electricity=0.06..0.08..0.1, or none; @0.9 for a chance of 90 %",
      kind: .text, completions: [], text: { text($0.spreads) },
      shown: { $0.spreads.isEmpty ? "as published" : text($0.spreads) },
      read: { text, scenario in
        scenario.spreads = try spreads(text, before: scenario.spreads, choices)
      }, nudge: nil)
  }

  private static func text(_ spreads: [String: SettledRange]) -> String {
    guard !spreads.isEmpty else { return "none" }
    return spreads.sorted { $0.key < $1.key }.map { name, range in
      let ends = [range.low, range.typical, range.high].compactMap { $0 }
      let chance = range.confidence.map { "@\(Decimals.shortest($0))" } ?? ""
      return "\(name)=" + ends.map { Decimals.shortest($0) }.joined(separator: "..") + chance
    }.joined(separator: ",")
  }

  private static func spreads(
    _ text: String, before: [String: SettledRange], _ choices: InputChoices
  ) throws -> [String: SettledRange] {
    guard text != "none", !text.isEmpty else { return [:] }
    var settings = ScenarioSettings()
    for word in text.split(separator: ",") {
      let parts = word.filter { $0 != " " }.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw InputError("“\(Magnitude.printable(String(word)))” is no NAME=LOW..HIGH")
      }
      let range = try range(parts[1])
      // What stays as it was keeps where it comes from.
      let known = before[parts[0]]
      let isSame = known.map { Self.text(["": $0]) == Self.text(["": range]) } ?? false
      settings.spread(parts[0], isSame ? known ?? range : range)
    }
    let context = FieldContext(
      catalog: choices.catalog, today: choices.today, readFile: choices.readFile)
    return try settings.scenario(context, budgetDollars: 1).spreads
  }

  private static func range(_ text: String) throws -> SettledRange {
    let halves = text.split(separator: "@", maxSplits: 1).map(String.init)
    let ends = try (halves.first ?? "").split(separator: "..").map {
      try Magnitude.parse(String($0), as: "a number")
    }
    let confidence = halves.count > 1 ? try Magnitude.parse(halves[1], as: "a chance") : nil
    var range = SettledRange(confidence: confidence, origin: .edit)
    switch ends.count {
    case 1: range.typical = ends[0]
    case 2: (range.low, range.high) = (ends[0], ends[1])
    case 3: (range.low, range.typical, range.high) = (ends[0], ends[1], ends[2])
    default: throw InputError("a range has a low and a high, and perhaps a typical value between")
    }
    return range
  }
}
