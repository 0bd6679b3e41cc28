import Catalog
import Quantities
import Workload

/// A table of one's own measured runs, read as strictly as anything that money is spent by.
///
/// The table of published runs that judges the model may leave a shape open, since its rows were
/// checked by hand. A row of one's own that leaves out which model was trained would be compared with
/// a model made up for it, so that it is refused here, as is a rate that the chips can't reach.
public enum OwnRunTable {
  /// What was read.
  public struct Reading: Sendable {
    public var runs: [PublishedRun]
    /// What is taken as it stands but hardly meant, with its place, and columns that were left out.
    public var doubts: [Fault]
  }

  /// Columns of text that a table may have.
  static let textColumns = [
    "model", "family", "glu", "tied_embeddings", "attention", "recompute", "precision",
    "goodput_or_downtime", "source_url", "source_place", "notes",
  ]

  /// Reads a table.
  ///
  /// - Throws: `FaultList` with file, line, column and cure of every misspelt column, every value out
  ///   of its bounds, every row without a model, and every rate above the chip's peak.
  public static func read(
    file: String, bytes: some Sequence<UInt8>, catalog: Catalog
  ) throws(FaultList) -> Reading {
    let bytes = withoutComments(Array(bytes))
    let (ignored, misspelt) = try columns(file, bytes)
    var faults = misspelt
    var doubts = ignored
    var runs: [PublishedRun] = []
    let table = TableReader(
      file: file, bytes: bytes, required: PublishedRun.requiredColumns, optional: nil,
      bounds: PublishedRun.bounds)
    for var row in table.rows {
      var run = PublishedRun(&row)
      faults += row.faults
      doubts += row.doubts
      if row.faults.isEmpty {
        completeModel(of: &run, &row)
        if row.faults.isEmpty, let accelerator = catalog.accelerator(run.accelerator) {
          checkRate(of: run, on: accelerator, &row)
        } else if row.faults.isEmpty {
          let near = NearMiss.closest(to: run.accelerator, among: catalog.accelerators.map(\.id))
          row.fail(
            "accelerator",
            "“\(Magnitude.printable(run.accelerator))” is not in accelerators.csv"
              + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        faults += row.faults
        doubts += row.doubts.filter { !doubts.contains($0) }
      }
      runs.append(run)
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return Reading(runs: runs, doubts: doubts)
  }

  /// Columns that are not known: those near a known one are faults, the others are left out and said.
  private static func columns(
    _ file: String, _ bytes: [UInt8]
  ) throws(FaultList) -> (ignored: [Fault], misspelt: [Fault]) {
    let optional = textColumns + PublishedRun.numericColumns
    let table = TableReader(
      file: file, bytes: bytes, required: PublishedRun.requiredColumns, optional: optional)
    let unknown = table.faults.filter { $0.message.hasPrefix("no such column") }
    let others = table.faults.filter { !$0.message.hasPrefix("no such column") }
    guard others.isEmpty else { throw FaultList(table.faults) }
    let misspelt = unknown.filter { $0.message.contains("did you mean") }
    let ignored = unknown.filter { !$0.message.contains("did you mean") }.map { fault in
      Fault(
        file: fault.file, line: fault.line, column: fault.column,
        message: "no such column is known, so it was left out")
    }
    return (ignored, misspelt)
  }

  /// Gives a run the sizes of the preset it names, where it gives none of its own.
  private static func completeModel(of run: inout PublishedRun, _ row: inout TableRow) {
    let hasSize = run.number("total_params") != nil || run.number("active_params") != nil
    let hasShape = run.number("layers") != nil && run.number("hidden") != nil
    guard let preset = try? ModelPresets.find(run.model) else {
      guard !hasSize, !hasShape else { return }
      let near = NearMiss.closest(to: run.model.lowercased(), among: ModelPresets.all.map(\.id))
      let named =
        run.model.isEmpty
        ? "names no model" : "“\(Magnitude.printable(run.model))” is no preset"
      return row.fail(
        "model",
        named + (near.map { "; did you mean \($0)?" } ?? "")
          + ", and total_params is missing: give the one or the other, or layers and hidden")
    }
    let shape = preset.architecture
    let total = shape.totalParameters
    guard hasSize || hasShape else {
      run.numbers["total_params"] = total
      if shape.activeParameters < total { run.numbers["active_params"] = shape.activeParameters }
      return
    }
    guard let given = run.number("total_params"), abs(given / total - 1) > 0.25 else { return }
    row.doubt(
      "total_params", "\(Count.short(given)) where \(preset.id) has \(Count.short(total))")
  }

  /// Refuses a rate above the chip's peak, with the slip that explains it.
  private static func checkRate(
    of run: PublishedRun, on accelerator: Accelerator, _ row: inout TableRow
  ) {
    guard let rate = ImpliedRate(run, accelerator) else { return }
    let shown = "\(Bounds.shown(Double(Decimals.significant(rate.utilization * 100, 3)) ?? 0)) %"
    if rate.utilization > 1 {
      row.fail(
        rate.column,
        "\(Bounds.shown(run.numbers[rate.column] ?? 0)) would be \(shown) of the peak of "
          + "\(rate.chips) \(accelerator.id)\(rate.cure)")
    } else if rate.utilization > ImpliedRate.mostPublished {
      row.doubt(
        rate.column,
        "\(shown) of the peak is more than any published run reached "
          + "(\(Decimals.fixed(ImpliedRate.mostPublished * 100, 0)) %)")
    } else if rate.utilization < 0.005 {
      row.doubt(rate.column, "\(shown) of the peak is hardly worth the chips")
    }
  }
}

/// What a measured run says of the share of the chips' peak that did the model's work.
struct ImpliedRate {
  /// Model FLOPs by 6 a weight and token over the dense peak of the precision; attention not counted, so
  /// that it errs low.
  let utilization: Double
  let chips: Int
  /// The column that was measured.
  let column: String
  private let run: PublishedRun
  private let chipsPerHost: Double

  /// The most that a run or step of the published table reached: 77 % of hardware FLOPs.
  static let mostPublished = 0.77
  /// Utilizations that an explanation must lead to.
  private static let likely = 0.05...0.75

  /// Nil when nothing was measured.
  init?(_ run: PublishedRun, _ accelerator: Accelerator) {
    guard let published = try? PublishedProblem(run, accelerator: accelerator),
      let measured = published.measured, measured > 0,
      let column = Self.columns.first(where: { run.number($0) != nil })
    else { return nil }
    let machine = published.machine
    let peak = Recipe(published.problem.precision, on: machine).peak * machine.unitsPerChip
    let tokens = run.kind == .run ? run.number("tokens") ?? 0 : published.problem.batchTokens
    let chipSeconds =
      run.kind == .run ? measured * 3600 : measured * Double(machine.chips)
    utilization = 6 * published.matmulWeights * tokens / (chipSeconds * peak)
    guard utilization.isFinite else { return nil }
    chips = machine.chips
    self.column = column
    self.run = run
    chipsPerHost = Double(accelerator.chipsPerHost ?? 8)
  }

  /// In the order in which one that is there is taken for the measurement.
  private static let columns = [
    "measured_step_s", "measured_tokens_per_s_per_chip", "measured_model_tflops_per_chip",
    "measured_mfu", "measured_hfu", "chip_hours", "wall_days",
  ]

  /// `; tokens of all 64 chips together? write 13750`, or empty.
  var cure: String {
    func isLikely(_ factor: Double) -> Bool { Self.likely.contains(utilization / factor) }
    if column == "measured_tokens_per_s_per_chip" || column == "measured_model_tflops_per_chip",
      let value = run.number(column)
    {
      if isLikely(chipsPerHost) {
        return "; of a node of \(Int(chipsPerHost))? write \(Bounds.shown(value / chipsPerHost))"
      }
      if chips > 1, isLikely(Double(chips)) {
        return "; of all \(chips) chips together? write \(Bounds.shown(value / Double(chips)))"
      }
    }
    if run.number("chips") != nil, chipsPerHost > 1, isLikely(chipsPerHost) {
      return "; are the \(chips) chips nodes? write chips \(chips * Int(chipsPerHost))"
    }
    return "; check chips, global_batch_tokens and the unit"
  }
}

extension MeasuredThroughput {
  /// The row with a note of what was implausible in the runs it rests on.
  public func doubted(by reading: OwnRunTable.Reading) -> MeasuredThroughput {
    let lines = Set(reading.runs.filter { $0.accelerator == id }.map(\.place))
    let doubts = reading.doubts.filter { fault in
      fault.line.map { lines.contains("\(fault.file):\($0)") } ?? false
    }
    guard !doubts.isEmpty else { return self }
    var row = self
    row.provenance.note = Self.doubtMark + doubts.map(\.description).joined(separator: "; ")
    return row
  }
}
