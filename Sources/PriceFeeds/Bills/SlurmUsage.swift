import Catalog
import Quantities

/// What a job of Slurm used, from the columns of `sacct --parsable2`.
struct SlurmUsage {
  private let seconds: Int?
  private let elapsed: Int?
  private let resources: Int
  private let state: Int?
  private let identity: Int?
  private let dollarsPerChipHour: Double

  /// - Throws: `Fault` naming the columns to ask sacct for, or the option that gives a chip-hour's price.
  init(_ columns: BillColumns, _ filter: BillFilter, _ scanner: RecordScanner) throws {
    seconds = columns["ElapsedRaw"]
    elapsed = columns["Elapsed"]
    state = columns["State"]
    identity = columns["JobID"]
    guard let resources = columns.first("alloctres", "allocgres", "reqtres"),
      seconds != nil || elapsed != nil
    else {
      throw scanner.fault(
        "the jobs' time and accelerators are missing; ask for them: sacct -X --parsable2 "
          + "--format=JobID,Account,Partition,JobName,State,Start,ElapsedRaw,AllocTRES")
    }
    self.resources = resources
    guard let price = filter.dollarsPerChipHour else {
      throw Fault(
        file: scanner.source.name,
        message: "has hours and no money; --usd-per-chip-hour says what an hour of a chip costs")
    }
    dollarsPerChipHour = price
  }

  /// US dollars of a job; its steps (`123.batch`, `123.0`) are within it and count nothing.
  func dollars(_ scanner: RecordScanner, _ columns: BillColumns) throws -> Double {
    if let identity, scanner.text(identity).contains(".") { return 0 }
    let seconds = try time(scanner)
    return seconds / 3600 * chips(scanner.text(resources)) * dollarsPerChipHour
  }

  private func time(_ scanner: RecordScanner) throws -> Double {
    if let seconds {
      guard let value = BillField.number(scanner.field(seconds)), (0...1e9).contains(value) else {
        throw scanner.fault(
          "“\(Magnitude.printable(scanner.text(seconds)))” is no number of seconds",
          column: "ElapsedRaw")
      }
      return value
    }
    let text = elapsed.map { scanner.text($0) } ?? ""
    // [days-]hours:minutes:seconds
    let parts = text.split(separator: "-")
    let clock = (parts.last ?? "").split(separator: ":").map { Double($0) }
    let days = parts.count == 2 ? Double(parts[0]) : 0
    guard parts.count <= 2, clock.count == 3, let hours = clock[0], let minutes = clock[1],
      let rest = clock[2], let days, days >= 0, days < 1e5
    else {
      throw scanner.fault(
        "“\(Magnitude.printable(text))” is no time like 1-02:03:04", column: "Elapsed")
    }
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest
  }

  /// Accelerators in `cpu=64,gres/gpu=8,gres/gpu:h100=8,mem=2000G`; the plain count comes first.
  private func chips(_ text: String) -> Double {
    var named = 0.0
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=")
      guard pair.count == 2, let count = Double(pair[1]), count >= 0, count < 1e6 else {
        // AllocGRES of older releases: gpu:h100:8.
        let pieces = part.split(separator: ":")
        if pieces.first == "gpu", let last = pieces.last, let count = Double(last) {
          named += count
        }
        continue
      }
      if pair[0] == "gres/gpu" { return count }
      if pair[0].hasPrefix("gres/gpu:") { named += count }
    }
    return named
  }
}
