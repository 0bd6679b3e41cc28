import Catalog
import Quantities

/// How far a team's first own large run stays behind the tuned benchmark of a chip's maker, as a factor
/// on the rate: judgement with a range (grade D), a quantity of its own and no part of the model.
public struct TeamEffect: Sendable {
  private var rates: [String: Percentiles] = [:]
  private var correlations: [String: Double] = [:]

  static let fileName = "team-effect.csv"

  /// The table that is built in.
  public static let builtIn: TeamEffect = {
    do {
      return try read(text: EmbeddedTables.text(fileName))
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// The factor on an accelerator: its tenth percentile, median and ninetieth.
  public func rate(_ accelerator: Accelerator) -> Percentiles {
    let scope = accelerator.generation.hasPrefix("cdna") ? "amd" : accelerator.kind.rawValue
    return rates[scope] ?? Percentiles(p10: 0.5, p50: 0.78, p90: 1)
  }

  /// How the logarithms of the factors of one team on two kinds of accelerator go together: a team that
  /// is behind on one tends to be behind on the other.
  public func correlation(_ first: AcceleratorKind, _ second: AcceleratorKind) -> Double {
    let scope =
      first == second
      ? "one_stack" : first == .trainium || second == .trainium ? "trainium" : "gpu_tpu"
    return correlations[scope] ?? 0.5
  }

  static func read(text: String, file: String = fileName) throws(FaultList) -> TeamEffect {
    let table = TableReader(
      file: file, bytes: text.utf8,
      required: ["what", "scope", "low", "typical", "high", "grade", "source"], optional: [])
    var faults = table.faults
    var effect = TeamEffect()
    for var row in table.rows {
      let (what, scope) = (row.requiredText("what"), row.requiredText("scope"))
      let values = ["low", "typical", "high"].map { row.number($0, in: 0...1) ?? 1 }
      if what == "rate" {
        effect.rates[scope] = Percentiles(p10: values[0], p50: values[1], p90: values[2])
      } else {
        effect.correlations[scope] = values[1]
      }
      faults += row.faults
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return effect
  }
}
