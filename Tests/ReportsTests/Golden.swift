import Foundation
import Testing

/// Documents as files beside the tests.
///
/// A text that differs fails the test and leaves what came out beside the stored one, as `NAME.new`;
/// where that is what is wanted, it takes the place of the old.
enum Golden {
  /// Compares a text with the stored one of that name.
  static func check(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let path = folder.appendingPathComponent("Golden/\(name)")
    let stored = try? String(contentsOf: path, encoding: .utf8)
    guard stored != text else { return }
    try? text.write(to: path.appendingPathExtension("new"), atomically: true, encoding: .utf8)
    let old = (stored ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = zip(old, new).enumerated().first { $1.0 != $1.1 }
    let first = row.map { "line \($0 + 1):\n- \($1.0)\n+ \($1.1)" } ?? "length"
    Issue.record("\(name) differs, first in \(first)", sourceLocation: sourceLocation)
  }
}
