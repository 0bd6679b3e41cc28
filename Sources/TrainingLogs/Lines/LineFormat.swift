/// One framework's step line.
struct LineFormat {
  var framework: Framework
  /// What the line says; nil when it is none of this framework's.
  var read: @Sendable (LogText.Line) -> (step: Double?, values: [Metric: Double])?

  /// In the order in which they are tried.
  static let all: [LineFormat] = [
    torchtitan, maxtext, megatron, bridge, nanotron, automodel, pipeline, deepspeed, verl,
  ]

  /// `step: 10  loss: …  tps: 8,192  tflops: 474.43  mfu: 47.97%`: all per device.
  static let torchtitan = LineFormat(framework: .torchtitan) { line in
    guard line.has("tps: "), let step = line.number(after: "step: "), line.has("tflops: ") else {
      return nil
    }
    return (
      step,
      gathered(
        (Metric(.tokensPerSecond, .device), line.number(after: "tps: ")),
        (Metric(.teraflops, .device), line.number(after: "tflops: ")),
        (Metric(.percent), line.number(after: "mfu: ")))
    )
  }

  /// `completed step: 7, seconds: 0.810, TFLOP/s/device: 233.441, Tokens/s/device: 10113.580`. Lines of
  /// a batch that ramps up have no rates; lines at the profiler's edges are no steps.
  static let maxtext = LineFormat(framework: .maxtext) { line in
    guard let step = line.number(after: "completed step: "), line.has("seconds: ") else {
      return nil
    }
    if line.has("Rampup Batch Size Phase") || line.has("completed profiler") { return nil }
    return (
      step,
      gathered(
        (Metric(.stepSeconds), line.number(after: "seconds: ")),
        (Metric(.teraflops, .device), line.number(after: "TFLOP/s/device: ")),
        (Metric(.tokensPerSecond, .device), line.number(after: "Tokens/s/device: ")))
    )
  }

  /// `iteration 120/ 500000 | … elapsed time per iteration (ms): 5829.4 | throughput per GPU
  /// (TFLOP/s/GPU): 404.3 | … global batch size: 1024 |`: Megatron-LM and those built on it.
  static let megatron = LineFormat(framework: .megatron) { line in
    guard let milliseconds = line.number(after: "elapsed time per iteration (ms):") else {
      return nil
    }
    return (
      line.number(after: "iteration "),
      gathered(
        (Metric(.stepSeconds), milliseconds / 1000),
        (Metric(.teraflops, .device), line.number(after: "throughput per GPU (TFLOP/s/GPU):")),
        (Metric(.batch), line.number(after: "global batch size:")))
    )
  }

  /// `Step Time : 5.83s GPU utilization: 404.3MODEL_TFLOP/s/GPU`: the second line of Megatron Bridge.
  static let bridge = LineFormat(framework: .megatronBridge) { line in
    guard line.has("MODEL_TFLOP/s/GPU"), let seconds = line.number(after: "Step Time :") else {
      return nil
    }
    return (
      nil,
      gathered(
        (Metric(.stepSeconds), seconds),
        (Metric(.teraflops, .device), line.number(after: "GPU utilization:")))
    )
  }

  /// `iteration: 120 / 500000 | consumed_tokens: 1.01G | elapsed_time_per_iteration_ms: 5.83K |
  /// tokens_per_sec: 57.7K | tokens_per_sec_per_gpu: 7.21K | …`: three digits with K, M, G.
  static let nanotron = LineFormat(framework: .nanotron) { line in
    guard let milliseconds = line.number(after: "elapsed_time_per_iteration_ms: ") else {
      return nil
    }
    return (
      line.number(after: "iteration: "),
      gathered(
        (Metric(.stepSeconds), milliseconds / 1000),
        (Metric(.tokensPerSecond, .job), line.number(after: "tokens_per_sec: ")),
        (Metric(.tokensPerSecond, .device), line.number(after: "tokens_per_sec_per_gpu: ")),
        (Metric(.teraflops, .device), line.number(after: "model_tflops_per_gpu: ")),
        (Metric(.batch), line.number(after: "global_batch_size: ")))
    )
  }

  /// `step 120 | epoch 0 | … | tps 57600.00(7200.00/gpu) | num_label_tokens 262144`.
  static let automodel = LineFormat(framework: .nemoAutomodel) { line in
    guard line.has("/gpu)"), let end = line.end(of: "tps ") else { return nil }
    let rest = line.bytes[end...]
    guard let open = rest.firstIndex(of: UInt8(ascii: "(")) else { return nil }
    return (
      line.number(after: "step "),
      gathered(
        (Metric(.tokensPerSecond, .job), LogText.Line.number(rest)),
        (Metric(.tokensPerSecond, .device), LogText.Line.number(rest[(open + 1)...])))
    )
  }

  /// `steps: 60 loss: 2.4123 iter time (s): 5.829 samples/sec: 175.667`: DeepSpeed's pipeline engine.
  static let pipeline = LineFormat(framework: .deepspeed) { line in
    guard let seconds = line.number(after: "iter time (s):") else { return nil }
    return (
      line.number(after: "steps: "),
      gathered(
        (Metric(.stepSeconds), seconds),
        (Metric(.samplesPerSecond, .job), line.number(after: "samples/sec:")))
    )
  }

  /// `epoch=0/micro_step=480/global_step=60, RunningAvgSamplesPerSec=71.9, CurrSamplesPerSec=72.1, …`:
  /// samples of the whole job.
  static let deepspeed = LineFormat(framework: .deepspeed) { line in
    guard let samples = line.number(after: "CurrSamplesPerSec=") else { return nil }
    return (
      line.number(after: "global_step="), gathered((Metric(.samplesPerSecond, .job), samples))
    )
  }

  /// `step:12 - perf/mfu/actor:0.41 - perf/throughput:812.3 - …`: of a step of reinforcement learning
  /// only the update's own MFU tells how fast training is.
  static let verl = LineFormat(framework: .verl) { line in
    guard line.has("perf/") || line.has("train/mfu:") || line.has("train/global_tokens:"),
      let step = line.number(after: "step:")
    else { return nil }
    let share = line.number(after: "perf/mfu/actor:") ?? line.number(after: "train/mfu:")
    return (
      step,
      gathered(
        (Metric(.share), share),
        (Metric(.tokensPerStep, .job), line.number(after: "train/global_tokens:")))
    )
  }

  /// The figures there are: those above 0.
  static func gathered(_ pairs: (Metric, Double?)...) -> [Metric: Double] {
    var values: [Metric: Double] = [:]
    for (metric, value) in pairs { if let value, value > 0 { values[metric] = value } }
    return values
  }
}
