import Catalog
import Quantities
import Throughput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Fits the step-time model on the built-in published runs and writes its tables:
/// `swift run -c release plan-fit 2026-11-23 Sources/Throughput/Tables`. Without a folder the tables
/// are printed; the first argument is the day that they are marked with.
func write(_ text: String, to path: String) {
  guard let file = fopen(path, "w") else {
    print("\(path): can't be written")
    exit(73)
  }
  fputs(text, file)
  guard fclose(file) == 0 else {
    print("\(path): can't be written")
    exit(74)
  }
}

let catalog = try Catalog()
let runs = PublishedRun.builtIn
let arguments = CommandLine.arguments.dropFirst()
let day = try CalendarDate(parsing: arguments.first ?? catalog.asOf)
let refit = Refit(runs: runs, catalog: catalog, day: day)
let tables = [
  ("calibration.csv", refit.calibration), ("residuals.csv", refit.residuals),
  ("error-scale.csv", refit.errorScale), ("validation.csv", refit.validation),
]
for (name, text) in tables {
  if let folder = arguments.dropFirst().first {
    write(text, to: folder + "/" + name)
  } else {
    print(text)
  }
}
func line(_ group: ValidationSummary) -> String {
  let errors = [group.medianError, group.p90Error, group.bias].map { Decimals.fixed($0, 1) }
  return "\(group.group): \(group.count) rows, median \(errors[0]) %, p90 \(errors[1]) %, "
    + "bias \(errors[2]) %, \(Decimals.fixed(group.coverage80, 0)) % in the 80 % range"
}
for group in refit.report.summaries + Validation(catalog: catalog).baselines(rows: runs) {
  print(line(group))
}
