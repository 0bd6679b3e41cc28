import Catalog
import Planning
import PriceFeeds
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads files the user names.
enum InputFile {
  /// All of stdin, which can be read only once but may be asked for again.
  private static let standardInput = (try? all(of: STDIN_FILENO, "standard input")) ?? []

  /// What was read from pipes, which can be read only once as well.
  private static let pipes = Mutex<[String: [UInt8]]>([:])

  /// The bytes of a file, pipe or device; `-` is stdin.
  ///
  /// - Throws: `MissingFile` when it isn't there or can't be read.
  static func bytes(at path: String) throws -> [UInt8] {
    if path == "-" { return standardInput }
    if let known = pipes.withLock({ $0[path] }) { return known }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw missing(path) }
    let file = OpenFile(descriptor)
    var status = stat()
    guard fstat(file.descriptor, &status) == 0 else { throw missing(path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw MissingFile(path: path, reason: "is a folder; a file is expected")
    }
    let bytes = try all(of: file.descriptor, path)
    if status.st_mode & S_IFMT != S_IFREG { pipes.withLock { $0[path] = bytes } }
    return bytes
  }

  /// Checks that a table ends its last line: a number cut in two would else pass for a whole one.
  ///
  /// - Throws: `Fault` with the line.
  static func checkEnd(of bytes: [UInt8], file: String) throws(Fault) {
    guard let last = bytes.last, last != UInt8(ascii: "\n"), last != UInt8(ascii: "\r") else {
      return
    }
    throw Fault(
      file: file, line: bytes.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) },
      message:
        "the file ends inside this line: it is cut off; copy it again, or end the line if it is "
        + "whole")
  }

  /// The bytes of an open file to its end.
  private static func all(of descriptor: Int32, _ path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw missing(path) }
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
    }
  }

  private static func missing(_ path: String) -> MissingFile {
    MissingFile(
      path: path, reason: errno == ENOENT ? "no such file" : String(cString: strerror(errno)))
  }

  /// The text of a scenario file.
  ///
  /// - Parameter name: what faults call it; its path when not given.
  /// - Throws: `MissingFile`; `FaultList` when it is in another encoding than UTF-8.
  static func scenarioText(at path: String, as name: String? = nil) throws -> String {
    try ScenarioFile.text(try bytes(at: path), path: name ?? path)
  }

  /// The folder that a file is in.
  static func folder(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
  }

  /// A file as a stream, for those too large to be held; `-` is stdin.
  ///
  /// - Throws: `MissingFile` when it isn't there or can't be opened; reading from the stream throws it
  ///   when the file can't be read to its end.
  static func stream(at path: String) throws -> ByteSource {
    guard path != "-" else { return source("standard input", OpenFile(STDIN_FILENO)) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw missing(path) }
    return source(path, OpenFile(descriptor))
  }

  private static func source(_ name: String, _ file: OpenFile) -> ByteSource {
    var progress = Progress("reading \(name)")
    return ByteSource(name: name) { buffer in
      while true {
        let count = read(file.descriptor, buffer.baseAddress, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else {
          throw MissingFile(path: name, reason: String(cString: strerror(errno)))
        }
        if count == 0 { progress.finish() } else { progress.add(count) }
        return count
      }
    }
  }
}

/// An open file that is closed with its last user.
private final class OpenFile {
  let descriptor: Int32

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }
}

/// Says on stderr how far long work has come, when that is a terminal.
private struct Progress {
  private let what: String
  private let isShown = Activity.isShown
  private var bytes = 0
  private var shown = 0

  init(_ what: String) {
    self.what = what
  }

  mutating func add(_ count: Int) {
    bytes += count
    guard isShown, bytes - shown >= 32_000_000 else { return }
    shown = bytes
    Activity.show("\r\(what): \(bytes / 1_000_000) MB")
  }

  func finish() {
    if isShown && shown > 0 { Activity.show("\r\u{1B}[K") }
  }
}
