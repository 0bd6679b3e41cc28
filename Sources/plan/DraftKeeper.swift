import Dashboard
import Dispatch
import Planning

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps what is not saved in a file of its own, where the next start finds it: nothing is lost
/// when the dashboard is killed.
///
/// Each dashboard has its own file, named for its process; files of processes that are no more are
/// drafts to offer. Writing happens in the background, in order.
final class DraftKeeper: Sendable {
  /// Nil where there is no folder to keep anything in.
  private let path: String?
  private let queue = DispatchQueue(label: "plan.drafts")

  init() {
    path = Self.folder.map { "\($0)/\(getpid())-\(time(nil)).toml" }
  }

  private static var folder: String? {
    (try? UserFolders.state()).map { "\($0)/drafts" }
  }

  /// Keeps a scenario; nil removes what was kept.
  func keep(_ scenario: Scenario?) {
    guard let path, let folder = Self.folder else { return }
    queue.async {
      guard let scenario else {
        unlink(path)
        return
      }
      let text = "# Inputs of a dashboard that were not saved.\n\n" + ScenarioText.whole(scenario)
      try? UserFolders.make(folder)
      try? AtomicFile.write(text, to: path)
    }
  }

  /// Removes a draft, of this dashboard or another one.
  func drop(_ path: String? = nil) {
    guard let path = path ?? self.path else { return }
    queue.async { _ = unlink(path) }
  }

  /// Waits until everything is written.
  func finish() {
    queue.sync {}
  }

  /// The newest draft that a dashboard left behind that runs no more.
  ///
  /// - Parameter read: makes a scenario of a file's text; drafts it can't read are passed over.
  static func leftBehind(_ read: (_ text: String, _ path: String) throws -> Scenario) -> Draft? {
    guard let folder else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let left = names.compactMap { name -> (seconds: Int, path: String)? in
      guard name.hasSuffix(".toml") else { return nil }
      let parts = name.dropLast(".toml".count).split(separator: "-")
      guard parts.count == 2, let process = pid_t(parts[0]),
        let seconds = Int(parts[1]), !isRunning(process)
      else { return nil }
      return (seconds, "\(folder)/\(name)")
    }
    for (_, path) in left.sorted(by: { $0 > $1 }) {
      guard let data = FileManager.default.contents(atPath: path),
        let scenario = try? read(String(decoding: data, as: UTF8.self), path)
      else { continue }
      return Draft(path: path, scenario: scenario)
    }
    return nil
  }

  private static func isRunning(_ process: pid_t) -> Bool {
    kill(process, 0) == 0 || errno != ESRCH
  }
}
