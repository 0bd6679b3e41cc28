#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Catalog {
  /// Reads the built-in catalogue with the CSV files of a folder laid over it.
  ///
  /// - Parameter folder: a folder, or nil for the built-in catalogue alone. Files that don't end in
  ///   `.csv` are left alone.
  /// - Throws: `MissingFile` when the folder or a file in it can't be read, `FaultList` when a file
  ///   is bad.
  public static func load(overlay folder: String?) throws -> Catalog {
    guard let folder else { return try Catalog() }
    let files = try overlayFiles(in: folder)
    guard !files.isEmpty else {
      throw MissingFile(
        path: folder, reason: "holds none of \(tableNames.joined(separator: ", "))")
    }
    return try Catalog(overlay: files)
  }

  /// The CSV files of a folder, in order of name, as `init(overlay:)` takes them.
  ///
  /// - Throws: `MissingFile` when the folder or a file in it can't be read.
  public static func overlayFiles(in folder: String) throws -> [(path: String, bytes: [UInt8])] {
    let manager = FileManager.default
    #if canImport(FoundationEssentials)
      var isFolder = false
      let exists = manager.fileExists(atPath: folder, isDirectory: &isFolder)
    #else
      var kind: ObjCBool = false
      let exists = manager.fileExists(atPath: folder, isDirectory: &kind)
      let isFolder = kind.boolValue
    #endif
    guard exists else { throw MissingFile(path: folder, reason: "no such folder") }
    guard isFolder else {
      throw MissingFile(path: folder, reason: "is a file; the folder that holds it is expected")
    }
    let names: [String]
    do {
      names = try manager.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".csv") }
    } catch {
      throw MissingFile(path: folder, reason: "can't be read")
    }
    let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    return try names.sorted().map { name in
      let path = "\(trimmed)/\(name)"
      guard let data = manager.contents(atPath: path) else {
        throw MissingFile(path: path, reason: "can't be read")
      }
      return (path: path, bytes: [UInt8](data))
    }
  }
}
