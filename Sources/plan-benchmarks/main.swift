import Catalog
import Planning
import Quantities
import Throughput
import Uncertainty
import Workload

/// Prints how fast the engine's hot loops run. Build it with optimisation:
/// `swift run -c release plan-benchmarks`; with `prices`, how fast an offer file is imported, with
/// `replan`, how fast a plan follows an edit, with `dashboard`, how fast the screen answers keys.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let elapsed = try ContinuousClock().measure(work)
  let (whole, atto) = elapsed.components
  return Double(whole) + Double(atto) / 1e18
}

let catalog = try Catalog()

/// The exhaustive search: GPT-3 175B on 512 A100, DeepSeek-V3 on 2,048 H100. The first one reads the
/// built-in tables; what is printed is the fastest of five after it.
func searchBenchmark() throws {
  let jobs = [
    ("gpt3-175b", "a100-80g", 512, 2048, 512), ("deepseek-v3", "h100-sxm", 2048, 4096, 15_360),
  ]
  for (model, id, chips, sequence, batch) in jobs {
    guard let accelerator = catalog.accelerator(id) else { continue }
    let search = try StrategySearch(
      architecture: try ModelPresets.find(model).architecture, sequenceLength: sequence,
      globalBatchSequences: batch, precision: .bf16, accelerator: accelerator, chips: chips)
    var result = try search.run().get()
    let elapsed = try (0..<5).map { _ in try seconds { result = try search.run().get() } }.min()
    let ruledOut = result.enumerated - result.timed
    let rate = Double(result.enumerated) / (elapsed ?? .nan) / 1e6
    print(
      "search: \(model) on \(chips) \(id): \(result.timed) strategies timed, \(ruledOut) ruled out",
      "in \((elapsed ?? .nan) * 1000) ms: \(rate) million a second on one core")
    if let best = result.best.first { print("  best: \(best)") }
    for choice in result.choices { print("  \(choice)") }
  }
}

/// The planner's quick search, one job after the other; alone, and over many numbers of chips with
/// layers' times remembered, as sizing asks for them.
func planningBenchmark() throws {
  let jobs = [
    ("llama-3.1-70b", "h100-sxm", 1024), ("llama-3.1-405b", "tpu-v5p", 4096),
    ("deepseek-v3", "h100-sxm", 2048), ("llama-3.1-70b", "trn2", 1024),
    ("llama-3.1-405b", "tpu-v5e", 64),
  ]
  for (model, id, chips) in jobs {
    guard let accelerator = catalog.accelerator(id) else { continue }
    let architecture = try ModelPresets.find(model).architecture
    func search(_ chips: Int, _ memory: SearchMemory?) {
      _ = ThroughputModel.builtIn.best(
        architecture: architecture, sequenceLength: 8192, globalBatchSequences: 2048,
        precision: .bf16, accelerator: accelerator, chips: chips, chipsPerSlice: nil,
        remembering: memory)
    }
    let count = 20
    let alone = seconds { for _ in 0..<count { search(chips, nil) } } / Double(count)
    let sizes = Array(stride(from: 256, through: 8192, by: 64))
    let memory = SearchMemory()
    let remembered = seconds { for size in sizes { search(size, memory) } } / Double(sizes.count)
    print(
      "plan: \(model) on \(chips) \(id): \(alone * 1000) ms; of \(sizes.count) numbers of chips:",
      "\(remembered * 1000) ms each")
  }
}

/// Draws of 15 inputs, and what becomes of the costs of 350 options over them, on one core.
func uncertaintyBenchmark() throws {
  let inputs = try (0..<15).map { (index: Int) in
    UncertainInput("input \(index)", try .lognormal(low: 1, high: 2), dimension: index)
  }
  let sampler = try Sampler(
    inputs: inputs, correlations: [InputCorrelation("input 0", "input 7", -0.4)], seed: 1)
  for count in [4096, 65_536] {
    var draws = sampler.draws(count)
    let drawing = seconds { draws = sampler.draws(count) }
    var costs = [Double](repeating: 0, count: count)
    var finder = PercentileFinder()
    var tally = BestTally(draws: count)
    var (pricing, finding, tallying) = (0.0, 0.0, 0.0)
    for option in 0..<350 {
      pricing += seconds {
        let (first, second) = (draws[option % 15], draws[(option / 15) % 15])
        costs = zip(first, second).map { 1 + Double(option) * 1e-3 + $0 * $1 }
      }
      finding += seconds { _ = finder.percentiles([0.1, 0.5, 0.9], of: costs) }
      tallying += seconds { tally.add(option, costs) }
    }
    print(
      "uncertainty: \(count) draws of 15 inputs in \(drawing * 1000) ms; of 350 options:",
      "one product \(pricing * 1000) ms, percentiles \(finding * 1000) ms,",
      "tally of the best \(tallying * 1000) ms")
  }
}

/// The whole plan of 50 million dollars, for the first time and again with throughput remembered,
/// over several numbers of worlds.
func decisionBenchmark() throws {
  var scenario = Scenario(budgetDollars: 50e6, start: try CalendarDate(parsing: catalog.asOf))
  for samples in [0, 4096, 65_536] {
    scenario.samples = samples
    let planner = Planner(catalog: catalog)
    var options = 0
    let first = seconds { options = planner.plan(scenario).assessments.count }
    let again = (0..<5).map { _ in seconds { _ = planner.plan(scenario) } }.min() ?? .nan
    print(
      "decision: \(options) options in \(samples) worlds: \(first * 1000) ms;",
      "again \(again * 1000) ms")
  }
}

switch CommandLine.arguments.dropFirst().first {
case "prices": try ImportBenchmark.run(Array(CommandLine.arguments.dropFirst(2)))
case "replan": try ReplanBenchmark.run(catalog)
case "dashboard": try DashboardBenchmark.run()
default:
  try decisionBenchmark()
  try uncertaintyBenchmark()
  try searchBenchmark()
  try planningBenchmark()
}
