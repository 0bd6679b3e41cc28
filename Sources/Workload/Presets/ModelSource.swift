import Catalog
import Quantities

/// Finds the shape that a word stands for wherever a model is asked for.
public enum ModelSource {
  /// The shape: a preset by any of its names, a configuration file, a folder that holds one, or a
  /// shape written out (`ShapeText`).
  ///
  /// - Parameters:
  ///   - text: what the user gave, such as `llama-3.1-8b`, `Qwen/Qwen3-8B`, `my/config.json`, `my/`
  ///     or `layers=32 hidden=4096`.
  ///   - readFile: the bytes of a file.
  /// - Throws: `QuantityError` on a name that means nothing known; `Fault` on a bad file; what
  ///   `readFile` throws when a file named isn't there.
  public static func architecture(
    _ text: String, readFile: (String) throws -> [UInt8]
  ) throws -> TransformerArchitecture {
    if text.hasSuffix(".json") || text == "-" {
      return try configuration(text, bytes: try readFile(text), name: text)
    }
    if ShapeText.isShape(text) { return try ShapeText.architecture(text) }
    if let preset = ModelPresets.named(text) { return preset.architecture }
    let folder = text.hasSuffix("/") ? String(text.dropLast()) : text
    let isPath = text.hasSuffix("/") || text.hasPrefix("/") || text.hasPrefix(".")
    for file in ["config.json", "params.json"] {
      let path = folder.isEmpty ? "/\(file)" : "\(folder)/\(file)"
      let bytes: [UInt8]
      do {
        bytes = try readFile(path)
      } catch {
        if isPath && file == "params.json" {
          throw QuantityError(
            "\(Magnitude.printable(text)) holds neither config.json nor params.json")
        }
        continue
      }
      return try configuration(path, bytes: bytes, name: text)
    }
    if text.contains("/") {
      throw QuantityError(
        "no preset is the model “\(Magnitude.printable(text))”; give its config.json, which stands "
          + "among its files on the hub, or the folder that holds it")
    }
    return try ModelPresets.find(text).architecture
  }

  private static func configuration(
    _ path: String, bytes: [UInt8], name: String
  ) throws -> TransformerArchitecture {
    let text = String(decoding: bytes, as: UTF8.self)
    return try ModelConfiguration.read(text, file: path, name: name).architecture
  }
}
