import Foundation

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
