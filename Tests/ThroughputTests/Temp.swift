import Testing
import Workload
import Catalog
@testable import Throughput
#if canImport(Glibc)
import Glibc
#endif
@Test func zzz() throws {
  let clock = ContinuousClock()
  for j in feasibleJobs { print(j, clock.measure { for _ in 0..<3 { _ = try? j.best() } } / 3) }
  let v = Validation(catalog: try Catalog())
  var rep: ValidationReport?
  print("validate", clock.measure { rep = v.run(rows: PublishedRun.builtIn) })
  let r = try #require(rep)
  for s in r.summaries { print(s) }
  for s in v.baselines(rows: PublishedRun.builtIn) { print(s) }
  for x in r.rows { print("ROW", x.run.id, x.measured ?? -1, x.predicted?.p50 ?? -1, x.reason) }
  if getenv("LOFO") != nil {
    var lo: ValidationReport?
    print("lofo", clock.measure { lo = v.leaveOneFamilyOut(rows: PublishedRun.builtIn) })
    for s in try #require(lo).summaries { print(s) }
    let fit = CalibrationFit(runs: PublishedRun.builtIn, catalog: try Catalog())
    let c = fit.fitted(from: ThroughputModel.builtIn.calibration, iterations: 15, rounds: 3)
    for row in c.rows { print("FIT", row.parameter, row.scope, row.value) }
    for x in try #require(lo).rows { print("LROW", x.run.id, x.measured ?? -1, x.predicted?.p50 ?? -1) }
  }
}
