import Catalog
import Workload

/// One published training run, or one published measurement of steps, as its source gives it. An
/// unknown cell is nil, never 0.
public struct PublishedRun: Hashable, Sendable {
  /// What was measured.
  public enum Kind: String, CaseIterable, Sendable {
    /// A whole training run: chip-hours.
    case run
    /// Steady steps: seconds of one.
    case step
  }

  public var id: String
  public var kind: Kind
  public var model: String
  /// Rows from one source or series; left out of the fit together.
  public var family: String
  public var accelerator: String
  public var attention: String
  public var isGated: Bool
  /// The recipe, as far as the row tells it; nil when its precision isn't one that is known.
  public var precision: Precision?
  /// The cell as written.
  var precisionText: String
  public var recompute: Recompute?
  /// Figures by column; a missing key is an unknown figure.
  var numbers: [String: Double]
  public var notes: String
  /// The tokens of the notes, `name=text;`, by name.
  var tokens: [String: String]
  /// What the source tells of hours lost.
  var downtime: String
  /// Where the row's figures stand: address and place.
  var source: String
  /// `file:line` of the row.
  public var place: String

  /// The figure of a column, nil when unknown or not positive.
  func number(_ column: String) -> Double? {
    guard let value = numbers[column], value > 0 else { return nil }
    return value
  }

  /// Whether the row is for context only.
  public var isScored: Bool { !notes.hasPrefix("NOSCORE") }

  /// Whether the source gives the layout; then its missing degrees are 1.
  public var isStated: Bool { numbers["tp"] != nil || numbers["pp"] != nil }

  /// Whether the hours are per trillion tokens: a steady rate without a run's lost hours.
  var isSteadyRate: Bool {
    notes.contains("hours per trillion tokens") || downtime.contains("step times only")
  }

  var year: Double { number("year") ?? StepProblem.currentSoftwareYear }
}

extension PublishedRun {
  static let fileName = "published-runs.csv"

  /// Columns that hold figures.
  static let numericColumns = [
    "total_params", "active_params", "layers", "hidden", "heads", "kv_heads", "ffn_hidden", "vocab",
    "experts", "experts_per_token", "shared_experts", "expert_ffn_hidden", "seq_len", "tokens",
    "global_batch_tokens", "micro_batch", "tp", "pp", "vpp", "dp", "cp", "ep", "zero_stage",
    "chips", "measured_step_s", "measured_tokens_per_s_per_chip",
    "measured_model_tflops_per_chip", "measured_mfu", "measured_hfu", "wall_days", "chip_hours",
    "year",
  ]

  /// Columns that a table must have; the others may be missing.
  static let requiredColumns = ["id", "kind", "accelerator"]

  /// Steps measured for this project on one H200, beside the published ones.
  static let ownFileName = "own-runs.csv"

  /// The published runs that are built in and calibrate the model, with this project's own.
  public static let builtIn: [PublishedRun] = {
    do {
      return try [fileName, ownFileName].flatMap {
        try read(file: "built-in/" + $0, bytes: EmbeddedTables.text($0).utf8)
      }
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// Reads a table with the columns of the built-in one; other columns are ignored.
  ///
  /// - Throws: `FaultList` with every fault of the table.
  public static func read(
    file: String, bytes: some Sequence<UInt8>
  ) throws(FaultList) -> [PublishedRun] {
    let (runs, faults) = try readWhatCounts(file: file, bytes: bytes)
    guard faults.isEmpty else { throw FaultList(faults) }
    return runs
  }

  /// As `read`, but a cell that can't be understood counts as empty, so that one odd cell doesn't
  /// cost the predictions of all rows.
  ///
  /// - Returns: the runs, and a fault for each such cell.
  /// - Throws: `FaultList` when the table as a whole can't be read: no header, a required column
  ///   missing, lines of differing length.
  public static func readWhatCounts(
    file: String, bytes: some Sequence<UInt8>
  ) throws(FaultList) -> (runs: [PublishedRun], faults: [Fault]) {
    let table = TableReader(
      file: file, bytes: bytes, required: requiredColumns, optional: nil)
    guard table.faults.isEmpty else { throw FaultList(table.faults) }
    var faults: [Fault] = []
    var runs: [PublishedRun] = []
    for var row in table.rows {
      runs.append(PublishedRun(&row))
      faults += row.faults
    }
    return (runs, faults)
  }

  init(_ row: inout TableRow) {
    id = row.requiredText("id")
    let kind = row.choice("kind", Kind.self)
    model = row.text("model")
    family = row.text("family")
    let spelled = row.requiredText("accelerator").lowercased()
    accelerator = spelled.split(separator: " ").joined(separator: "-")
    attention = row.text("attention")
    isGated = row.text("glu") == "yes"
    precisionText = row.text("precision").lowercased()
    recompute = row.text("recompute").isEmpty ? nil : row.choice("recompute", Recompute.self)
    notes = row.text("notes")
    tokens = Self.tokens(of: notes)
    place = "\(row.file):\(row.line)"
    downtime = row.text("goodput_or_downtime")
    source = row.text("source_url") + " " + row.text("source_place")
    precision = nil
    numbers = [:]
    self.kind = .step
    for column in Self.numericColumns {
      numbers[column] = row.number(column, Self.bounds[column])
    }
    let isRun = numbers["chip_hours"] != nil || numbers["wall_days"] != nil
    self.kind = kind ?? (isRun ? .run : .step)
    precision = statedPrecision
  }
}

extension PublishedRun {
  /// Chips of the largest published run or step on an accelerator; nil when there is none.
  public static func largestCluster(accelerator: String) -> Int? {
    largestClusters[accelerator]
  }

  private static let largestClusters: [String: Int] = {
    var largest: [String: Int] = [:]
    for run in builtIn where run.isScored {
      guard let chips = run.number("chips") else { continue }
      largest[run.accelerator] = max(largest[run.accelerator] ?? 0, Int(chips))
    }
    return largest
  }()
}

extension PublishedRun {
  /// Axes of a layout that are wider than in any published run on a kind of accelerator.
  static func axesBeyond(_ layout: Layout, kind: AcceleratorKind) -> [String] {
    let values = [
      layout.tensor, layout.pipeline, layout.virtual, layout.context, layout.expert,
    ]
    let widest = widestDegrees[kind] ?? []
    return zip(degreeAxes, zip(values, widest)).filter { $1.0 > $1.1 }.map(\.0.name)
  }

  private static let degreeAxes: [(name: String, column: String)] = [
    ("tensor", "tp"), ("pipeline", "pp"), ("virtual_pipeline", "vpp"),
    ("context", "cp"), ("expert", "ep"),
  ]

  private static let widestDegrees: [AcceleratorKind: [Double]] = {
    var widest: [AcceleratorKind: [Double]] = [:]
    for run in builtIn where run.isScored {
      let isTPU = run.accelerator.hasPrefix("tpu")
      let kind: AcceleratorKind =
        isTPU ? .tpu : run.accelerator.hasPrefix("trn") ? .trainium : .gpu
      let known = widest[kind] ?? degreeAxes.map { _ in 1 }
      widest[kind] = zip(degreeAxes, known).map { max($1, run.number($0.column) ?? 1) }
    }
    return widest
  }()
}
