#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Folders of the user's by the XDG Base Directory specification 0.8.
enum UserFolders {
  /// `$XDG_DATA_HOME/plan/pricing`.
  static func pricing() throws -> String {
    try base("XDG_DATA_HOME", else: ".local/share") + "/plan/pricing"
  }

  /// `$XDG_CACHE_HOME/plan/prices`.
  static func prices() throws -> String {
    try base("XDG_CACHE_HOME", else: ".cache") + "/plan/prices"
  }

  /// `$XDG_CONFIG_HOME/plan`: settings and themes.
  static func config() throws -> String {
    try base("XDG_CONFIG_HOME", else: ".config") + "/plan"
  }

  /// `$XDG_STATE_HOME/plan`: what the program remembers by itself.
  static func state() throws -> String {
    try base("XDG_STATE_HOME", else: ".local/state") + "/plan"
  }

  /// Makes a folder that nobody else may look into, and those above it.
  static func make(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// A base folder; relative paths in the variable are to be ignored.
  private static func base(_ variable: String, else fallback: String) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment[variable], folder.hasPrefix("/") { return folder }
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw UsageError("neither \(variable) nor HOME is set; give a folder with --output")
    }
    return "\(home)/\(fallback)"
  }
}
