/// Refuses options that are given twice where only one can hold: the parser would drop the first
/// without a word.
enum RepeatedOptions {
  /// Options whose values add up; every other one holds a single value.
  private static let additive: Set<String> = [
    "--account", "--claim", "--deny-providers", "--deny-regions", "--discount", "--law",
    "--promised", "--providers", "--purchases", "--quota", "--region", "--regions", "--routes",
    "--share-limit", "--sku", "--stacks", "--tag",
  ]

  /// Options without a value, which say the same however often they stand.
  private static let flags: Set<String> = [
    "--accept", "--all", "--ascii", "--contains-user-data", "--dense", "--dry-run", "--excel",
    "--help", "--in-sample", "--json", "--no-color", "--no-mouse", "--quiet", "--replace-all",
    "--template", "--version",
  ]

  private static let longNames = ["-o": "--output", "-f": "--format"]

  /// - Parameter words: the command line after the program's name.
  /// - Throws: `UsageError` naming the option.
  static func check(_ words: [String]) throws {
    var values: [String: String] = [:]
    let words = Array(words.prefix { $0 != "--" })
    var index = 0
    while index < words.count {
      let parts = words[index].split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let given = String(parts.first ?? "")
      let name = longNames[given] ?? given
      index += 1
      guard name.hasPrefix("--"), name.count > 2, !flags.contains(name) else { continue }
      // What stands after an option is its value, whatever it looks like.
      let value = parts.count > 1 ? String(parts[1]) : index < words.count ? words[index] : ""
      if parts.count == 1 { index += 1 }
      guard !additive.contains(name) else { continue }
      guard values.updateValue(value, forKey: name) == nil else {
        throw UsageError("\(name) is given twice; keep one of the two")
      }
    }
    if words.contains("--json"), let format = values["--format"], format != "json" {
      throw UsageError("--json and --format \(format) are both given; keep one of the two")
    }
  }
}
