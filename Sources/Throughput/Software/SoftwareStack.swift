import Catalog

/// What trains: a stack of software and how old it is.
///
/// A stack multiplies the time of all computed work by its class's factor (`software.csv`), and says
/// what it keeps, fuses and hides. No factor belongs to a model, a row or a source.
public struct SoftwareStack: Hashable, Sendable {
  /// How a stack lays out its work.
  enum Style: String, CaseIterable, Sendable {
    /// Fused layers, recomputation of single modules, gradients reduced beside the work.
    case megatron
    /// As `megatron`, with the whole step captured and nothing left at the ends of a step.
    case tuned
    /// PyTorch's own modules under full sharding.
    case torch
    /// Programs compiled as a whole.
    case xla
  }

  /// Its name in `software.csv`.
  public var name: String
  /// Time of computed work over that of Megatron Bridge with its maker's recipes.
  var slowness: Double
  /// Standard deviation of its logarithm among jobs.
  var spread: Double
  var style: Style
  /// What it recomputes unless told otherwise.
  var recompute: Recompute
  /// Year and month as a number, 2026.5 for July 2026; the year alone counts as January.
  public var release: Double
  /// Whether experts' traffic of one micro-batch runs beside the work of another: dual pipes
  /// (DeepSeek-V3), and Megatron's combined passes since 2026.
  var overlapsExperts: Bool { isNewest || name == "deepseek" }
  /// Whether launches of a step's kernels are captured once and replayed.
  var isCaptured = false

  /// ZeRO stages that it can run.
  ///
  /// Megatron shards the optimizer's states over replicas, and everything only where there is no
  /// pipeline (Megatron Core's guides to the distributed optimizer and to fully sharded data
  /// parallelism, 2026). DeepSpeed's pipelines allow no stage beyond the first (its tutorial on
  /// pipeline parallelism). Sharding of PyTorch and of compilers goes with anything.
  func zeroStages(isPipelined: Bool) -> [Int] {
    switch style {
    case .torch, .xla: [0, 1, 2, 3]
    case .megatron, .tuned:
      isPipelined ? [0, 1] : name == "megatron-deepspeed" ? [0, 1, 2, 3] : [0, 1, 3]
    }
  }

  /// Kernels of Megatron from the release of June 2026 on: attention on Blackwell, fused permutation
  /// and clamped experts, fewer waits for the host. Same chips and layouts gained 1.3 to 1.6 times at
  /// that release (`published-runs.csv`).
  var isNewest: Bool { name == "megatron" && release > 2026.4 }
}

/// The stacks that the model knows.
public struct SoftwareTable: Sendable {
  struct Row: Sendable {
    var stack: SoftwareStack
    /// The name that `--software` takes; empty for classes only found in published rows.
    var askedAs: String
    var foundBy: [String]
  }

  var rows: [Row]

  static let fileName = "software.csv"

  /// The table that is built in.
  public static let builtIn: SoftwareTable = {
    do {
      return try read(text: EmbeddedTables.text(fileName))
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// Names that `--software` takes.
  public var names: [String] { rows.map(\.askedAs).filter { !$0.isEmpty } }

  /// The stack of a name as `--software` takes it, `megatron` or `megatron@2026-06`; nil when
  /// there is none, or the month isn't one.
  public func stack(asked: String) -> SoftwareStack? {
    let parts = asked.split(separator: "@", omittingEmptySubsequences: false)
    guard let name = parts.first, parts.count <= 2,
      var found = rows.first(where: { !$0.askedAs.isEmpty && $0.askedAs == name })?.stack
    else { return nil }
    found.release = Self.today
    guard parts.count == 2 else { return found }
    let date = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    guard let year = date.first.flatMap({ Int($0) }), (2018...2035).contains(year),
      date.count <= 2
    else { return nil }
    guard date.count == 2 else {
      found.release = Double(year)
      return found
    }
    guard let month = Int(date[1]), (1...12).contains(month), date[1].count == 2 else { return nil }
    found.release = Double(year) + Double(month - 1) / 12
    return found
  }

  /// Software of plans: as of the newest rows of the calibration, August 2026.
  static let today = 2026 + 7.0 / 12

  /// What the field runs on a kind of chip, as of the newest rows.
  public func usual(_ kind: AcceleratorKind, generation: String) -> SoftwareStack {
    let name: String
    switch kind {
    case .tpu: name = "maxtext"
    case .trainium: name = "neuron-nxd"
    case .gpu: name = generation.hasPrefix("cdna") ? "primus" : "megatron"
    }
    return named(name, release: Self.today)
  }

  func named(_ name: String, release: Double) -> SoftwareStack {
    guard var found = rows.first(where: { $0.stack.name == name })?.stack else {
      preconditionFailure("software.csv has no \(name)")
    }
    found.release = release
    return found
  }

  /// The first stack of the table one of whose marks stands in a text; nil when none does.
  func found(in text: String) -> SoftwareStack? {
    let bytes = Array(text.utf8)
    return rows.first { row in row.foundBy.contains { bytes.first(of: $0) != nil } }?.stack
  }

  static func read(text: String, file: String = fileName) throws(FaultList) -> SoftwareTable {
    let table = TableReader(
      file: file, bytes: text.utf8,
      required: [
        "stack", "asked_as", "slowness", "spread_ln", "style", "recompute", "found_by", "grade",
        "note",
      ], optional: [])
    var faults = table.faults
    var rows: [Row] = []
    for var row in table.rows {
      let stack = SoftwareStack(
        name: row.requiredText("stack"), slowness: row.number("slowness", in: 0.5...5) ?? 1,
        spread: row.number("spread_ln", in: 0...1) ?? 0.2,
        style: row.choice("style", SoftwareStack.Style.self) ?? .megatron,
        recompute: row.choice("recompute", Recompute.self) ?? .none, release: today)
      rows.append(
        Row(
          stack: stack, askedAs: row.text("asked_as"),
          foundBy: row.text("found_by").split(separator: ";").map(String.init)))
      faults += row.faults
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return SoftwareTable(rows: rows)
  }
}
