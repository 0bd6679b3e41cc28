import Catalog
import Quantities

/// A set of constants with its title and source.
public struct PublishedScalingLaw: Hashable, Sendable {
  public var law: AdditiveScalingLaw
  public var title: String
  public var provenance: Provenance
}

/// The additive laws built in, from `Tables/scaling-laws.csv`.
public enum ScalingLaws {
  /// All sets of constants in the order of the table.
  public static let all: [PublishedScalingLaw] = {
    guard let text = EmbeddedTables.text(of: "scaling-laws.csv") else { return [] }
    return read(file: "scaling-laws.csv", bytes: text.utf8).laws
  }()

  /// Finds a set of constants by its id, upper or lower case.
  ///
  /// - Throws: `QuantityError` with the nearest known id, or all, when there is none.
  public static func find(_ id: String) throws(QuantityError) -> PublishedScalingLaw {
    let wanted = id.lowercased()
    if let law = all.first(where: { $0.law.id == wanted }) { return law }
    let ids = all.map(\.law.id)
    let near = NearMiss.closest(to: wanted, among: ids)
    let hint = near.map { "did you mean \($0)?" } ?? "known are \(ids.joined(separator: ", "))"
    throw QuantityError("no scaling law is called “\(Magnitude.printable(id))”; \(hint)")
  }

  static func read(
    file: String, bytes: some Sequence<UInt8>
  ) -> (laws: [PublishedScalingLaw], faults: [Fault]) {
    let reader = TableReader(
      file: file, bytes: bytes, required: ["id", "title"] + constants + ["source_url", "grade"],
      optional: ["as_of", "note"])
    var faults = reader.faults
    var laws: [PublishedScalingLaw] = []
    for var row in reader.rows {
      let values = constants.map { (column: String) -> Double in
        if let value = row.number(column, in: 1e-3...1e6) { return value }
        if row.faults.isEmpty { row.fail(column, "is empty; a number is expected") }
        return 1
      }
      let law = AdditiveScalingLaw(
        id: row.requiredText("id"), irreducibleLoss: values[0], parameterCoefficient: values[1],
        tokenCoefficient: values[2], parameterExponent: values[3], tokenExponent: values[4])
      let published = PublishedScalingLaw(
        law: law, title: row.requiredText("title"), provenance: row.provenance())
      if row.faults.isEmpty { laws.append(published) }
      faults += row.faults
    }
    return (laws, faults)
  }

  private static let constants = [
    "irreducible_loss", "parameter_coefficient", "token_coefficient", "parameter_exponent",
    "token_exponent",
  ]
}

extension AdditiveScalingLaw {
  /// Besiroglu et al. 2024 (arXiv 2404.10102): the default.
  public static let besiroglu = builtIn("besiroglu")
  /// Hoffmann et al. 2022 as printed: only to reproduce others' figures.
  public static let hoffmann = builtIn("hoffmann")
  /// Hoffmann et al. 2022, the constants of the paper's TeX source.
  public static let hoffmannUnrounded = builtIn("hoffmann-tex")
  /// The variant of Hoffmann's constants that Sardana et al. 2024 (arXiv 2401.00448) used.
  public static let hoffmannSardana = builtIn("hoffmann-sardana")
  /// Muennighoff et al. 2023 (arXiv 2305.16264), fitted on C4.
  public static let muennighoff = builtIn("muennighoff")

  /// A set of the table built into this module; its absence would be a mistake in the build, not in
  /// anything a user can give.
  private static func builtIn(_ id: String) -> AdditiveScalingLaw {
    guard let found = ScalingLaws.all.first(where: { $0.law.id == id }) else {
      preconditionFailure("scaling-laws.csv lacks \(id)")
    }
    return found.law
  }
}
