import Catalog
import Planning
import Quantities

/// Claims taken for true, as one more input: ticked in a list, typed as `id=1.5`, stepped by factor.
enum ClaimsInput {
  static let name = "claims"

  static func field(_ choices: InputChoices) -> InputField {
    let catalog = choices.catalog
    let rows = catalog.claims.filter { Route(rawValue: $0.route) != nil }
    var labels: [String: String] = [:]
    let widest = rows.map(\.id.count).max() ?? 0
    for row in rows {
      let said = row.wording.isEmpty ? row.subject : row.wording
      // What compares with another machine says nothing of this plan without a factor.
      let needsFactor = (try? AppliedClaim(parsing: row.id, catalog: catalog)) == nil
      labels[row.id] =
        row.id + String(repeating: " ", count: widest - row.id.count + 2)
        + "\(row.provenance.grade.rawValue)\(needsFactor ? " ×?" : "   ")  \(said)"
    }
    return InputField(
      name: name, label: "Claims", unit: "", group: "If it is true",
      help: "Statements taken for true, marked †; A to D: evidence; ×?: asks for a factor.",
      hint: "Enter ticks them in a list; + and - change the factor of the last one",
      kind: .some(of: rows.map(\.id), standard: []), completions: rows.map(\.id),
      text: { text($0.claims) }, shown: { shown($0.claims) },
      read: { text, scenario in scenario.claims = try claims(text, catalog) },
      nudge: { steps, scenario in
        guard let last = scenario.claims.last else { return }
        scenario.claims[scenario.claims.count - 1] = stepped(last, by: steps)
      }, choiceLabels: labels)
  }

  private static func text(_ claims: [AppliedClaim]) -> String {
    claims.isEmpty ? "none" : claims.map(\.text).joined(separator: ",")
  }

  private static func shown(_ claims: [AppliedClaim]) -> String {
    guard let first = claims.first else { return "none" }
    return claims.count == 1 ? "† \(first.effectText), \(first.id)" : "† \(claims.count)"
  }

  private static func claims(_ text: String, _ catalog: Catalog) throws -> [AppliedClaim] {
    guard text != "none", !text.isEmpty else { return [] }
    var claims: [AppliedClaim] = []
    for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      let claim = try AppliedClaim(parsing: String(word), catalog: catalog)
      guard !claims.contains(where: { $0.id == claim.id }) else {
        throw InputError("\(claim.id) is named twice")
      }
      claims.append(claim)
    }
    return claims
  }

  /// A claim with its factor a twentieth higher or lower for each step, on its own side of 1.
  private static func stepped(_ claim: AppliedClaim, by steps: Int) -> AppliedClaim {
    guard let factor = claim.factor else { return claim }
    var changed = claim
    let wanted = ((factor + 0.05 * Double(steps)) * 1e9).rounded() / 1e9
    switch claim.effect {
    case .output: changed.effect = .output(min(99, max(1, wanted)))
    case .cost: changed.effect = .cost(min(0.95, max(0.05, wanted)))
    case .utilization, .price: break
    }
    return changed
  }
}

extension AppliedClaim {
  /// What it changes, without its name: `output × 1.5`.
  var effectText: String { String(badge.dropFirst(id.count + 2)) }
}
