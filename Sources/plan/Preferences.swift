import Dashboard

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The user's settings and themes, from the configuration folder.
struct Preferences {
  var settings = Settings()
  var themes: [NamedTheme] = NamedTheme.builtIn

  /// Reads `config.toml` and `themes/*.toml`; what is wrong in them is told on the screen, and the
  /// rest holds.
  static func load() -> Preferences {
    var preferences = Preferences()
    guard let config = try? UserFolders.config() else { return preferences }
    let path = "\(config)/config.toml"
    if let text = text(of: path) { preferences.settings = Settings(reading: text, file: path) }
    let folder = "\(config)/themes"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for file in files.sorted() where file.hasSuffix(".toml") {
      let path = "\(folder)/\(file)"
      let name = String(file.dropLast(".toml".count))
      guard let text = text(of: path) else { continue }
      let (theme, faults) = NamedTheme.read(text, name: name, file: path)
      preferences.themes.removeAll { $0.name == name }
      preferences.themes.append(theme)
      preferences.settings.faults += faults
    }
    preferences.checkTheme(path)
    if preferences.settings.theme == nil, hasLightBackground {
      preferences.settings.theme = "light"
    }
    return preferences
  }

  /// Sets a dashboard up as the user has it.
  func apply(to setup: inout DashboardSetup, hasColor: Bool) {
    setup.settings = settings
    setup.themes = hasColor ? themes : []
    if let found = setup.themes.first(where: { $0.name == settings.theme }) {
      setup.appearance.theme = found.theme
    }
    // Where only ASCII can be shown, charts stay in ASCII.
    if let charts = settings.charts, setup.appearance.chartLevel != .ascii {
      setup.appearance.chartLevel = charts
    }
  }

  /// Whether the terminal says that its background is light: the last number of COLORFGBG, as rxvt
  /// and others set it, is that of white.
  private static var hasLightBackground: Bool {
    let last = ProcessInfo.processInfo.environment["COLORFGBG"]?.split(separator: ";").last
    return last == "7" || last == "15"
  }

  /// The text of a small file; a larger one is none of ours.
  private static func text(of path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path), data.count < 1 << 20 else {
      return nil
    }
    return String(decoding: data, as: UTF8.self)
  }

  private mutating func checkTheme(_ path: String) {
    guard let wanted = settings.theme, !themes.contains(where: { $0.name == wanted }) else {
      return
    }
    let names = themes.map(\.name).joined(separator: ", ")
    settings.faults.append("\(path): there is no theme “\(wanted)” (\(names))")
  }
}
