import Catalog
import Quantities

extension LogContent {
  /// Whether a text is a table of metrics: its first line names at least one that is known, or is a
  /// header without a number in it.
  static func isTable(_ text: LogText) -> Bool {
    guard let first = text.lines.first, first.bytes.contains(UInt8(ascii: ",")),
      first.bytes.first != UInt8(ascii: "{")
    else { return false }
    let names = fields(of: first)
    return names.count > 1 && !names.contains { Double($0) != nil || hasValue($0) }
      && !LineFormat.all.contains { $0.read(first) != nil }
  }

  /// Whether a field is `name: 1.5` or `name=1.5`, as on step lines.
  private static func hasValue(_ name: String) -> Bool {
    guard let mark = name.lastIndex(where: { $0 == ":" || $0 == "=" }) else { return false }
    let value = name[name.index(after: mark)...].drop { $0 == " " }
    return value.first.map { $0.isNumber || $0 == "-" } ?? false
  }

  private static func fields(of line: LogText.Line) -> [String] {
    var parser = CSVParser()
    var names: [String] = []
    func take(_ record: borrowing CSVParser.Record) {
      names = (0..<record.count).map { record.text($0) }
    }
    do {
      try parser.feed(line.bytes) { take($0) }
      try parser.finish { take($0) }
    } catch { return [] }
    return names
  }

  /// Reads a CSV file of metrics: exports of Weights & Biases (`run - metric`), of TensorBoard
  /// (`Wall time,Step,Value`, its tag in the file's name), loggers' metrics.csv, or any with usual names.
  ///
  /// - Parameters:
  ///   - run: the run whose columns are meant, where there are several.
  ///   - metric: what a column `Value` holds.
  static func ofTable(
    _ text: LogText, run: String?, metric: String?
  ) throws(Fault) -> LogContent {
    var content = LogContent()
    guard let header = text.lines.first else { return content }
    let names = fields(of: header)
    let columns = try content.columns(names, text.file, run: run, metric: metric)
    var records: [StepRecord] = []
    for (index, line) in text.lines.enumerated().dropFirst() {
      if text.isCut && index == text.lines.count - 1 {
        content.noteCut(line.number)
        continue
      }
      let cells = fields(of: line)
      guard cells.count == names.count else {
        throw Fault(
          file: text.file, line: line.number,
          message: "the line has \(cells.count) fields; the header has \(names.count)")
      }
      var record = StepRecord(line: line.number, step: nil, values: [:])
      for column in columns {
        let cell = cells[column.index].withoutOuterBlanks
        if cell.isEmpty || ["nan", "null", "none", "n/a", "-", "inf"].contains(cell.lowercased()) {
          continue
        }
        guard let value = Self.number(cell) else {
          throw Fault(
            file: text.file, line: line.number, column: Magnitude.printable(names[column.index]),
            message: "“\(Magnitude.printable(cell))” is no number")
        }
        switch column.meaning {
        case .step: record.step = record.step ?? value
        case .metric(let metric, let scale):
          if value < 0 {
            throw Fault(
              file: text.file, line: line.number,
              column: Magnitude.printable(names[column.index]), message: "is below 0")
          }
          let isPercent = metric.quantity == .utilization && cell.hasSuffix("%")
          let kept = isPercent ? Metric(.percent) : metric
          if value > 0, record.values[kept] == nil { record.values[kept] = value * scale }
        case .other, .refused: break
        }
      }
      if !record.values.isEmpty { records.append(record) }
    }
    content.records = records
    content.framework = framework(of: names.map { $0.lowercased() })
    return content
  }

  private struct Column {
    var index: Int
    var meaning: MetricName.Meaning
  }

  private mutating func columns(
    _ names: [String], _ file: String, run: String?, metric: String?
  ) throws(Fault) -> [Column] {
    var columns: [Column] = []
    var steps: [(rank: Int, index: Int)] = []
    for (index, name) in names.enumerated() {
      let lowered = name.lowercased()
      if lowered.hasSuffix("__min") || lowered.hasSuffix("__max") || lowered == "wall time" {
        continue
      }
      var (owner, key) = Self.split(name)
      if lowered == "value" && names.contains(where: { $0.lowercased() == "step" }) {
        key = metric ?? Self.tag(of: file) ?? ""
        guard !key.isEmpty else {
          throw Fault(
            file: file, line: 1, column: name,
            message:
              "the header doesn't say what was logged; --metric tokens_per_sec_per_gpu says it")
        }
        owner = ""
      }
      let meaning = MetricName.meaning(of: key)
      switch meaning {
      case .step:
        let rank = ["step", "_step", "global_step", "trainer/global_step"].contains(
          key.lowercased())
        steps.append((rank ? 0 : 1, index))
      case .metric:
        if !owner.isEmpty {
          if !runs.contains(owner) { runs.append(owner) }
          if let run, run != owner { continue }
        }
        columns.append(Column(index: index, meaning: meaning))
      case .refused(let reason): refuse(name, reason)
      case .other: leaveOut(key)
      }
    }
    if let run, !runs.contains(run) {
      let near = NearMiss.closest(to: run, among: runs).map { "; did you mean \($0)?" } ?? ""
      throw Fault(
        file: file, line: 1,
        message: "has no run “\(Magnitude.printable(run))” with a speed\(near)")
    }
    guard run != nil || runs.count < 2 else {
      let shown = runs.prefix(6).map { Magnitude.printable($0) }.joined(separator: ", ")
      throw Fault(
        file: file, line: 1,
        message: "holds \(runs.count) runs (\(shown)); --run NAME says which one is meant")
    }
    if let step = steps.min(by: { ($0.rank, $0.index) < ($1.rank, $1.index) }) {
      columns.insert(Column(index: step.index, meaning: .step), at: 0)
    }
    return columns
  }

  /// `run-a - perf/mfu` in run and metric.
  private static func split(_ name: String) -> (run: String, metric: String) {
    let mark = " - "
    var rest = name[...]
    while let dash = rest.firstIndex(of: " ") {
      if rest[dash...].hasPrefix(mark) {
        let start = rest.index(dash, offsetBy: mark.count)
        return (String(name[..<dash]), String(name[start...]))
      }
      rest = rest[rest.index(after: dash)...]
    }
    return ("", name)
  }

  /// The tag in the name of a file that TensorBoard downloads: `run-train-tag-perf_tps.csv`.
  private static func tag(of file: String) -> String? {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let mark = "tag-"
    var at = name.startIndex
    while at < name.endIndex {
      if name[at...].hasPrefix(mark) {
        let tag = name[name.index(at, offsetBy: mark.count)...]
        return tag.hasSuffix(".csv") ? String(tag.dropLast(4)) : String(tag)
      }
      at = name.index(after: at)
    }
    return nil
  }

  private static func number(_ cell: String) -> Double? {
    if let plain = Double(cell) { return plain.isFinite ? plain : nil }
    var text = cell
    if text.hasSuffix("%") { text = String(text.dropLast()).withoutOuterBlanks }
    let digits = text.filter { $0 != "," }
    let isGrouped = text.contains(",") && !text.contains(" ")
    if isGrouped, let value = Double(digits), value.isFinite { return value }
    if let value = Double(text), value.isFinite { return value }
    return (try? Magnitude.parse(text)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The framework whose names these are.
  private static func framework(of names: [String]) -> Framework? {
    func has(_ word: String) -> Bool { names.contains { $0.contains(word) } }
    if has("throughput(tps)") || has("time_metrics/end_to_end") { return .torchtitan }
    if has("perf/per_device_") { return .maxtext }
    if has("throughput/device/tokens_per_sec") || has("throughput/tflops/device")
      || has("throughput/tflops_per_device")
    {
      return .megatronBridge
    }
    if has("device/items_per_sec") || has("device/flops_per_sec") || has("device/mfu") {
      return .litgpt
    }
    if has("perf/mfu/actor") || has("train/global_tokens") { return .verl }
    if has("throughput/tokens_per_second") { return .levanter }
    if has("tps_per_gpu") { return .nemoAutomodel }
    if has("tokens/train_per_sec_per_gpu") { return .axolotl }
    return has("train_tokens_per_second") ? .transformers : nil
  }
}
