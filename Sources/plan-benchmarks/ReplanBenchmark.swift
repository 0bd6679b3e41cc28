import Catalog
import Dashboard
import Planning
import Quantities

/// How long a plan takes that follows an edit, as the dashboard works it out: one planner, which
/// remembers throughput, and a budget that goes up and down a tenth at a time.
enum ReplanBenchmark {
  static func run(_ catalog: Catalog) throws {
    for (name, isGiven) in [("sized from the budget", false), ("given model", true)] {
      var scenario = Scenario(budgetDollars: 50e6, start: try CalendarDate(parsing: catalog.asOf))
      if isGiven {
        scenario.model = .parameters(70e9)
        scenario.tokens = 2e12
      }
      let planner = Planner(catalog: catalog)
      var plan = planner.draft(scenario, samples: Planner.draftSamples)
      let first = seconds {
        plan = Planner(catalog: catalog).draft(scenario, samples: Planner.draftSamples)
      }
      var unsampled: [Double] = []
      var plans: [Double] = []
      var finished: [Double] = []
      var faces: [Double] = []
      // Up for ten steps, down for twenty, and up again, twice.
      for step in 0..<80 {
        scenario.budgetDollars *= (step % 40 < 10 || step % 40 >= 30) ? 1.1 : 1 / 1.1
        plans.append(seconds { plan = planner.draft(scenario, samples: Planner.draftSamples) })
        unsampled.append(seconds { _ = planner.draft(scenario, samples: 0) })
        if step % 8 == 0 { finished.append(seconds { _ = planner.finished(plan, scenario) }) }
        faces.append(seconds { _ = PlanFace(plan) })
      }
      print(
        "re-plan, \(name): first \(milliseconds(first)); after an edit of the budget",
        "\(spread(plans)), without worlds again \(spread(unsampled));",
        "all worlds \(spread(finished)); its face \(spread(faces))")
    }
  }

  static func milliseconds(_ seconds: Double) -> String {
    Decimals.fixed(seconds * 1000, 1) + " ms"
  }

  /// The middle, the 99th percentile and the worst of times.
  static func spread(_ times: [Double]) -> String {
    let sorted = times.sorted()
    func at(_ share: Double) -> String {
      guard let last = sorted.last else { return "-" }
      let index = Int((Double(sorted.count) * share).rounded(.up)) - 1
      return milliseconds(sorted.indices.contains(index) ? sorted[index] : last)
    }
    return "p50 \(at(0.5)), p99 \(at(0.99)), worst \(at(1)) of \(sorted.count)"
  }
}
