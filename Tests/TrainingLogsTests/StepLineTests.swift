import Testing

@testable import TrainingLogs

/// A framework's step line, and its tokens a second and chip for 64 chips, 512 sequences of 8,192.
struct OwnLine: Sendable {
  var framework: Framework
  var rate: Double
  var text: String
}

/// With the field names that the packages print, numbers made up; 8.192 s a step are 8,000 tokens.
private let ownLines: [OwnLine] = [
  OwnLine(
    framework: .torchtitan, rate: 8192,
    text: """
      [titan] 2026-11-30 12:00:00,123 - root - INFO - \u{1B}[31mstep: 10 \u{1B}[32m loss:  2.50000  \
      grad_norm:  0.4100  memory: 47.31GiB(59.14%)  tps: 8,192  tflops: 474.43  mfu: 47.97%
      """),
  OwnLine(
    framework: .nemoAutomodel, rate: 7200,
    text: """
      2026-11-30 12:00:00 | INFO | root | step 120 | epoch 0 | loss 2.4123 | mem 61.20 GiB | \
      tps 57600.00(7200.00/gpu) | num_label_tokens 262144
      """),
  OwnLine(
    framework: .nanotron, rate: 7210,
    text: """
      11/30/2026 12:00:00 [INFO|DP=0|PP=0|TP=0]: iteration: 120 / 500000 | consumed_tokens: 1.01G | \
      elapsed_time_per_iteration_ms: 5.83K | tokens_per_sec: 57.7K | tokens_per_sec_per_gpu: 7.21K | \
      global_batch_size: 512 | model_tflops_per_gpu: 417 |
      """),
  OwnLine(
    framework: .deepspeed, rate: 9216,
    text: """
      epoch=0/micro_step=480/global_step=60, RunningAvgSamplesPerSec=71.9, CurrSamplesPerSec=72.0, \
      MemAllocated=21.3GB
      """),
  OwnLine(
    framework: .deepspeed, rate: 8000,
    text: "steps: 60 loss: 2.4123 iter time (s): 8.192 samples/sec: 62.5"),
  OwnLine(
    framework: .megatronBridge, rate: 8000,
    text: "Step Time : 8.192s GPU utilization: 404.3MODEL_TFLOP/s/GPU"),
  OwnLine(
    framework: .msSwift, rate: 8000,
    text: """
      {'loss': 2.412, 'MFU': 1.65, 'global_step/max_steps': '120/500000', 'elapsed_time': '11m', \
      'train_speed(s/it)': 8.192}
      """),
  OwnLine(
    framework: .nemoAutomodel, rate: 7200,
    text: """
      {"step": 120, "tps": 57600.0, "tps_per_gpu": 7200.0, "mfu": 40.1, "loss": 2.4}
      """),
]

@Suite("Step lines of frameworks")
struct StepLineTests {
  @Test("Megatron-LM: the log's batch over its time, first iteration left out")
  func megatron() throws {
    let text = try String(decoding: Logs.bytes("F14-megatron.log"), as: UTF8.self)
    let step = try Logs.read(text, Logs.question(chips: 256, batch: nil))
    #expect(step.framework == .megatron)
    #expect(step.globalBatch == 1024)
    #expect(abs(step.tokensPerSecondPerChip - 1024 * 8192 / 5.3214 / 256) < 0.01)
    #expect(abs(step.stepSeconds(chips: 256) - 5.3214) < 1e-9)
    #expect(
      try Logs.fault(text, Logs.question(batch: 512)) == """
        log:1: the log's steps have 1024 sequences, --global-batch says 512; leave the option out or mend it
        """)
  }

  @Test("MaxText: tokens a device; a TPU7x chip is two devices; ramps and profiled steps are none")
  func maxtext() throws {
    let text = try String(decoding: Logs.bytes("F14-maxtext.log"), as: UTF8.self)
    let step = try Logs.read(text, Logs.question("llama-3.1-8b", "tpu-v5p", chips: 128))
    #expect(step.tokensPerSecondPerChip == 2916.51)
    let doubled = try Logs.read(text, Logs.question("llama-3.1-8b", "tpu-v7x", chips: 128))
    #expect(doubled.tokensPerSecondPerChip == 5833.02)
    let ramp =
      "[Rampup Batch Size Phase] completed step: 3, seconds: 9.0, total_weights: 5, loss: 9\n"
    let again = try Logs.read(ramp + text, Logs.question("llama-3.1-8b", "tpu-v5p", chips: 128))
    #expect(again.kept == 1)
  }

  @Test("Weights & Biases: tokens a GPU by its name; minimum and maximum columns are none")
  func wandb() throws {
    let text = try String(decoding: Logs.bytes("F14-wandb.csv"), as: UTF8.self)
    let step = try Logs.read(text)
    #expect(step.tokensPerSecondPerChip == 6290.1)
    #expect(step.warmUp == 1)
  }

  @Test("MLPerf: seconds of a step with the batch and the sequence of the log")
  func mlperf() throws {
    let text = try String(decoding: Logs.bytes("G13-mlperf.log"), as: UTF8.self)
    let step = try Logs.read(text, Logs.question(chips: 8, sequence: nil, batch: nil))
    #expect(step.globalBatch == 32)
    #expect(step.sequenceLength == 8192)
    #expect(abs(step.stepSeconds(chips: 8) - 0.1893) < 1e-9)
  }

  @Test("each framework's own line gives its speed", arguments: ownLines)
  func lines(_ line: OwnLine) throws {
    let step = try Logs.read(line.text + "\n")
    #expect(step.framework == line.framework)
    #expect(abs(step.tokensPerSecondPerChip / line.rate - 1) < 1e-9)
  }

  @Test("Megatron Bridge's two lines are one step, by Bridge's rule")
  func bridge() throws {
    let step = try Logs.read(
      """
      Step Time : 8.00s GPU utilization: 404.3MODEL_TFLOP/s/GPU
       [2026-11-30] iteration      120/  500000 | consumed samples: 1 | elapsed time per iteration (ms): 8000.0 | throughput per GPU (TFLOP/s/GPU): 404.3 | global batch size:   512 |

      """)
    #expect(step.framework == .megatronBridge)
    #expect(step.kept == 1)
  }

  @Test("the whole step of reinforcement learning is no speed of training")
  func verl() throws {
    let line = "step:12 - perf/throughput:812.3 - perf/time_per_step:61.2 - timing_s/gen:31.0\n"
    #expect(try Logs.fault(line) != nil)
    let table = "step,perf/throughput\n1,812.3\n2,812.3\n"
    #expect(
      try Logs.fault(table)
        == "log: perf/throughput: tokens over the whole step of reinforcement learning, generation "
        + "included; no speed of training stands beside it")
  }

  @Test("the console of Lightning times micro-batches, which is said")
  func lightning() throws {
    let fault = try Logs.fault(
      "Epoch 1 | iter 480 step 60 | loss train: 2.412 | iter time: 1164.21 ms (step)\n")
    #expect(fault?.contains("micro-batch") == true)
  }

  @Test("a log in UTF-16, with a NUL, packed, or cut inside its only step is refused with its line")
  func broken() throws {
    #expect(try Logs.fault("tps\0") == "log:1: holds a NUL; it is no text, or was damaged")
    let utf16 = try Logs.question()
    #expect(throws: (any Error).self) {
      try TrainingLog.read(file: "log", bytes: [0xFF, 0xFE, 0x41, 0], question: utf16)
    }
    let cut = "completed step: 42, seconds: 11.2"
    #expect(try Logs.fault(cut)?.contains("cut off") == true)
  }
}
