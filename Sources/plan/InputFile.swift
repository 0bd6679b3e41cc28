import Catalog
import Foundation

/// Reads files the user names.
enum InputFile {
  /// The bytes of a file; `-` is stdin.
  ///
  /// - Throws: `MissingFile` when it isn't there or can't be read.
  static func bytes(at path: String) throws -> [UInt8] {
    if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard FileManager.default.fileExists(atPath: path) else {
      throw MissingFile(path: path, reason: "no such file")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MissingFile(path: path, reason: "can't be read")
    }
    return Array(data)
  }
}
