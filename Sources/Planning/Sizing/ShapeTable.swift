import Decisions
import RealModule
import Synchronization
import Workload

/// The best shape for compute of every size, worked out once for a kind of question: looking one up is
/// then cheap, and depends on no budget.
final class ShapeTable: Sendable {
  let choices: ShapeChoices
  /// The best place at each step of compute; nil where nothing is admitted.
  private let places: [Int?]
  /// Compute into its worth; nil where there are not two points of it.
  let worthOfCompute: WorkCurve?

  private static let first = 17.0
  private static let last = 29.0
  /// A step is a quarter more compute.
  private static let step = 0.1

  init(_ choices: ShapeChoices) {
    self.choices = choices
    var places: [Int?] = []
    var points: [(work: Double, value: Double)] = []
    var exponent = Self.first
    while exponent <= Self.last + 1e-9 {
      let compute: Double = .exp(exponent * .log(10))
      var best: (place: Int, value: Double)?
      for (place, choice) in choices.all.enumerated() {
        let tokens: Double = min(compute / (6 * choice.rung.activeParameters), choices.mostTokens)
        guard tokens >= choice.leastTokens else { continue }
        let value = choices.effectiveCompute(choice, tokens: tokens)
        if value > best?.value ?? 0 { best = (place, value) }
      }
      places.append(best?.place)
      if let best {
        // Where data and serving node bind, more compute is worth next to nothing, but never less.
        let least: Double = (points.last?.value ?? 0) * 1.000_001
        points.append((compute, max(best.value, least)))
      }
      exponent += Self.step
    }
    self.places = places
    worthOfCompute = WorkCurve(points)
  }

  /// The place of the best shape for about so much compute.
  func place(compute: Double) -> Int? {
    guard compute > 0 else { return nil }
    let step: Double = (.log(compute) / .log(10) - Self.first) / Self.step
    let index = min(max(0, Int(step.rounded())), places.count - 1)
    return places[index]
  }

  private static let known = Mutex([String: ShapeTable]())

  /// The table of a scenario's choices, kept for the next plan.
  static func of(_ scenario: Scenario) -> ShapeTable {
    let key = scenario.shapeKey
    if let table = known.withLock({ $0[key] }) { return table }
    let table = ShapeTable(scenario.shapeChoices)
    known.withLock { tables in
      if tables.count >= 16 { tables.removeAll() }
      tables[key] = table
    }
    return table
  }
}
