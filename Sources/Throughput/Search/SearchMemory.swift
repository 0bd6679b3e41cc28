/// What searches found that later ones can use: layers' times by model and machine, which don't depend on
/// the number of chips, and the layout that was best last. No result depends on it.
public final class SearchMemory {
  /// What decides a layer's times.
  private struct Key: Hashable {
    var problem: StepProblem
    var machine: Machine
    var parameters: StepParameters
    var software: SoftwareStack

    init(_ timer: LayerTimer) {
      problem = timer.problem
      problem.batchTokens = 0
      machine = timer.machine
      machine.chips = 0
      machine.slices = 0
      parameters = timer.parameters
      software = timer.software
    }
  }

  /// The layout that was best last, of whatever model.
  private var last: Layout?

  /// Layers' times that are kept at most; all are forgotten beyond.
  private static let mostTimes = 20_000

  private var tables: [Key: LayerTimeTable] = [:]
  private var count = 0

  public init() {}

  func search(_ grid: PlanningGrid) -> PlanningGrid.Outcome {
    if count > Self.mostTimes {
      tables.removeAll(keepingCapacity: true)
      count = 0
    }
    return search(grid, &tables[Key(grid.timer), default: LayerTimeTable()])
  }

  private func search(_ grid: PlanningGrid, _ table: inout LayerTimeTable) -> PlanningGrid.Outcome {
    let before = table.found.count
    let outcome = grid.search(&table, hint: last)
    last = outcome.best ?? last
    count += table.found.count - before
    return outcome
  }
}
