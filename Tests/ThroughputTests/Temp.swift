import Testing
import Workload
@testable import Throughput
@Test func zzz() throws {
  let j = JobCase(
    model: "llama-3.1-405b", accelerator: "tpu-v5e", chips: 64, sequence: 8192, batch: 64)
  print(try j.best())
  let clock = ContinuousClock()
  for j in feasibleJobs { print(j, clock.measure { for _ in 0..<3 { _ = try? j.best() } } / 3) }
}
