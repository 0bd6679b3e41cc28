import Catalog
import Quantities

/// A file of a model's repository that is not its configuration, by the keys that only it has.
struct OtherModelFile {
  /// What the file is and what to give in its place.
  let message: String
  let key: String

  /// The kind of file; nil for what may be a configuration.
  init?(_ object: ConfigurationObject) {
    func has(_ key: String) -> Bool { object.member(key) != nil }
    guard !has("model_type") else { return nil }
    if has("peft_type") || has("base_model_name_or_path") {
      key = has("peft_type") ? "peft_type" : "base_model_name_or_path"
      var base = ""
      if case .string(let name) = object.member("base_model_name_or_path")?.value {
        base = ", “\(Magnitude.printable(name))”,"
      }
      message =
        "this is an adapter, which holds no model; the config.json of its base model\(base) is "
        + "expected"
    } else if has("weight_map") {
      key = "weight_map"
      message = "this is the index of a model's weights; the config.json beside it is expected"
    } else if has("tokenizer_class") || has("added_tokens_decoder") || has("added_tokens")
      || has("chat_template")
    {
      key = has("tokenizer_class") ? "tokenizer_class" : "added_tokens"
      message = "this is a tokenizer's file; the config.json beside it is expected"
    } else if has("image_processor_type") || has("processor_class") || has("feature_extractor_type")
    {
      key = has("image_processor_type") ? "image_processor_type" : "processor_class"
      message = "this is a preprocessor's file; the config.json beside it is expected"
    } else if !has("hidden_size"), !has("dim"),
      ["temperature", "top_p", "top_k", "do_sample", "max_new_tokens", "_from_model_config"]
        .contains(where: has)
        || has("eos_token_id") && has("bos_token_id") && !has("vocab_size")
    {
      key = "eos_token_id"
      message = "these are settings of generation; the config.json beside them is expected"
    } else if has("train_micro_batch_size_per_gpu") || has("zero_optimization") {
      key = has("zero_optimization") ? "zero_optimization" : "train_micro_batch_size_per_gpu"
      message = "these are settings of DeepSpeed; the config.json of the model is expected"
    } else {
      return nil
    }
  }

  func fault(_ object: ConfigurationObject) -> Fault { object.fault(key, message) }
}
