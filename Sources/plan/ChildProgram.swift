#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs another program in the same process group, so that Ctrl-C ends it too.
enum ChildProgram {
  /// What a program left behind.
  struct Result {
    /// Its exit status; 128 + the signal's number when a signal ended it.
    var status: Int32
    var output: String
  }

  /// Runs a program that is looked up in PATH, gives it a text to read, and takes what it prints;
  /// stderr is the caller's.
  ///
  /// - Parameter input: short enough for a pipe to hold.
  /// - Returns: nil when there is no such program.
  static func run(_ name: String, _ arguments: [String], input: String = "") throws -> Result? {
    var (toChild, fromChild) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw systemError("pipe") }
    // The child keeps only its own ends, or it would wait for itself.
    for end in [toChild[1], fromChild[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(fromChild[0]) }
    let identifier = spawn(name, arguments, input: toChild[0], output: fromChild[1])
    close(toChild[0])
    close(fromChild[1])
    guard let identifier else {
      close(toChild[1])
      return nil
    }
    if !input.isEmpty {
      try? StandardOutput.writeAll(Array(input.utf8), to: toChild[1], name: name)
    }
    close(toChild[1])
    let output = readAll(fromChild[0])
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    // The macros of wait(2), which Swift doesn't see.
    let signal = status & 0x7F
    return Result(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: output)
  }

  private static func spawn(
    _ name: String, _ arguments: [String], input: Int32, output: Int32
  ) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    for end in [input, output] { posix_spawn_file_actions_addclose(&actions, end) }
    var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var identifier: pid_t = 0
    let failure = posix_spawnp(&identifier, name, &actions, nil, &words, environ)
    return failure == 0 ? identifier : nil
  }

  private static func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func systemError(_ what: String) -> OutputError {
    OutputError(
      status: ExitStatus.cannotWrite, message: "\(what): \(String(cString: strerror(errno)))")
  }
}
