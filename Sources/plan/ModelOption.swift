import Quantities
import Workload

/// Reads `--model` and `--params`.
enum ModelOption {
  /// The architecture named: a preset, a config.json or the folder that holds one, a shape written
  /// out, or a size in the default shape; nil when neither is given.
  ///
  /// - Throws: `UsageError` or `QuantityError` on a name or count that can't be meant; `Fault` on a
  ///   bad file, `MissingFile` when it isn't there.
  static func architecture(model: String?, params: String?) throws -> TransformerArchitecture? {
    guard model == nil || params == nil else {
      throw UsageError("--model and --params both name the model; give one of them")
    }
    if let params {
      return TransformerArchitecture.defaultShape(parameters: try parameters(params))
    }
    guard let model else { return nil }
    return try ModelSource.architecture(model, readFile: InputFile.bytes(at:))
  }

  /// A parameter count within what the default shape can take.
  static func parameters(_ text: String) throws -> Double {
    let count = try Count.parse(text, as: "a number of parameters")
    let range = TransformerArchitecture.defaultShapeRange
    guard range.contains(count) else {
      throw UsageError(
        "--params \(Magnitude.printable(text)): sizes from \(Count.short(range.lowerBound)) to "
          + "\(Count.short(range.upperBound)) can be planned")
    }
    return count
  }
}
