#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file so that either the old or the new one is there, whole.
enum AtomicFile {
  /// Whether a path is a file, or none yet: neither a pipe nor a device.
  static func isReplaceable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  /// Writes beside the file, then takes its place. Symbolic links are followed, and the file keeps
  /// its mode and owner.
  ///
  /// - Throws: `OutputError` 73 when it can't be created or is read-only, 74 when it can't be
  ///   written; the file is as it was then.
  static func write(_ text: String, to path: String) throws {
    if let descriptor = openDescriptor(path) {
      return try StandardOutput.writeAll(Array(text.utf8), to: descriptor, name: path)
    }
    let target = try followed(path)
    guard isReplaceable(target) else { return try writeInPlace(text, to: target, name: path) }
    var old = stat()
    let isThere = stat(target, &old) == 0
    if isThere { try checkWritable(target, old, name: path) }
    // To take the place of another's file would make it one's own.
    if isThere, old.st_uid != geteuid(), geteuid() != 0 {
      return try rewrite(text, to: target, name: path)
    }
    let temporary = "\(target).\(getpid()).part"
    SavingStep.create.begins(for: path)
    // One that a killed process of the same number left behind is in nobody's way.
    unlink(temporary)
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isThere ? 0o600 : 0o666)
    guard descriptor >= 0 else { throw cannotCreate(path) }
    do {
      SavingStep.write.begins(for: path)
      try StandardOutput.writeAll(Array(text.utf8), to: descriptor, name: path)
      SavingStep.mode.begins(for: path)
      if isThere {
        // The owner first: a change of it takes special modes away.
        _ = fchown(descriptor, old.st_uid, old.st_gid)
        guard fchmod(descriptor, old.st_mode & 0o7777) == 0 else { throw cannotCreate(path) }
      }
      SavingStep.sync.begins(for: path)
      guard fsync(descriptor) == 0 else { throw cannotWrite(path) }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    SavingStep.rename.begins(for: path)
    guard close(descriptor) == 0, rename(temporary, target) == 0 else {
      let error = cannotCreate(path)
      unlink(temporary)
      throw error
    }
    SavingStep.done.begins(for: path)
  }

  /// The open file that a path like `/dev/stdout` stands for.
  private static func openDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    guard let next = link(path), next != path, next.hasPrefix("/") else { return nil }
    return openDescriptor(next)
  }

  /// What a symbolic link leads to; nil for no link.
  private static func link(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 4097)
    let count = readlink(path, &bytes, 4096)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The file that a path leads to over symbolic links, whether it is there or not.
  private static func followed(_ path: String) throws -> String {
    var path = path
    for _ in 0..<40 {
      guard let next = link(path) else { return path }
      path = next.hasPrefix("/") ? next : "\(InputFile.folder(of: path))/\(next)"
    }
    errno = ELOOP
    throw cannotCreate(path)
  }

  private static func checkWritable(_ target: String, _ old: stat, name: String) throws {
    // Whoever may write everything is held to the mode as well: it says what is wanted.
    guard old.st_mode & 0o222 != 0, access(target, W_OK) == 0 else {
      throw OutputError(
        status: ExitStatus.cannotCreate,
        message: "\(name): is read-only; chmod u+w makes it writable, another name leaves it")
    }
  }

  private static func cannotCreate(_ path: String) -> OutputError {
    OutputError(
      status: ExitStatus.cannotCreate, message: "\(path): \(String(cString: strerror(errno)))")
  }

  private static func cannotWrite(_ path: String) -> OutputError {
    OutputError(
      status: ExitStatus.cannotWrite, message: "\(path): \(String(cString: strerror(errno)))")
  }

  /// Writes to a pipe or a device, which must not be replaced by a file.
  private static func writeInPlace(_ text: String, to path: String, name: String) throws {
    let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotCreate(name) }
    defer { close(descriptor) }
    try StandardOutput.writeAll(Array(text.utf8), to: descriptor, name: name)
  }

  /// Writes into a file of somebody else, which stays theirs; the old text is put back where the new
  /// one can't be written whole.
  private static func rewrite(_ text: String, to path: String, name: String) throws {
    let old = try InputFile.bytes(at: path)
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotCreate(name) }
    defer { close(descriptor) }
    do {
      try StandardOutput.writeAll(Array(text.utf8), to: descriptor, name: name)
      guard ftruncate(descriptor, off_t(text.utf8.count)) == 0, fsync(descriptor) == 0 else {
        throw cannotWrite(name)
      }
    } catch {
      lseek(descriptor, 0, SEEK_SET)
      try? StandardOutput.writeAll(old, to: descriptor, name: name)
      ftruncate(descriptor, off_t(old.count))
      throw error
    }
  }
}
