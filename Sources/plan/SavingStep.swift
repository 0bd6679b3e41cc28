#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The steps of replacing a file; a process can end, and a disk be full, before each of them.
enum SavingStep: String {
  /// The new file is made beside the old one.
  case create
  /// Its text is written.
  case write
  /// It gets the mode and the owner of the old one.
  case mode
  /// The disk has it.
  case sync
  /// It takes the old one's place.
  case rename
  /// It has taken it.
  case done

  /// In builds for tests, stops the process before the step and the file that `PLAN_STOP_BEFORE` names
  /// (`rename:run.toml`), so that a test can end it there, fill its disk or take its folder away.
  func begins(for path: String) {
    #if DEBUG
      guard let wanted = getenv("PLAN_STOP_BEFORE").map({ String(cString: $0) }) else { return }
      let parts = wanted.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0] == rawValue, path.hasSuffix(parts[1]) else { return }
      raise(SIGSTOP)
    #endif
  }
}
