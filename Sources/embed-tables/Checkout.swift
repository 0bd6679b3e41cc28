import Foundation

/// What is checked out in a git repository, read from its files: no git is needed to build.
struct Checkout {
  /// The folder with HEAD: `.git`, or that of a worktree.
  let folder: String
  /// The folder with the branches; the same but for worktrees.
  let common: String

  /// Nil where the folder is in no repository of its own, as in an unpacked archive.
  init?(of repository: String) {
    let entry = "\(repository)/.git"
    var folder = entry
    // In a worktree `.git` is a file that names the folder.
    if let pointer = Self.text(entry), pointer.hasPrefix("gitdir: ") {
      let path = String(pointer.dropFirst("gitdir: ".count))
      folder = path.hasPrefix("/") ? path : "\(repository)/\(path)"
    }
    guard Self.text("\(folder)/HEAD") != nil else { return nil }
    self.folder = folder
    common =
      Self.text("\(folder)/commondir").map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" } ?? folder
  }

  /// In hexadecimal; nil before the first commit.
  var commit: String? {
    guard let head = Self.text("\(folder)/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return Self.checked(head) }
    let branch = String(head.dropFirst("ref: ".count))
    if let commit = Self.text("\(folder)/\(branch)") ?? Self.text("\(common)/\(branch)") {
      return Self.checked(commit)
    }
    let packed = Self.text("\(common)/packed-refs") ?? ""
    return packed.split(separator: "\n").first { $0.hasSuffix(" \(branch)") }
      .flatMap { Self.checked(String($0.prefix { $0 != " " })) }
  }

  private static func checked(_ text: String) -> String? {
    text.count >= 40 && text.allSatisfy(\.isHexDigit) ? text : nil
  }

  private static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
