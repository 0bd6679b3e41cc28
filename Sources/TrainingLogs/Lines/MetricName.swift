/// Tells what a column or key of a table of metrics holds, by its name.
enum MetricName {
  /// What a name stands for.
  enum Meaning: Equatable {
    case metric(Metric, scale: Double)
    /// The number of the step.
    case step
    /// Nothing that tells the speed of training.
    case other
    /// A rate that is not one of training, with the reason.
    case refused(String)
  }

  /// Names that frameworks write to trackers, with what they hold; these come before what words tell.
  private static let known: [String: Meaning] = [
    "throughput(tps)": .metric(Metric(.tokensPerSecond, .device), scale: 1),
    "mfu(%)": .metric(Metric(.percent), scale: 1),
    "time_metrics/end_to_end(s)": .metric(Metric(.stepSeconds), scale: 1),
    "throughput/tokens_per_sec": .metric(Metric(.tokensPerSecond, .job), scale: 1),
    "throughput/tflops": .metric(Metric(.teraflops, .job), scale: 1),
    "throughput/tflops_per_device": .metric(Metric(.teraflops, .device), scale: 1),
    "throughput/global_batch_size": .metric(Metric(.batch), scale: 1),
    "throughput/tokens_per_second": .metric(Metric(.tokensPerSecond, .job), scale: 1),
    "throughput/examples_per_second": .metric(Metric(.samplesPerSecond, .job), scale: 1),
    "throughput/duration": .metric(Metric(.stepSeconds), scale: 1),
    "perf/step_time_seconds": .metric(Metric(.stepSeconds), scale: 1),
    "perf/per_device_tokens": .metric(Metric(.tokensPerStep, .device), scale: 1),
    "perf/per_device_tflops": .other,
    "perf/mfu/actor": .metric(Metric(.share), scale: 1),
    "perf/mfu/critic": .other, "perf/mfu/actor_infer": .other, "perf/mfu/ref": .other,
    "perf/throughput": .refused(
      "tokens over the whole step of reinforcement learning, generation included"),
    "perf/time_per_step": .refused("the whole step of reinforcement learning, generation included"),
    "device/items_per_sec": .metric(Metric(.tokensPerSecond, .device), scale: 1),
    "items_per_sec": .metric(Metric(.tokensPerSecond, .job), scale: 1),
    "device/samples_per_sec": .metric(Metric(.samplesPerSecond, .device), scale: 1),
    "samples_per_sec": .metric(Metric(.samplesPerSecond, .job), scale: 1),
    "device/flops_per_sec": .metric(Metric(.teraflops, .device), scale: 1e-12),
    "flops_per_sec": .metric(Metric(.teraflops, .job), scale: 1e-12),
    "device/mfu": .metric(Metric(.share), scale: 1),
    "train_tokens_per_second": .metric(Metric(.tokensPerSecond, .job), scale: 1),
    "train_samples_per_second": .metric(Metric(.samplesPerSecond, .job), scale: 1),
    "train_steps_per_second": .metric(Metric(.stepsPerSecond), scale: 1),
    "train_speed(s/it)": .metric(Metric(.meanStepSeconds), scale: 1),
    "effective_tokens_per_sec": .metric(Metric(.tokensPerSecond, .device), scale: 1),
    "model_tflops_per_gpu": .metric(Metric(.teraflops, .device), scale: 1),
    "hardware_tflops_per_gpu": .other,
    "num_tokens_per_step": .metric(Metric(.tokensPerStep, .job), scale: 1),
    "num_label_tokens": .other,
    "train/global_tokens": .metric(Metric(.tokensPerStep, .job), scale: 1),
  ]

  /// Names a table may have, for those who mistype one.
  static let usual = [
    "step", "step_time", "step_time_ms", "step_seconds", "iteration_time", "tokens_per_second",
    "tokens_per_second_per_chip", "tokens_per_sec_per_gpu", "tokens_per_second_per_node",
    "samples_per_second", "tflops_per_gpu", "mfu", "mfu_percent", "global_batch_size",
    "sequence_length", "tokens_per_step",
  ]

  /// - Parameter text: the name, without the run's name before it.
  static func meaning(of text: String) -> Meaning {
    var name = text.lowercased()
    for prefix in ["train/", "metrics/", "training/"] where known[name] == nil {
      if name.hasPrefix(prefix), known[String(name.dropFirst(prefix.count))] != nil {
        name = String(name.dropFirst(prefix.count))
      }
    }
    if let found = known[name] { return found }
    let lengths = ["seq_len", "seq_length", "sequence_length", "max_sequence_length", "seqlen"]
    if lengths.contains(name) { return .metric(Metric(.sequence), scale: 1) }
    let words = Words(text)
    if ["step", "iteration", "iter", "global_step", "_step", "steps", "trainer/global_step"]
      .contains(name)
      || name == "global_step/max_steps"
    {
      return .step
    }
    return byWords(words)
  }

  private static func byWords(_ words: Words) -> Meaning {
    let unwanted: Set<String> = [
      "val", "valid", "validation", "eval", "evaluation", "test", "lr", "loss", "grad", "norm",
      "forward", "backward", "optimizer", "loading", "memory", "mem", "allocated", "checkpoint",
      "hfu", "min", "max", "std", "generation", "gen", "rollout", "infer", "inference", "padding",
      "remaining", "elapsed", "wall", "start", "end", "timestamp", "total_flos", "cumulative",
      "learning", "perplexity", "accuracy", "gflop", "expected", "target", "peak",
    ]
    let elapsedStep = words.has("elapsed") && words.has("iteration", "iter", "step")
    if words.any(of: unwanted.subtracting(elapsedStep ? ["elapsed"] : [])) { return .other }
    let scope = words.scope
    if words.has("mfu") || (words.has("flops") && words.has("utilization", "utilisation")) {
      let isPercent = words.has("percent", "pct") || words.text.contains("%")
      return .metric(Metric(isPercent ? .percent : .utilization), scale: 1)
    }
    if words.has("tflops", "tflop", "teraflops", "tflopsps") {
      return .metric(Metric(.teraflops, scope), scale: 1)
    }
    if words.has("gflops") && words.isRate {
      return .metric(Metric(.teraflops, scope), scale: 1e-3)
    }
    if words.has("pflops") { return .metric(Metric(.teraflops, scope), scale: 1e3) }
    if words.has("flops") && words.isRate {
      return .metric(Metric(.teraflops, scope), scale: 1e-12)
    }
    if words.has("tgs") { return .metric(Metric(.tokensPerSecond, .device), scale: 1) }
    if words.has("tps") { return .metric(Metric(.tokensPerSecond, scope), scale: words.thousands) }
    return byCounts(words, scope)
  }

  private static func byCounts(_ words: Words, _ scope: Metric.Scope?) -> Meaning {
    let isTokens = words.has("token", "tokens", "tok", "toks", "ktokens")
    if isTokens && (words.isRate || words.has("throughput", "speed")) {
      return .metric(Metric(.tokensPerSecond, scope), scale: words.thousands)
    }
    if isTokens && words.has("step", "batch", "iteration", "iter") {
      let whole = scope == .device ? Metric.Scope.device : .job
      return .metric(Metric(.tokensPerStep, whole), scale: 1)
    }
    if words.has("sample", "samples", "sequences", "seqs", "examples", "samplespersec"),
      words.isRate
    {
      return .metric(Metric(.samplesPerSecond, scope), scale: 1)
    }
    let isStep = words.has(
      "step", "steps", "iteration", "iterations", "iter", "iters", "it", "batch")
    if isStep && words.isRate { return .metric(Metric(.stepsPerSecond), scale: 1) }
    if words.text.contains("s/it") || words.text.contains("sec/it") || words.text.contains("s/step")
    {
      return .metric(Metric(.stepSeconds), scale: 1)
    }
    if isStep, !words.has("micro", "microbatch") {
      if words.has("ms", "msec", "milliseconds", "millisecond") {
        return .metric(Metric(.stepSeconds), scale: 1e-3)
      }
      if words.has("time", "seconds", "second", "sec", "secs", "s", "duration", "latency") {
        return .metric(Metric(.stepSeconds), scale: 1)
      }
    }
    if words.has("gbs") || words.text == "global_batch_size" || words.text == "global batch size"
      || words.text == "global_batch"
    {
      return .metric(Metric(.batch), scale: 1)
    }
    return .other
  }
}

/// The words of a name.
private struct Words {
  let text: String
  private let words: Set<String>
  private let ordered: [String]

  init(_ name: String) {
    text = name.lowercased()
    var all: [String] = []
    var word = ""
    var wasLower = false
    for character in name {
      guard character.isASCII, character.isLetter || character.isNumber else {
        (all, word, wasLower) = (word.isEmpty ? all : all + [word], "", false)
        continue
      }
      if character.isUppercase && wasLower { (all, word) = (all + [word], "") }
      word.append(Character(character.lowercased()))
      wasLower = character.isLowercase
    }
    if !word.isEmpty { all.append(word) }
    words = Set(all)
    ordered = all
  }

  func has(_ some: String...) -> Bool { some.contains { words.contains($0) } }

  func any(of some: Set<String>) -> Bool { !words.isDisjoint(with: some) }

  /// Whether it is something a second.
  var isRate: Bool {
    if has("persec", "persecond") { return true }
    let seconds: Set<String> = ["s", "sec", "second", "seconds"]
    for (word, next) in zip(ordered, ordered.dropFirst()) where word == "per" {
      if seconds.contains(next) { return true }
    }
    return text.hasSuffix("/s") || ["/s/", "/s)", "/s ", "/sec"].contains { text.contains($0) }
  }

  /// 1,000 where the name says thousands of tokens.
  var thousands: Double { has("ktokens", "ktps", "ktok") ? 1000 : 1 }

  var scope: Metric.Scope? {
    if has("device", "gpu", "chip", "accelerator", "rank", "tpu", "worker", "dev", "card", "npu") {
      return .device
    }
    if has("node", "host", "instance", "machine", "vm") { return .node }
    return has("total", "global", "overall", "cluster", "job", "aggregate", "all", "world")
      ? .job : nil
  }
}
