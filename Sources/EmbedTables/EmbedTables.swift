import Foundation
import PackagePlugin

/// Turns tables, examples and texts of a target into one file of string literals before it is compiled.
///
/// `Catalog` takes the tables of the top-level `pricing/` folder, `plan` the articles that become pages
/// of its manual and the commit, and every other target the tables of its own `Tables/` folder.
@main
struct EmbedTables: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    guard let target = target as? SourceModuleTarget else { return [] }
    let (folder, kinds) =
      switch target.name {
      case "Catalog": (context.package.directoryURL.appending(path: "pricing"), ["csv"])
      case "plan": (target.directoryURL.appending(path: "plan.docc"), ["md"])
      default: (target.directoryURL.appending(path: "Tables"), ["csv", "toml", "json"])
      }
    let tables = try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { kinds.contains($0.pathExtension) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTables.swift")
    let embedding = Command.buildCommand(
      displayName: "Embedding \(tables.count) files of \(target.name)",
      executable: try context.tool(named: "embed-tables").url,
      arguments: [output.path] + tables.map(\.path),
      inputFiles: tables,
      outputFiles: [output])
    return target.name == "plan" ? [embedding, try commit(context)] : [embedding]
  }

  /// Runs again when git writes down that another commit is checked out.
  private func commit(_ context: PluginContext) throws -> Command {
    let repository = context.package.directoryURL
    var folder = repository.appending(path: ".git")
    if let pointer = try? String(contentsOf: folder, encoding: .utf8) {
      let path = pointer.trimmingCharacters(in: .whitespacesAndNewlines).dropFirst(
        "gitdir: ".count)
      folder = URL(fileURLWithPath: String(path), relativeTo: repository)
    }
    let records = ["HEAD", "logs/HEAD"].map { folder.appending(path: $0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedCommit.swift")
    return .buildCommand(
      displayName: "Embedding the commit",
      executable: try context.tool(named: "embed-tables").url,
      arguments: ["--commit", output.path, repository.path],
      inputFiles: records,
      outputFiles: [output])
  }
}
