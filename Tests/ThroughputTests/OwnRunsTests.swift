import Catalog
import Testing

@testable import Throughput

@Suite("Runs of one's own")
struct OwnRunsTests {
  private func measured(_ pairs: [(id: String, factor: Double)]) throws -> [MeasuredThroughput] {
    let catalog = try Catalog()
    let wanted = Set(pairs.map(\.id))
    let runs = PublishedRun.builtIn.filter { wanted.contains($0.id) }
    var report = Validation(catalog: catalog).run(rows: runs)
    for index in report.rows.indices {
      let factor = pairs.first { $0.id == report.rows[index].run.id }?.factor ?? 1
      report.rows[index].measured = report.rows[index].predicted.map { $0.p50 * factor }
    }
    return OwnRuns.measured(report, source: "my-runs.csv", asOf: "2026-11-23")
  }

  private static let onV5p = [
    "axlearn-llama2-7b-tpu-v5p-axlearn", "axlearn-llama2-7b-tpu-v5p-maxtext",
    "axlearn-llama2-7b-tpu-v5p-pytorch-xla-fsdp",
  ]

  @Test("that take as long as predicted leave the middle and narrow the range, the more the more")
  func agreeing() throws {
    let one = try #require(try measured([(Self.onV5p[0], 1)]).first)
    let three = try #require(try measured(Self.onV5p.map { ($0, 1) }).first)
    #expect(abs(one.speedRatio - 1) < 1e-9 && abs(three.speedRatio - 1) < 1e-9)
    #expect(three.logDeviation < one.logDeviation)
    #expect(one.runs == 1 && three.runs == 3 && one.provenance.grade == .a)
  }

  @Test("that take longer lower the speed, the more runs the nearer to what they say")
  func slower() throws {
    let one = try #require(try measured([(Self.onV5p[0], 1.5)]).first?.speedRatio)
    let three = try #require(try measured(Self.onV5p.map { ($0, 1.5) }).first?.speedRatio)
    #expect(one < 1 && three < one && three > 1 / 1.5)
  }

  @Test("that scatter widen the range")
  func scattering() throws {
    let alike = try #require(try measured(Self.onV5p.map { ($0, 1.1) }).first)
    let apart = try #require(
      try measured([(Self.onV5p[0], 0.5), (Self.onV5p[1], 1.1), (Self.onV5p[2], 2.4)]).first)
    #expect(apart.logDeviation > alike.logDeviation)
  }

  @Test("move an estimate's middle and give it their range and grade")
  func corrected() throws {
    let catalog = try Catalog()
    let row = try #require(try measured(Self.onV5p.map { ($0, 1.2) }).first)
    let chip = try #require(catalog.accelerator("tpu-v5p"))
    let before = try ThroughputModel.builtIn.best(
      architecture: .defaultShape(parameters: 7e9), sequenceLength: 4096,
      globalBatchSequences: 1024, precision: .bf16, accelerator: chip, chips: 256,
      chipsPerSlice: 256
    ).get()
    let after = before.corrected(by: row)
    #expect(
      abs(after.tokensPerSecondPerChip.p50 / before.tokensPerSecondPerChip.p50 - row.speedRatio)
        < 1e-9)
    #expect(abs(after.breakdown.reduce(0) { $0 + $1.value } - after.stepSeconds) < 1e-9)
    #expect(after.evidence == .a && !after.isExtrapolated)
  }
}
