/// How an input looks and steps: what the scenario's own list of fields does not say.
struct InputLook: Sendable {
  /// What one step does to a value.
  enum Step: Sendable {
    case none
    /// A tenth up or down, to three digits.
    case tenth
    case doubling
    /// So much up or down.
    case by(Double)
    /// Days of a date or a length of time.
    case day
    /// The next of the words that can be typed.
    case word
  }

  /// How a number is written.
  enum Form: Sendable {
    case plain
    /// With thousands in groups.
    case grouped
    /// With a magnitude: `15T`.
    case magnitude
    /// A share in percent.
    case percent
  }

  let label: String
  var unit = ""
  var form = Form.plain
  var step = Step.none
  /// Stands for no value, and can be typed for it; nil where there always is one.
  var empty: String?
  var hint = "a number"

  /// The look of a field by its key; one that is not known here yet gets a plain one.
  static func of(_ key: String) -> InputLook {
    looks[key] ?? looksOfShape[key]
      ?? InputLook(
        label: String(key.map { $0 == "_" ? " " : $0 }), empty: "none", hint: "a value, or none")
  }

  private static let looks: [String: InputLook] = [
    "budget": InputLook(
      label: "Budget", unit: "USD", form: .magnitude, step: .tenth,
      hint: "like 60M, 2.5B, 750k or 5e7"),
    "start": InputLook(label: "Start", step: .day, hint: "a date like 2026-11-23"),
    "deadline": InputLook(
      label: "Deadline", step: .day, empty: "none",
      hint: "a date, a length like 90d or 6mo, or none"),
    "longest_run": InputLook(
      label: "Longest run", step: .day, empty: "no cap",
      hint: "a length of time like 180d or 6mo, or none"),
    "confidence": InputLook(
      label: "Budget kept with", form: .percent, step: .by(0.05), hint: "a percentage, 1% to 99%"),
    "discount_rate": InputLook(
      label: "Discount rate", unit: "a year", form: .percent, step: .by(0.01),
      hint: "a percentage like 8%"),
    "samples": InputLook(
      label: "Outcomes drawn", form: .grouped, step: .doubling,
      hint: "a power of two like 65536; 0 for none"),
    "seed": InputLook(label: "Seed", step: .by(1), hint: "a whole number; draws other outcomes"),
    "tokens": InputLook(
      label: "Tokens", unit: "tokens", form: .magnitude, step: .tenth, empty: "auto",
      hint: "a count like 15T, or auto for what the money buys"),
    "sequence_length": InputLook(
      label: "Sequence length", unit: "tokens", form: .grouped, step: .doubling,
      hint: "a count like 8192"),
    "global_batch_tokens": InputLook(
      label: "Batch", unit: "tokens", form: .magnitude, step: .tenth, empty: "auto",
      hint: "a count like 4M, or auto for the critical batch size"),
    "largest_cluster": InputLook(
      label: "Largest cluster", unit: "chips", form: .grouped, step: .doubling,
      hint: "a number of chips like 16384"),
    "share_limit": InputLook(
      label: "Share limits", empty: "none", hint: "shares of the budget like aws=0.5,gcp=0.5"),
    "quota": InputLook(
      label: "Quotas", empty: "none", hint: "chips granted like trn2=1024,tpu-v6e=4096"),
    "experiments": InputLook(
      label: "Experiments", step: .word,
      hint: "known-recipe, new-recipe, frontier, none, or times the final run like 1.5"),
    "porting_person_weeks": InputLook(
      label: "Porting", unit: "person-weeks", step: .by(1), empty: "as published",
      hint: "weeks of work, or none for what is published"),
    "prepared_tokens_per_hour": InputLook(
      label: "Tokens prepared", unit: "an hour", form: .magnitude, step: .tenth,
      empty: "not known", hint: "a count like 5B for one CPU instance, or none"),
    "corpus_bytes_per_token": InputLook(
      label: "Corpus", unit: "bytes a token", step: .by(1), hint: "a number like 4"),
    "checkpoints_kept": InputLook(
      label: "Checkpoints kept", step: .by(1), empty: "not known", hint: "a number, or none"),
    "egress_gb": InputLook(
      label: "Taken out", unit: "GB", form: .grouped, step: .tenth, empty: "final weights",
      hint: "GB, or none for the final weights"),
    "support": InputLook(
      label: "Support plan", unit: "of the bill", form: .percent, step: .by(0.01),
      empty: "not bought", hint: "a percentage like 3%, or none"),
    "cloud_tax": InputLook(
      label: "Cloud tax", unit: "of the bill", form: .percent, step: .by(0.01),
      empty: "not known", hint: "a percentage like 19%, or none"),
    "discount": InputLook(
      label: "Discounts", empty: "none", hint: "shares off list like aws=0.1,gcp=0.2"),
    "promised": InputLook(
      label: "Promised spend", empty: "none", hint: "amounts like aws=10M"),
    "idle_value": InputLook(
      label: "Idle hours worth", unit: "of price", form: .percent, step: .by(0.05),
      hint: "a percentage from 0% to 100%"),
    "spot_mean_hours": InputLook(
      label: "Spot taken back", unit: "h between", step: .by(1), empty: "not known",
      hint: "mean hours like 24, or none"),
    "spot_gap_hours": InputLook(
      label: "Spot again after", unit: "h", step: .by(1), hint: "hours like 2"),
    "queue_wait_hours": InputLook(
      label: "Flex-start queue", unit: "h", step: .by(1), empty: "the longest",
      hint: "hours, or none for the longest a queue holds"),
    "gap_hours": InputLook(
      label: "Gap between blocks", unit: "h", step: .by(1), hint: "hours like 24"),
    "own_place": InputLook(
      label: "Servers stand in", step: .word, empty: "average",
      hint: "a place (Tab completes), or none for the average"),
    "tariff": InputLook(
      label: "Tariff", unit: "USD a kWh", step: .by(0.01), empty: "of the place",
      hint: "a number like 0.08, or none"),
    "residual": InputLook(
      label: "Resale value", unit: "of price", form: .percent, step: .by(0.05),
      empty: "by age", hint: "a percentage like 40%, or none for the catalogue's curve"),
    "life": InputLook(
      label: "Hardware kept", unit: "years", step: .by(1), empty: "typical life",
      hint: "years like 4, or none"),
    "utilisation": InputLook(
      label: "Kept busy", unit: "of its life", form: .percent, step: .by(0.05),
      hint: "a percentage like 85%"),
    "charge": InputLook(
      label: "Charge", step: .word, hint: "incremental or usage"),
  ]
}
