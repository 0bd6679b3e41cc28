import Catalog
import Foundation
import Workload

@testable import TrainingLogs

/// Training logs that are read as of a model on chips.
enum Logs {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func question(
    _ model: String = "llama-3.1-8b", _ accelerator: String = "h100-sxm", chips: Int = 64,
    sequence: Int? = 8192, batch: Int? = 512
  ) throws -> LogQuestion {
    let catalog = try Catalog()
    guard let chip = catalog.accelerator(accelerator) else {
      throw Fault(file: accelerator, message: "no such accelerator")
    }
    return LogQuestion(
      model: try ModelPresets.find(model).architecture, accelerator: chip, chips: chips,
      sequenceLength: sequence, globalBatch: batch, peak: (chip.bf16Teraflops ?? 0) * 1e12)
  }

  static func read(
    _ text: String, _ question: LogQuestion? = nil, file: String = "log"
  ) throws -> LoggedStep {
    try TrainingLog.read(
      file: file, bytes: Array(text.utf8), question: question ?? Self.question())
  }

  /// The message of the fault that reading ends with; nil when it doesn't.
  static func fault(
    _ text: String, _ question: LogQuestion? = nil, file: String = "log"
  ) throws -> String? {
    do {
      _ = try read(text, question, file: file)
      return nil
    } catch let fault as Fault {
      return fault.description
    }
  }
}
