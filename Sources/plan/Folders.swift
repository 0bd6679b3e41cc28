import Foundation

/// Where the program keeps what it remembers by itself (XDG base directories 0.8): state under
/// `$XDG_STATE_HOME/plan`, settings under `$XDG_CONFIG_HOME/plan`.
enum StateFolder {
  /// The folder, made when it is not there.
  static func make() throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
  }

  static var path: String {
    BaseFolder.path(variable: "XDG_STATE_HOME", fallback: ".local/state")
  }

  static func path(of name: String) -> String { "\(path)/\(name)" }
}

/// Where the user's settings are.
enum ConfigFolder {
  static var path: String {
    BaseFolder.path(variable: "XDG_CONFIG_HOME", fallback: ".config")
  }

  static func path(of name: String) -> String { "\(path)/\(name)" }
}

private enum BaseFolder {
  /// The program's folder in the one a variable names; relative paths there are to be ignored.
  static func path(variable: String, fallback: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    if let base = environment[variable], base.hasPrefix("/") { return "\(base)/plan" }
    return "\(environment["HOME"] ?? "/")/\(fallback)/plan"
  }
}
