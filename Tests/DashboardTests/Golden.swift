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
    let lines = (stored ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let new = (text + "\n").split(separator: "\n", omittingEmptySubsequences: false)
    let row = zip(lines, new).enumerated().first { $1.0 != $1.1 }
    let first = row.map { "line \($0 + 1):\n- \($1.0)\n+ \($1.1)" } ?? "length"
    Issue.record("\(name) differs, first in \(first)", sourceLocation: sourceLocation)
  }
}
