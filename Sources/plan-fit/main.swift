import Catalog
import Quantities
import Reports
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
if let folder = arguments.dropFirst().first {
  write(refit.calibration, to: folder + "/calibration.csv")
  write(refit.residuals, to: folder + "/residuals.csv")
  write(refit.validation, to: folder + "/validation.csv")
} else {
  print(refit.calibration)
  print(refit.residuals)
  print(refit.validation)
}
let baselines = Validation(catalog: catalog).baselines(rows: runs)
print(ValidationSheets.summary(refit.report, baselines: baselines).table)
