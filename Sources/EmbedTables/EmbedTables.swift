import Foundation
import PackagePlugin

/// Turns the tables and examples of a target into one Swift file of string literals before it is compiled.
///
/// `Catalog` takes the tables of the top-level `pricing/` folder, every other target those of its
/// own `Tables/` folder.
@main
struct EmbedTables: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    guard let target = target as? SourceModuleTarget else { return [] }
    let folder =
      target.name == "Catalog"
      ? context.package.directoryURL.appending(path: "pricing")
      : target.directoryURL.appending(path: "Tables")
    let tables = try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { ["csv", "toml", "json"].contains($0.pathExtension) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTables.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(tables.count) tables of \(target.name)",
        executable: try context.tool(named: "embed-tables").url,
        arguments: [output.path] + tables.map(\.path),
        inputFiles: tables,
        outputFiles: [output])
    ]
  }
}
