import Foundation
import Testing

@Suite("plan throughput and plan validate, as scripts use them", .serialized)
struct ThroughputCommandTests {
  private static let job = [
    "throughput", "--model", "gpt3-175b", "--accelerator", "a100-80g", "--chips", "512",
    "--global-batch", "512", "--sequence-length", "2048",
  ]

  /// The job with some options given otherwise.
  private static func job(_ change: [String]) -> [String] {
    var arguments = job
    for place in stride(from: 0, to: change.count - 1, by: 2) {
      if let known = arguments.firstIndex(of: change[place]) {
        arguments[known + 1] = change[place + 1]
      } else {
        arguments += change[place...place + 1]
      }
    }
    return arguments
  }

  @Test("a search goes through a million strategies and says what scripts rely on")
  func search() throws {
    let result = try Program.run(Self.job + ["--format", "json"])
    #expect(result.status == 0)
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(parsed as? [String: Any])
    for key in [
      "step_seconds", "mfu", "hfu", "tokens_per_second_per_chip", "memory_gib",
      "breakdown_seconds", "strategy", "runners_up", "choices", "search_seconds",
    ] {
      #expect(document[key] != nil, "\(key)")
    }
    let timed = try #require(document["strategies_evaluated"] as? Int)
    let ruledOut = try #require(document["strategies_ruled_out"] as? Int)
    #expect(timed >= 100 && timed + ruledOut >= 1_000_000)
    let parts = try #require(document["breakdown_seconds"] as? [String: Double])
    let step = try #require(document["step_seconds"] as? Double)
    #expect(abs(parts.values.reduce(0, +) / step - 1) < 1e-4)
  }

  @Test("other formats hold the same step", arguments: ["csv", "plain", "table"])
  func formats(format: String) throws {
    let result = try Program.run(Self.job + ["--format", format])
    #expect(result.status == 0)
    #expect(result.output.contains("step_seconds"))
  }

  @Test(
    "what can't be asked is refused with a cure",
    arguments: [
      (["--tensor", "5", "--chips", "50"], 64, "4 does"),
      (["--chips", "0"], 64, "more than 0"), (["--chips", "-8"], 64, "more than 0"),
      (["--chips", "1.5"], 64, "a whole number"),
      (["--global-batch", "1e30"], 64, "1 to 100000000"),
      (["--sequence-length", "1e30"], 64, "1 to 100000000"),
      (["--zero-stage", "4"], 64, "give 0 to 3"), (["--pipeline", "5"], 64, "510 chips would do"),
      (["--expert", "2"], 64, "at most 1"),
      (["--accelerator", "a100"], 64, "a100-40g or a100-80g"),
      (["--model", "/nowhere/config.json"], 66, "no such file"),
    ])
  func refusals(change: [String], status: Int, words: String) throws {
    let result = try Program.run(Self.job(change))
    #expect(Int(result.status) == status)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("a job that fits nowhere names the largest part and the chips it takes, with status 3")
  func tooBig() throws {
    let result = try Program.run(
      Self.job(["--model", "llama-3.1-405b", "--chips", "8"]))
    #expect(result.status == 3)
    #expect(result.errors.contains("optimizer takes"))
    #expect(result.errors.hasSuffix("→ 128 chips\n"), "\(result.errors)")
  }

  @Test("a shape with no layers is refused with its file and key")
  func noLayers() throws {
    let scratch = try Scratch()
    let file = scratch.file("config.json")
    let text = """
      {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336,
       "num_hidden_layers": 0, "num_attention_heads": 32, "vocab_size": 32000}
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    let result = try Program.run(Self.job(["--model", file.path]))
    #expect(result.status == 65)
    #expect(result.errors.contains("config.json:2: num_hidden_layers: 0 is outside 1 to"))
  }

  @Test(
    "plan validate predicts a row of a chip it doesn't know, and says on stderr what it took it for"
  )
  func validate() throws {
    let scratch = try Scratch()
    let file = scratch.file("runs.csv")
    let text = "id,kind,accelerator,measured_step_s\nx,step,abacus,1.5\n"
    try text.write(to: file, atomically: true, encoding: .utf8)
    let result = try Program.run("validate", "--runs", file.path, "--format", "csv")
    #expect(result.status == 0)
    let row = try #require(
      result.output.split(whereSeparator: \.isNewline).first { $0.hasPrefix("x,step,1.50000,") })
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let range = try [#require(cells[3]), #require(cells[4]), #require(cells[5])]
    #expect(range[0] < range[1] / 2 && range[2] > range[1] * 2)
    #expect(
      result.errors.contains(
        "runs.csv:2: accelerator: abacus is not in the catalogue; predicted as a100-80g"))
  }
}
