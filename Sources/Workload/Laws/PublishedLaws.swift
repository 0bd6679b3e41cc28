import Catalog
import Quantities

/// A law that can be chosen, with its source and what it is for.
public struct PublishedLaw: Hashable, Sendable {
  /// What a law gives the loss of.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    case dense
    case mixture

    /// In words.
    public var title: String {
      switch self {
      case .dense: "dense models"
      case .mixture: "mixtures"
      }
    }
  }

  /// What choosing it sets.
  public enum Form: Hashable, Sendable {
    case additive(AdditiveScalingLaw)
    case mixture(LossLaw.MixtureRule)
  }

  /// The word that names it.
  public var id: String
  public var title: String
  public var form: Form
  /// Whether it stands where none of its kind is chosen.
  public var isDefault: Bool
  /// The note says what it is for and where it was fitted.
  public var provenance: Provenance

  public var role: Role {
    switch form {
    case .additive: .dense
    case .mixture: .mixture
    }
  }
}

/// The laws that can be chosen: those for dense models from `Tables/scaling-laws.csv`, those for
/// mixtures from `Tables/mixture-laws.csv`.
public enum PublishedLaws {
  /// Dense models' laws first, each kind in the order of its table.
  public static let all: [PublishedLaw] = {
    let dense = ScalingLaws.all.map { published in
      PublishedLaw(
        id: published.law.id, title: published.title, form: .additive(published.law),
        isDefault: published.law == LossLaw().dense, provenance: published.provenance)
    }
    guard let text = EmbeddedTables.text(of: "mixture-laws.csv") else { return dense }
    return dense + read(file: "mixture-laws.csv", bytes: text.utf8).laws
  }()

  /// Finds a law by its id, upper or lower case.
  ///
  /// - Throws: `QuantityError` with the nearest known id, or all, when there is none.
  public static func find(_ id: String) throws(QuantityError) -> PublishedLaw {
    let wanted = id.lowercased()
    if let law = all.first(where: { $0.id == wanted }) { return law }
    let ids = all.map(\.id)
    let near = NearMiss.closest(to: wanted, among: ids)
    let hint = near.map { "did you mean \($0)?" } ?? "known are \(ids.joined(separator: ", "))"
    throw QuantityError("no law is called “\(Magnitude.printable(id))”; \(hint)")
  }

  static func read(
    file: String, bytes: some Sequence<UInt8>
  ) -> (laws: [PublishedLaw], faults: [Fault]) {
    let reader = TableReader(
      file: file, bytes: bytes, required: ["id", "title", "source_url", "grade"],
      optional: ["as_of", "note"])
    var faults = reader.faults
    var laws: [PublishedLaw] = []
    for var row in reader.rows {
      let rule = row.choice("id", LossLaw.MixtureRule.self)
      let title = row.requiredText("title")
      let provenance = row.provenance()
      if row.faults.isEmpty, let rule {
        laws.append(
          PublishedLaw(
            id: rule.rawValue, title: title, form: .mixture(rule),
            isDefault: rule == LossLaw().mixtures, provenance: provenance))
      }
      faults += row.faults
    }
    return (laws, faults)
  }
}
