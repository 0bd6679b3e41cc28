/// Refuses options that are given twice where only one can hold: the parser would drop the first
/// without a word.
enum RepeatedOptions {
  /// Fields of a scenario that take one value; several of any other add up.
  private static let single: Set<String> = [
    "--budget", "--start", "--deadline", "--longest-run", "--confidence", "--discount-rate",
    "--samples", "--seed", "--model", "--params", "--tokens", "--sequence-length",
    "--global-batch-tokens", "--largest-cluster", "--pricing", "--scenario", "--experiments",
    "--porting-person-weeks", "--prepared-tokens-per-hour", "--corpus-bytes-per-token",
    "--checkpoints-kept", "--egress-gb", "--support", "--cloud-tax", "--idle-value",
    "--spot-mean-hours", "--spot-gap-hours", "--queue-wait-hours", "--gap-hours", "--own-place",
    "--tariff", "--residual", "--life", "--utilisation", "--charge", "--format", "--output",
    "--option",
  ]

  /// - Parameter words: the command line after the program's name.
  /// - Throws: `UsageError` naming the option.
  static func check(_ words: [String]) throws {
    var seen: Set<String> = []
    for word in words.prefix(while: { $0 != "--" }) {
      let name = String(word.prefix { $0 != "=" })
      guard single.contains(name) else { continue }
      guard seen.insert(name).inserted else {
        throw UsageError("\(name) is given twice; keep one of the two")
      }
    }
  }
}
