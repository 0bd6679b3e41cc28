import Catalog
import Quantities
import Workload

/// What a speed in a log is for, where its name doesn't say.
public enum RateScope: String, CaseIterable, Sendable {
  case chip, node, job
}

/// What a log is read with: what most logs leave out.
public struct LogQuestion: Sendable {
  public var model: TransformerArchitecture
  public var accelerator: Accelerator
  public var chips: Int
  /// Tokens of a sequence, and sequences of a step; nil to take them from the log.
  public var sequenceLength: Int?
  public var globalBatch: Int?
  /// Dense FLOP/s of a chip at the precision trained in.
  public var peak: Double
  public var framework: Framework?
  public var per: RateScope?
  /// The run whose columns are meant, where a table has several.
  public var run: String?
  /// What a column called `Value` holds.
  public var metric: String?
  /// TFLOP/s that the log's MFU was divided by, a device.
  public var peakTeraflops: Double?

  public init(
    model: TransformerArchitecture, accelerator: Accelerator, chips: Int, sequenceLength: Int?,
    globalBatch: Int?, peak: Double
  ) {
    self.model = model
    self.accelerator = accelerator
    self.chips = chips
    self.sequenceLength = sequenceLength
    self.globalBatch = globalBatch
    self.peak = peak
  }
}

/// The steady step of a training log.
public struct LoggedStep: Sendable {
  /// Nil for a table whose names are nobody's own.
  public var framework: Framework?
  public var tokensPerSecondPerChip: Double
  public var sequenceLength: Double
  /// Sequences of a step.
  public var globalBatch: Double
  /// Steps that the median is of.
  public var kept: Int
  public var warmUp: Int
  public var outliers: Int
  /// Steps left out because their batch was another: a ramp.
  public var otherBatch: Int
  /// Half the distance of the 10th to the 90th percentile of the steps kept, over their median.
  public var spread: Double
  /// What the speed was taken from, in words.
  public var basis: String
  /// What was assumed and what to check.
  public var notes: [String]
  /// Names that were not used.
  public var leftOut: [String]

  /// Seconds of a step on so many chips.
  public func stepSeconds(chips: Int) -> Double {
    globalBatch * sequenceLength / tokensPerSecondPerChip / Double(chips)
  }
}

/// Reads the logs that trainers write, and the tables that trackers export.
public enum TrainingLog {
  /// The steady step of a log.
  ///
  /// - Throws: `Fault` with file and line, and the option that decides where two readings are left.
  public static func read(
    file: String, bytes: [UInt8], question: LogQuestion
  ) throws(Fault) -> LoggedStep {
    let text = try LogText(file: file, bytes: bytes)
    guard text.lines.contains(where: { $0.bytes.contains { $0 > 32 } }) else {
      throw Fault(file: file, line: 1, message: "is empty; a training log is expected")
    }
    let content =
      LogContent.isTable(text)
      ? try LogContent.ofTable(text, run: question.run, metric: question.metric)
      : try LogContent.ofLines(text)
    guard !content.records.isEmpty else { throw nothingFound(content, text) }
    return try LogResolver(file: file, content: content, question: question).resolved()
  }

  private static func nothingFound(_ content: LogContent, _ text: LogText) -> Fault {
    if let reason = content.refused.first {
      return Fault(
        file: text.file,
        message: reason + "; no speed of training stands beside it")
    }
    if content.records.isEmpty, !content.notes.isEmpty {
      return Fault(
        file: text.file, line: text.lines.last?.number,
        message: "the file ends inside its only step line: it is cut off; copy it again")
    }
    if LogContent.isTable(text) {
      let unknown = content.leftOut.prefix(8).map { name in
        let near = NearMiss.closest(to: name, among: MetricName.usual)
        return Magnitude.printable(name) + (near.map { " (did you mean \($0)?)" } ?? "")
      }
      return Fault(
        file: text.file, line: 1,
        message: "no column holds a speed; there are \(unknown.joined(separator: ", ")); "
          + "plan calibrate --template prints a table that is known")
    }
    if let first = text.lines.first(where: { $0.has("iter time: ") }) {
      return Fault(
        file: text.file, line: first.number,
        message: "iter time is of one micro-batch, not of a step; give metrics.csv of the same run")
    }
    let known = Framework.allCases.map(\.title).joined(separator: ", ")
    return Fault(
      file: text.file, line: 1,
      message: "no step line that is known stands in it (known are those of \(known); tables of "
        + "metrics; plan calibrate --template prints a table to fill in)")
  }
}
