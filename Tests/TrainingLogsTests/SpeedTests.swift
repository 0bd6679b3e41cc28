import Catalog
import Mutations
import Testing

@testable import TrainingLogs

/// GFLOP a token that each framework counts of Llama 3.1 8B at 8,192 tokens, as measured by running its
/// own counter, and the TFLOP/s it divides by on an H100 SXM; Qwen3 30B-A3B at 4,096 for mixtures.
private let printed: [(Framework, String, Int, Double, Double)] = [
  (.torchtitan, "llama-3.1-8b", 8192, 57.914, 989),
  (.torchtitan, "qwen3-30b-a3b", 4096, 27.915, 989),
  (.nemoAutomodel, "llama-3.1-8b", 8192, 51.470, 989),
  (.nemoAutomodel, "qwen3-30b-a3b", 4096, 23.006, 989),
  (.litgpt, "llama-3.1-8b", 8192, 57.913, 989.4),
  (.verl, "llama-3.1-8b", 8192, 54.622, 989), (.verl, "qwen3-30b-a3b", 4096, 24.949, 989),
]

@Suite("Speeds of logs")
struct SpeedTests {
  @Test("the MFU that a framework prints gives the speed that its tokens give", arguments: printed)
  func utilization(
    _ framework: Framework, _ model: String, _ sequence: Int, _ gigaflops: Double, _ peak: Double
  ) throws {
    let rate = 8000.0
    let share = rate * gigaflops / 1000 / peak
    let column: String =
      switch framework {
      case .torchtitan: "throughput(tps),mfu(%)\n,\(share * 100)\n"
      case .nemoAutomodel: "tps_per_gpu,mfu\n,\(share * 100)\n"
      case .litgpt: "device/items_per_sec,device/mfu\n,\(share)\n"
      default: "step,perf/mfu/actor\n1,\(share)\n"
      }
    let step = try Logs.read(
      column, Logs.question(model, chips: 64, sequence: sequence, batch: 512))
    #expect(step.framework == framework)
    #expect(abs(step.tokensPerSecondPerChip / rate - 1) < 0.02)
    #expect(step.notes.contains { $0.contains("undone") })
  }

  @Test("TFLOP/s alone give the speed that tokens give, by each framework's own rule")
  func teraflops() throws {
    let cases: [(Framework, Double)] = [
      (.megatron, 51.470), (.megatronBridge, 51.470), (.maxtext, 51.470), (.nanotron, 57.913),
      (.deepspeed, 57.913),
    ]
    for (framework, gigaflops) in cases {
      var question = try Logs.question()
      question.framework = framework
      let step = try Logs.read("step,tflops\n10,\(8000 * gigaflops / 1000)\n", question)
      #expect(abs(step.tokensPerSecondPerChip / 8000 - 1) < 0.02)
    }
  }

  @Test("an MFU whose framework nobody names is asked for where rules differ")
  func whose() throws {
    let table = "step,mfu\n10,0.41\n20,0.41\n"
    #expect(
      try Logs.fault(table)?.contains("--framework NAME decides") == true)
    var question = try Logs.question()
    question.framework = .torchtitan
    let step = try Logs.read(table, question)
    #expect(abs(step.tokensPerSecondPerChip - 0.41 * 989e12 / 57.914e9) < 10)
    question.peakTeraflops = 312
    #expect(try Logs.read(table, question).tokensPerSecondPerChip < 2210)
  }

  @Test("the peak that torchtitan prints is the one its MFU is undone by")
  func printedPeak() throws {
    let step = try Logs.read(
      """
      Peak FLOPS used for computing MFU: 3.120e+14
      {"step": 1, "mfu(%)": 10.0}

      """,
      {
        var it = try Logs.question(); it.framework = .torchtitan; return it
      }())
    #expect(abs(step.tokensPerSecondPerChip - 31.2e12 / 57.914e9) < 1)
  }

  @Test("tokens a second without a scope are told apart by the chips' peak, or the option is named")
  func scopes() throws {
    // 8,000 tokens a second and chip are 42 % of an H100's peak; as many of a node are 5 %.
    let step = try Logs.read("step,tokens_per_second\n1,9000\n2,8000\n")
    #expect(step.tokensPerSecondPerChip == 8000)
    let job = try Logs.read("step,tokens_per_second\n1,500000\n2,512000\n")
    #expect(job.tokensPerSecondPerChip == 8000)
    // 104,000: 68 % of the peak if of a node of 8, 8.5 % if of 64 chips: both can be.
    let table = "step,tokens_per_second\n1,104000\n2,104000\n"
    #expect(try Logs.fault(table)?.contains("--per node or --per job decides") == true)
    var question = try Logs.question()
    question.per = .job
    #expect(try Logs.read(table, question).tokensPerSecondPerChip == 1625)
  }

  @Test("warm-up, a restart's first step and stalls are left out, and counted")
  func steady() throws {
    var lines = ["step,tokens_per_sec_per_gpu"]
    for step in 1...40 {
      lines.append("\(step),\(step == 1 ? 900 : step == 20 ? 3000 : 8000 + step % 3)")
    }
    for step in 31...40 { lines.append("\(step),\(step == 31 ? 900 : 8001)") }
    let found = try Logs.read(lines.joined(separator: "\n") + "\n")
    #expect(found.tokensPerSecondPerChip == 8001)
    #expect((found.warmUp, found.outliers) == (5, 1))
    #expect(found.kept == 44)
  }

  @Test("a batch that ramps up: only steps of the last batch are taken")
  func ramp() throws {
    let text =
      [64, 64, 128, 128, 128].enumerated().map { index, batch in
        " iteration \(index + 1)/ 100 | elapsed time per iteration (ms): \(batch * 10).0 | global batch "
          + "size: \(batch) | lm loss: 2 |"
      }.joined(separator: "\n") + "\n"
    let step = try Logs.read(text, Logs.question(batch: nil))
    #expect(step.globalBatch == 128)
    #expect(step.otherBatch == 2)
  }

  @Test(
    "several runs in one export are asked for by name; TensorBoard's tag stands in the file's name")
  func exports() throws {
    let table =
      "\"Step\",\"a - tps\",\"b - tps\"\n\"1\",\"7000\",\"8000\"\n\"2\",\"7000\",\"8000\"\n"
    #expect(try Logs.fault(table)?.contains("--run NAME") == true)
    var question = try Logs.question()
    question.run = "b"
    question.per = .chip
    #expect(try Logs.read(table, question).tokensPerSecondPerChip == 8000)
    let board = "Wall time,Step,Value\n1700000000.1,1,7000\n1700000009.1,2,7000\n"
    #expect(try Logs.fault(board)?.contains("--metric") == true)
    let step = try Logs.read(board, file: "x/run-a-tag-perf_tokens_per_sec_per_gpu.csv")
    #expect(step.tokensPerSecondPerChip == 7000)
  }

  @Test("unknown columns are named with the nearest known")
  func unknown() throws {
    let fault = try Logs.fault("step,tokens_per_secnd_per_chip,loss\n1,8000,2\n")
    #expect(fault?.contains("did you mean tokens_per_second_per_chip?") == true)
    #expect(try Logs.fault("step,mfu\n1,4x\n")?.hasPrefix("log:2: mfu: “4x” is no number") == true)
  }

  @Test("20,000 broken logs: no crash, and no speed below 0 or without end")
  func mutated() throws {
    let originals = try ["F14-megatron.log", "F14-maxtext.log", "F14-wandb.csv", "G13-mlperf.log"]
      .map {
        try Logs.bytes($0)
      }
    var mutator = Mutator(seed: 30)
    let question = try Logs.question(sequence: nil, batch: nil)
    let full = try Logs.question()
    var read = 0
    for index in 0..<20_000 {
      let bytes = mutator.mutated(originals[index % originals.count], others: originals)
      do {
        let step = try TrainingLog.read(
          file: "log", bytes: bytes, question: index % 2 == 0 ? full : question)
        #expect(step.tokensPerSecondPerChip > 0 && step.tokensPerSecondPerChip.isFinite)
        #expect(step.globalBatch > 0 && step.sequenceLength > 0)
        read += 1
      } catch {
        let fault = error
        #expect(!fault.message.isEmpty && !fault.message.contains("Error("))
      }
    }
    #expect(read > 1000)
  }
}
