import Catalog
import Quantities

/// What a log says, before anything is made of it.
struct LogContent {
  var framework: Framework?
  var records: [StepRecord] = []
  /// What the log says once: MLPerf's batch and sequence, a benchmark's.
  var constants: [Metric: Double] = [:]
  /// TFLOP/s that the log says it divides by, a device.
  var peakTeraflops: Double?
  /// Columns or keys that were not used.
  var leftOut: [String] = []
  /// Columns that were refused, with the reason.
  var refused: [String] = []
  /// What to say of the reading.
  var notes: [String] = []
  /// Runs that the columns name.
  var runs: [String] = []
}

extension LogContent {
  /// Reads step lines of frameworks, keys of JSON lines, or MLPerf's records.
  static func ofLines(_ text: LogText) throws(Fault) -> LogContent {
    var content = LogContent()
    var found: [(framework: Framework, record: StepRecord)] = []
    var hasBridge = false
    for (index, line) in text.lines.enumerated() {
      let isCut = text.isCut && index == text.lines.count - 1
      if let peak = line.number(after: "Peak FLOPS used for computing MFU:") {
        content.peakTeraflops = peak / 1e12
        continue
      }
      hasBridge = hasBridge || line.has("MODEL_TFLOP/s/GPU")
      if let end = line.end(of: ":::MLLOG ") {
        guard !isCut else { content.noteCut(line.number); continue }
        try content.takeMLPerf(line.bytes[end...], line: line.number, file: text.file)
        continue
      }
      for format in LineFormat.all {
        guard let read = format.read(line) else { continue }
        if isCut {
          content.noteCut(line.number)
        } else {
          found.append(
            (format.framework, StepRecord(line: line.number, step: read.step, values: read.values)))
        }
        break
      }
      if let object = line.object, object.count > 1 {
        guard !isCut else { content.noteCut(line.number); continue }
        content.takeObject(object, line: line.number)
      }
    }
    // Bridge prints Megatron's line as well; its own counts operations by its rule.
    if hasBridge {
      let lines = found.filter { $0.framework == .megatron }
      if !lines.isEmpty { found = lines.map { (.megatronBridge, $0.record) } }
    }
    if let most = found.first?.framework {
      content.framework = most
      content.records = found.filter { $0.framework == most }.map(\.record)
    }
    return content
  }

  mutating func noteCut(_ line: Int) {
    notes.append("line \(line) is cut off and was left out")
  }

  /// Takes a record of MLPerf's log.
  private mutating func takeMLPerf(
    _ bytes: ArraySlice<UInt8>, line: Int, file: String
  ) throws(Fault) {
    guard let pairs = FlatObject.read(bytes) else {
      throw Fault(
        file: file, line: line, message: "the MLPerf record is no JSON; it is cut or damaged")
    }
    framework = .mlperf
    var values: [String: FlatObject.Value] = [:]
    for (key, value) in pairs { values[key] = value }
    guard case .text(let key)? = values["key"] else { return }
    switch key {
    case "global_batch_size": constants[Metric(.batch)] = values["value"]?.number
    case "max_sequence_length", "sequence_length", "seq_length":
      constants[Metric(.sequence)] = values["value"]?.number
    case "tracked_stats", "throughput":
      let read = LineFormat.gathered(
        (Metric(.stepSeconds), values["value/train_step_time"]?.number),
        (Metric(.samplesPerSecond, .job), values["value/throughput"]?.number))
      guard !read.isEmpty else { return }
      records.append(
        StepRecord(line: line, step: values["metadata/samples_count"]?.number, values: read))
    default: break
    }
  }

  /// Takes a JSON or Python object that stands on a line of its own.
  private mutating func takeObject(_ pairs: [(String, FlatObject.Value)], line: Int) {
    var record = StepRecord(line: line, step: nil, values: [:])
    let keys = Set(pairs.map(\.0))
    // NeMo AutoModel: tps is the whole job's, in training.jsonl as on its step line.
    let isAutomodel = keys.contains("tps") && keys.contains("tps_per_gpu")
    let isSwift = keys.contains("train_speed(s/it)")
    for (key, value) in pairs {
      guard let number = value.number else { continue }
      if isAutomodel, key == "tps" || key == "mfu" || key == "num_tokens_per_step" {
        if number > 0, key == "tps" { record.values[Metric(.tokensPerSecond, .job)] = number }
        if number > 0, key == "mfu" { record.values[Metric(.percent)] = number }
        continue
      }
      switch MetricName.meaning(of: key) {
      case .step: record.step = number
      case .metric(let metric, let scale):
        // What ms-swift calls MFU is none of a step.
        if isSwift, metric.quantity == .utilization { continue }
        if number > 0 { record.values[metric] = number * scale }
      case .refused(let reason): refuse(key, reason)
      case .other: leaveOut(key)
      }
    }
    if isAutomodel { framework = .nemoAutomodel }
    if isSwift { framework = .msSwift }
    if keys.contains("train_tokens_per_second") || keys.contains("train_samples_per_second") {
      framework = framework ?? .transformers
    }
    if !record.values.isEmpty { records.append(record) }
  }

  mutating func leaveOut(_ name: String) {
    if leftOut.count < 40, !leftOut.contains(name) { leftOut.append(name) }
  }

  mutating func refuse(_ name: String, _ reason: String) {
    let text = "\(Magnitude.printable(name)): \(reason)"
    if refused.count < 10, !refused.contains(text) { refused.append(text) }
  }
}

extension LogText.Line {
  /// The pairs of an object that is the whole line.
  fileprivate var object: [(String, FlatObject.Value)]? {
    guard let first = bytes.first(where: { $0 != 32 && $0 != 9 }), first == UInt8(ascii: "{") else {
      return nil
    }
    return FlatObject.read(bytes)
  }
}
