import Catalog
import Foundation
import PriceFeeds

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
  private static let standardInput = Array(FileHandle.standardInput.readDataToEndOfFile())

  /// The bytes of a file; `-` is stdin.
  ///
  /// - Throws: `MissingFile` when it isn't there or can't be read.
  static func bytes(at path: String) throws -> [UInt8] {
    if path == "-" { return standardInput }
    guard FileManager.default.fileExists(atPath: path) else {
      throw MissingFile(path: path, reason: "no such file")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MissingFile(path: path, reason: "can't be read")
    }
    return Array(data)
  }

  /// A file as a stream, for those too large to be held; `-` is stdin.
  ///
  /// - Throws: `MissingFile` when it isn't there or can't be opened; reading from the stream throws it
  ///   when the file can't be read to its end.
  static func stream(at path: String) throws -> ByteSource {
    guard path != "-" else { return source("standard input", OpenFile(STDIN_FILENO)) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? "no such file" : String(cString: strerror(errno))
      throw MissingFile(path: path, reason: reason)
    }
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
