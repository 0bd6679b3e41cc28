import Planning
import Quantities

/// Finds an option by its id or its rank.
enum OptionName {
  /// - Throws: `UsageError` with the nearest id when there is none.
  static func find(_ option: String, in plan: Plan) throws -> Assessment {
    if let assessment = plan.assessment(option) { return assessment }
    // A quote of the buyer's goes by its name.
    let quote = ScenarioQuote.prefix + option
    if let own = plan.assessments.first(where: { [option, quote].contains($0.offer) }) {
      return own
    }
    if let rank = Int(option) {
      guard plan.ranking.indices.contains(rank - 1) else {
        throw UsageError("there is no option of rank \(rank); \(plan.ranking.count) fit")
      }
      return plan.ranked[rank - 1]
    }
    let near = NearMiss.closest(to: option, among: plan.assessments.map(\.id))
    throw UsageError(
      "no option “\(Magnitude.printable(option))” in this plan"
        + (near.map { "; did you mean \($0)?" } ?? "; --format json lists them"))
  }
}
