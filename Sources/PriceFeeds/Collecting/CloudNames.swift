import Catalog

/// Which cloud a catalogue file is of, and what this program calls its instances: such files name their
/// cloud only by the folder or file they lie in.
enum CloudNames {
  /// The provider by the path's last two parts, `azure/vms.csv` or `nebius.csv`; nil when none is known.
  static func provider(of path: String, known: KnownInstances) -> String? {
    let parts = path.lowercased().split(separator: "/").suffix(2).map(String.init)
    var words: [String] = []
    for part in parts.reversed() {
      words += part.split(whereSeparator: { ".-_ ".contains($0) }).map(String.init)
    }
    for word in words {
      let name = aliases[word] ?? word
      if known.isProvider(name) { return name }
    }
    return nil
  }

  private static let aliases = [
    "oci": "oracle", "lambdalabs": "lambda", "ms": "azure", "microsoft": "azure", "ibmcloud": "ibm",
    "google": "gcp", "amazon": "aws", "datacrunch": "verda",
  ]

  /// The catalogue's offer of an instance: by its name, by its name as the provider's portal shortens it,
  /// or by what it holds, as in `h100-8gpu`.
  static func offer(
    _ provider: String, instance: String, accelerator: String, count: Int, known: KnownInstances
  ) -> Offer? {
    var name = instance
    if name.hasPrefix("Standard_") { name = String(name.dropFirst(9)) }
    let dashed = String(name.map { $0 == "_" ? "-" : $0 })
    let chip = accelerator.lowercased().split(whereSeparator: { "-_ ".contains($0) }).first ?? ""
    for candidate in [instance, name, dashed, "\(chip)-\(count)gpu"] {
      if let found = known.offer(provider, candidate) { return found }
    }
    return nil
  }
}
