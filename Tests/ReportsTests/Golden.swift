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
    Issue.record(
      "\(name) differs:\n\(difference(stored ?? "", text))", sourceLocation: sourceLocation)
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
