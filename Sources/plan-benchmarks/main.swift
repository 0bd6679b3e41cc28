import Catalog
import Throughput
import Workload

/// Prints how fast the engine's hot loops run. Build it with optimisation:
/// `swift run -c release plan-benchmarks`; with `prices`, how fast an offer file is imported.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let elapsed = try ContinuousClock().measure(work)
  let (whole, atto) = elapsed.components
  return Double(whole) + Double(atto) / 1e18
}

let catalog = try Catalog()

/// The exhaustive search for GPT-3 175B on 512 A100.
func searchBenchmark() throws {
  guard let accelerator = catalog.accelerator("a100-80g") else { return }
  let search = try StrategySearch(
    architecture: try ModelPresets.find("gpt3-175b").architecture, sequenceLength: 2048,
    globalBatchSequences: 512, precision: .bf16, accelerator: accelerator, chips: 512)
  var result: StrategySearchResult?
  let elapsed = try seconds { result = try search.run().get() }
  guard let result else { return }
  let rate = Double(result.enumerated) / elapsed / 1e6
  let timedRate = Double(result.timed) / elapsed / 1e6
  print(
    "search: \(result.enumerated) strategies (\(result.timed) timed) in \(elapsed) s:",
    "\(rate) million enumerated, \(timedRate) million timed a second on one core")
  if let best = result.best.first { print("  best: \(best)") }
  for choice in result.choices { print("  \(choice)") }
}

/// The planner's quick search, one job after the other.
func planningBenchmark() throws {
  let jobs = [
    ("llama-3.1-70b", "h100-sxm", 1024), ("llama-3.1-405b", "tpu-v5p", 4096),
    ("deepseek-v3", "h100-sxm", 2048), ("llama-3.1-70b", "trn2", 1024),
    ("llama-3.1-405b", "tpu-v5e", 64),
  ]
  for (model, id, chips) in jobs {
    guard let accelerator = catalog.accelerator(id) else { continue }
    let architecture = try ModelPresets.find(model).architecture
    let count = 20
    let elapsed = seconds {
      for _ in 0..<count {
        _ = ThroughputModel.builtIn.best(
          architecture: architecture, sequenceLength: 8192, globalBatchSequences: 2048,
          precision: .bf16, accelerator: accelerator, chips: chips, chipsPerSlice: nil)
      }
    }
    print("plan: \(model) on \(chips) \(id): \(elapsed / Double(count) * 1000) ms")
  }
}

if CommandLine.arguments.dropFirst().first == "prices" {
  try ImportBenchmark.run(Array(CommandLine.arguments.dropFirst(2)))
} else {
  try searchBenchmark()
  try planningBenchmark()
}
