import Catalog
import Quantities

/// Presets whose shape is told by a configuration, from `Tables/configurations.csv`: hybrids and
/// mixtures whose layers no row of sizes could tell apart.
enum ConfiguredPresets {
  static let all: [ModelPreset] = {
    guard let text = EmbeddedTables.text(of: "configurations.csv") else { return [] }
    return read(file: "configurations.csv", bytes: text.utf8).presets
  }()

  /// Reads a table of configurations.
  ///
  /// - Returns: the rows without fault, and every fault with its line and column.
  static func read(
    file: String, bytes: some Sequence<UInt8>
  ) -> (presets: [ModelPreset], faults: [Fault]) {
    let reader = TableReader(
      file: file, bytes: bytes,
      required: ["id", "title", "configuration", "source_url", "grade"],
      optional: ["sequence_length", "as_of", "note"])
    var faults = reader.faults
    var presets: [ModelPreset] = []
    for var row in reader.rows {
      let id = row.requiredText("id")
      let title = row.requiredText("title")
      let text = row.requiredText("configuration")
      let length = row.integer("sequence_length", in: 1...10_000_000)
      let provenance = row.provenance()
      do {
        let read = try ModelConfiguration.read(text, file: file, name: id)
        presets.append(
          ModelPreset(
            id: id, title: title, architecture: read.architecture, publishedParameters: nil,
            publishedActiveParameters: nil, sequenceLength: length, provenance: provenance))
      } catch {
        row.fail("configuration", error.message)
      }
      faults += row.faults
    }
    return (presets, faults)
  }
}
