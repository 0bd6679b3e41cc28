import Catalog
import PriceFeeds
import Quantities

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

/// A file that could not be fetched.
struct FetchError: Error {
  let message: String
}

/// Fetches files with curl: resumable, with timeouts, each beside its checksum.
struct Download {
  /// Whether http is allowed, for another server than the provider's.
  var allowsPlainHTTP = false
  /// A header to send that must not stand in the list of processes.
  var secretHeader: String?

  /// Fetches an address into a file, which appears whole or not at all.
  ///
  /// The part fetched so far is kept as `FILE.part`; the checksum stands in `FILE.sha256` as
  /// sha256sum(1) writes it.
  ///
  /// - Parameter canResume: whether the address always means the same bytes, so that a part fetched
  ///   earlier may be gone on with, and a whole file that is still sound need not be fetched again.
  /// - Throws: `FetchError` when curl or the server fails, `OutputError` when the disk does.
  func fetch(_ address: String, to path: String, canResume: Bool) throws {
    if canResume, Checksum.isSound(path) { return note("\(path) is there already") }
    let part = "\(path).part"
    if !canResume { unlink(part) }
    let hadPart = FileManager.default.fileExists(atPath: part)
    var result = try curl(address, to: part)
    // The server can't go on where the part ends, or the part is longer than the file has become.
    if result.status != 0, hadPart, [33, 36].contains(result.status) || result.output == "416" {
      unlink(part)
      result = try curl(address, to: part)
    }
    guard result.status == 0 else {
      let code = result.output == "000" || result.output.isEmpty ? "" : ", HTTP \(result.output)"
      throw FetchError(
        message: "\(address): curl ended with status \(result.status)\(code)"
          + (canResume ? "; run the same command again to go on" : ""))
    }
    try AtomicFile.write(
      "\(try Checksum.ofFile(part))  \(Checksum.name(path))\n", to: "\(path).sha256")
    guard rename(part, path) == 0 else {
      throw OutputError(
        status: ExitStatus.cannotCreate, message: "\(path): \(String(cString: strerror(errno)))")
    }
  }

  private func curl(_ address: String, to part: String) throws -> ChildProgram.Result {
    var arguments = [
      "--fail", "--globoff", "--connect-timeout", "20", "--speed-limit", "1024", "--speed-time",
      "60", "--retry", "3", "--proto", allowsPlainHTTP ? "=http,https" : "=https",
      "--continue-at", "-", "--output", part, "--write-out", "%{http_code}", "--config", "-",
    ]
    arguments +=
      isatty(STDERR_FILENO) == 1 ? ["--progress-bar"] : ["--silent", "--show-error"]
    // A redirection elsewhere would be sent the secret too.
    if secretHeader == nil { arguments.append("--location") }
    let configuration = secretHeader.map { "header = \"\($0)\"\n" } ?? ""
    guard
      let result = try ChildProgram.run(
        "curl", arguments + ["--url", address], input: configuration),
      result.status != 127
    else { throw FetchError(message: "curl is needed to fetch price lists; install it") }
    return result
  }
}

/// Checksums beside fetched files.
enum Checksum {
  static func name(_ path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }

  /// SHA-256 of a file, read piece by piece.
  static func ofFile(_ path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw MissingFile(path: path, reason: "can't be read") }
    defer { close(descriptor) }
    var checksum = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw MissingFile(path: path, reason: "can't be read") }
      if count == 0 { return checksum.hexadecimal() }
      checksum.add(Array(piece.prefix(count)))
    }
  }

  /// Whether a file is there and has the checksum that stands beside it.
  static func isSound(_ path: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: "\(path).sha256"),
      FileManager.default.fileExists(atPath: path),
      let found = try? ofFile(path)
    else { return false }
    return String(decoding: data, as: UTF8.self) == "\(found)  \(name(path))\n"
  }
}
