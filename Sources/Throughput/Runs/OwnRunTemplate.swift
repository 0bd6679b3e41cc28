extension OwnRunTable {
  /// An empty table of own runs, with a line on each column; lines that begin with # are no rows.
  public static let template: String = {
    let columns: [(name: String, meaning: String)] = [
      ("id", "a name of the run, your own"),
      ("kind", "step (steady steps were timed) or run (a whole run's hours)"),
      ("model", "a preset's name (plan catalog models); or anything, with total_params"),
      ("total_params", "parameters; may stay empty for a preset"),
      ("active_params", "parameters that a token meets, of a mixture"),
      ("accelerator", "an id of plan catalog accelerators"),
      ("chips", "chips of the job"),
      ("seq_len", "tokens of a sequence"),
      ("global_batch_tokens", "tokens of one optimizer step, of the whole job"),
      ("precision", "bf16, fp8, mxfp8, nvfp4, …; empty is bf16"),
      ("tp", "tensor parallel degree; leave tp and pp empty when not known"),
      ("pp", "pipeline stages"), ("dp", "replicas"),
      ("measured_step_s", "seconds of a step; one of the measured columns is enough"),
      ("measured_tokens_per_s_per_chip", "tokens a second of one chip"),
      ("measured_mfu", "a share of 1, by attention counted in full (not of a log: give the log)"),
      ("chip_hours", "kind run: hours times chips"),
      ("notes", "anything"),
    ]
    return columns.map { "# \($0.name): \($0.meaning)\n" }.joined()
      + columns.map(\.name).joined(separator: ",") + "\n"
  }()

  /// The bytes with lines that begin with # emptied, so that later ones keep their numbers.
  static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "#")) else { return bytes }
    var out: [UInt8] = []
    var isStart = true
    var isComment = false
    for byte in bytes {
      if isStart { isComment = byte == UInt8(ascii: "#") }
      isStart = byte == UInt8(ascii: "\n")
      if !isComment || isStart { out.append(byte) }
    }
    return out
  }
}
