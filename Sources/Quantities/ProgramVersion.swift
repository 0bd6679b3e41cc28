import Synchronization

/// The version of the program.
public enum ProgramVersion {
  /// Major, minor, patch: the major one is that of the second edition's contract.
  public static let release = "2.0.0"

  private static let builtFrom = Mutex<String?>(nil)

  /// The commit that a release was built from, its first twelve digits; nil in debug builds, so that
  /// what tests compare doesn't change with every commit, in other programs, and without a checkout.
  /// Changes on top of the commit are not seen.
  public static var commit: String? { builtFrom.withLock { $0 } }

  /// `2.0.0+41cb0c7a9d2e`: the release with its commit as build metadata (Semantic Versioning 2.0.0,
  /// item 10); the release alone where no commit is known.
  public static var number: String { release + (commit.map { "+\($0)" } ?? "") }

  /// Says what the program was built from; the executable does, before anything is printed.
  ///
  /// - Parameter commit: in hexadecimal; empty for none.
  public static func isBuilt(from commit: String) {
    builtFrom.withLock { $0 = commit.isEmpty ? nil : String(commit.prefix(12)) }
  }
}
