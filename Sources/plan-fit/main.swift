import Catalog
import Reports
import Throughput

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Fits the step-time model on the built-in published runs and writes its two tables:
/// `swift run -c release plan-fit Sources/Throughput/Tables`.
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
let refit = Refit(runs: runs, catalog: catalog)
if CommandLine.arguments.count == 2 {
  let folder = CommandLine.arguments[1]
  write(refit.calibration, to: folder + "/calibration.csv")
  write(refit.residuals, to: folder + "/residuals.csv")
} else {
  print(refit.calibration)
  print(refit.residuals)
}
let baselines = Validation(catalog: catalog).baselines(rows: runs)
print(ValidationSheets.summary(refit.report, baselines: baselines).table)
