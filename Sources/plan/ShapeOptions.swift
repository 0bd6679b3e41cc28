import ArgumentParser
import Quantities
import Workload

/// A model's shape by hand, for families that are not known.
struct ShapeOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: help("layers")) var layers: String?
  @Option(parsing: .unconditional, help: help("hidden")) var hidden: String?
  @Option(parsing: .unconditional, help: help("heads")) var heads: String?
  @Option(parsing: .unconditional, help: help("kv-heads")) var kvHeads: String?
  @Option(parsing: .unconditional, help: help("head-dim")) var headDim: String?
  @Option(parsing: .unconditional, help: help("intermediate")) var intermediate: String?
  @Option(parsing: .unconditional, help: help("vocab")) var vocab: String?
  @Option(parsing: .unconditional, help: help("tied")) var tied: String?
  @Option(parsing: .unconditional, help: help("experts")) var experts: String?
  @Option(parsing: .unconditional, help: help("experts-per-token")) var expertsPerToken: String?
  @Option(parsing: .unconditional, help: help("expert-width")) var expertWidth: String?
  @Option(parsing: .unconditional, help: help("shared-experts")) var sharedExperts: String?
  @Option(parsing: .unconditional, help: help("dense-layers")) var denseLayers: String?
  @Option(parsing: .unconditional, help: help("window")) var window: String?
  @Option(parsing: .unconditional, help: help("global-every")) var globalEvery: String?
  @Option(parsing: .unconditional, help: help("linear-every")) var linearEvery: String?
  @Option(parsing: .unconditional, help: help("state")) var state: String?

  private var given: [(name: String, text: String?)] {
    [
      ("layers", layers), ("hidden", hidden), ("heads", heads), ("kv-heads", kvHeads),
      ("head-dim", headDim), ("intermediate", intermediate), ("vocab", vocab), ("tied", tied),
      ("experts", experts), ("experts-per-token", expertsPerToken),
      ("expert-width", expertWidth), ("shared-experts", sharedExperts),
      ("dense-layers", denseLayers), ("window", window), ("global-every", globalEvery),
      ("linear-every", linearEvery), ("state", state),
    ]
  }

  /// The model: as named, or written out from the sizes; nil when neither is given.
  ///
  /// - Throws: `UsageError` when both are, or when a size is no single word.
  func model(named name: String?) throws -> String? {
    let sizes = given.compactMap { size in size.text.map { (size.name, $0) } }
    guard let first = sizes.first else { return name }
    if let name {
      throw UsageError(
        "--model \(Magnitude.printable(name)) and --\(first.0) both tell the shape; give one")
    }
    for (name, text) in sizes where text.isEmpty || text.contains(where: { " ,=\n".contains($0) }) {
      throw UsageError("--\(name) “\(Magnitude.printable(text))” is no number")
    }
    return sizes.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
  }
}

/// The size's own words.
private func help(_ name: String) -> ArgumentHelp {
  let size = ShapeText.sizes.first { $0.name == name }
  return ArgumentHelp(size?.help ?? "", valueName: "count")
}
