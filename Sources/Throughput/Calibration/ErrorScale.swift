import Catalog
import Quantities

/// How wide the range of a predicted step is: a Laplace scale of the logarithmic error that grows with
/// what predicted the errors of left-out families, and with the distance from what was measured.
struct ErrorScale: Hashable, Sendable {
  /// What a prediction is like.
  struct Features: Hashable, Sendable {
    var isMixture = false
    /// Neither a vendor's own recipes nor a named stack whose class is known well.
    var isOpenStack = false
    var stepSeconds = 1.0
    /// Share of the step that is exposed transfers.
    var exposedShare = 0.0
    var hasLayout = true
    /// Whether layers of a kind make up the model that hardly any row has.
    var hasNewKind = false
    /// Whether the chip's matrix rate was never measured.
    var isUnmeasuredChip = false
    /// Deviation of the software's own factor, added in squares when the software isn't known.
    var softwareSpread = 0.0
  }

  private var values: [String: Double]

  /// Every family here was in view when terms were chosen: one of a new kind errs more.
  private static let unseenFactor = 1.1
  /// Log scale of the 90th percentile of a Laplace distribution.
  private static let p90 = 1.609_437_9

  init(values: [String: Double]) { self.values = values }

  var level: Double { values["level"] ?? -2.5 }

  func replacing(level: Double) -> ErrorScale {
    var changed = self
    changed.values["level"] = level
    return changed
  }

  /// The scale without its level, on a logarithmic scale.
  func shape(_ features: Features) -> Double {
    func value(_ name: String) -> Double { values[name] ?? 0 }
    var sum = features.isMixture ? value("mixture") : 0
    if features.isOpenStack { sum += value("open_stack") }
    if features.stepSeconds < 1 {
      sum += value("short_step") * -Elementary.ln(max(0.01, features.stepSeconds)) / 2.302_585
    }
    sum += value("exposed") * min(1, max(0, features.exposedShare))
    if !features.hasLayout { sum += value("no_layout") }
    if features.hasNewKind { sum += value("new_kind") }
    return sum
  }

  /// ln(measured / predicted) at the tenth and the ninetieth percentile.
  func spread(_ features: Features) -> ResidualSpread {
    var half =
      Self.p90 * Self.unseenFactor * Elementary.exponential(level + shape(features))
    if features.isUnmeasuredChip { half += 0.15 }
    let software = 1.2816 * features.softwareSpread
    half = (half * half + software * software).squareRoot()
    return ResidualSpread(p10: -half, p90: half)
  }

  static let fileName = "error-scale.csv"

  static func read(text: String, file: String = fileName) throws(FaultList) -> ErrorScale {
    let table = TableReader(
      file: file, bytes: text.utf8, required: ["term", "value", "note"], optional: [])
    var faults = table.faults
    var values: [String: Double] = [:]
    for var row in table.rows {
      values[row.requiredText("term")] = row.number("value", in: -10...10)
      faults += row.faults
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return ErrorScale(values: values)
  }

  /// The built-in table with another level.
  static func table(level: Double) -> String {
    let lines = EmbeddedTables.text(fileName).split(separator: "\n").map(String.init)
    return lines.map { line in
      guard line.hasPrefix("level,") else { return line }
      let note = line.split(separator: ",", maxSplits: 2).last ?? ""
      return "level,\(Decimals.fixed(level, 4)),\(note)"
    }.joined(separator: "\n") + "\n"
  }
}
