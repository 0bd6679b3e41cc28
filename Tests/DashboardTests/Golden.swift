import FoundationEssentials
import Screen
import Testing

/// Screens as text files beside the tests.
///
/// A screen that differs fails the test and leaves what came out beside the stored one, as
/// `NAME.new`; where that is what is wanted, it takes the place of the old.
enum Golden {
  /// Compares a text with the stored one of that name.
  static func check(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let folder = "\(#filePath)".split(separator: "/").dropLast().joined(separator: "/")
    let path = "/\(folder)/Golden/\(name).txt"
    let stored = try? String(contentsOfFile: path, encoding: .utf8)
    guard stored != text + "\n" else {
      // What an older run left is no news any more.
      try? FileManager.default.removeItem(atPath: path + ".new")
      return
    }
    try? (text + "\n").write(toFile: path + ".new", atomically: true, encoding: .utf8)
    Issue.record(
      "\(name) differs:\n\(difference(stored ?? "", text + "\n"))", sourceLocation: sourceLocation)
  }

  /// The lines in which two texts differ, each with its number, what is stored before what came out.
  static func difference(_ stored: String, _ new: String) -> String {
    let old = stored.split(separator: "\n", omittingEmptySubsequences: false)
    let new = new.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for row in 0..<max(old.count, new.count) {
      let (before, after) = (row < old.count ? old[row] : nil, row < new.count ? new[row] : nil)
      guard before != after else { continue }
      lines += [before.map { "\(row + 1) - \($0)" }, after.map { "\(row + 1) + \($0)" }]
        .compactMap { $0 }
    }
    let shown = 120
    let rest = lines.count > shown ? ["and \(lines.count - shown) more"] : []
    return (lines.prefix(shown) + rest).joined(separator: "\n")
  }
}
