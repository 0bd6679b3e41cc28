import ArgumentParser
import Planning
import Quantities
import Reports

/// Shows how each number of one option came to be.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "How each number of one option came to be, with sources.",
    usage: """
      plan explain OPTION --budget 50M
      plan explain 1 --budget 50M
      plan explain rent-tpu/gcp/v6e-slice/us-east5/commit_3y/2048 --budget 50M
      """)

  @Argument(help: "An option's id as in --format json, or its rank.")
  var option: String

  @OptionGroup(title: "The question")
  var question: ScenarioOptions

  @OptionGroup(title: "The output")
  var output: TextOutputOptions

  func run() throws {
    guard question.budget != nil else { throw UsageError("--budget is missing") }
    let plan = try question.makePlan()
    let found = try find(in: plan)
    try output.emit(Explanation(found, in: plan).text)
  }

  /// The option with that id, or of that rank.
  private func find(in plan: Plan) throws -> Assessment {
    if let assessment = plan.assessment(option) { return assessment }
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
