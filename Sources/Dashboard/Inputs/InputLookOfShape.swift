extension InputLook {
  /// How the inputs of shape, software and calendar look.
  static let looksOfShape: [String: InputLook] = [
    "purpose": InputLook(label: "Model is for", step: .word, hint: "serve or train"),
    "law": InputLook(label: "Laws of the loss", empty: "usual", hint: "ids with a comma, or none"),
    "unique_tokens": InputLook(
      label: "Different tokens", unit: "tokens", form: .magnitude, step: .tenth,
      hint: "a count like 40T"),
    "curriculum": InputLook(
      label: "Long contexts", empty: "none", hint: "shares and lengths like 5%@32768"),
    "precision": InputLook(label: "Precision", step: .word, hint: "auto, bf16, fp8, mxfp8 …"),
    "software": InputLook(
      label: "Software", empty: "usual", hint: "megatron, maxtext …, or none for what is usual"),
    "served_tokens": InputLook(
      label: "Tokens served", unit: "tokens", form: .magnitude, step: .tenth, empty: "not said",
      hint: "a count like 100T, or none"),
    "serving_price": InputLook(
      label: "Price of serving", unit: "times", step: .tenth, empty: "as training",
      hint: "a factor like 1.5, or none"),
    "tokens_per_active": InputLook(
      label: "Tokens an active", step: .tenth, empty: "usual", hint: "a number like 700, or none"),
    "serving_memory_gb": InputLook(
      label: "Serving memory", unit: "GB", step: .tenth, empty: "8 × 180",
      hint: "gigabytes like 1440, or none"),
    "largest_total": InputLook(
      label: "Largest total", unit: "parameters", form: .magnitude, step: .tenth,
      empty: "what fits",
      hint: "a count like 700B, or none"),
    "use_worth": InputLook(
      label: "Other work's rent", unit: "USD/h", step: .tenth, empty: "not said",
      hint: "US dollars a chip-hour like 2.5, or none"),
    "power_mw": InputLook(
      label: "Power there is", unit: "MW", step: .tenth, empty: "no limit",
      hint: "megawatts like 5, or none"),
    "procurement": phase("Deciding takes"),
    "quotes": phase("Quotes take"),
    "negotiation": phase("Contract takes"),
    "wait": phase("Machines come after"),
    "delivery": phase("Delivery takes"),
    "acceptance": phase("Acceptance takes"),
    "porting": phase("Porting takes"),
    "bring_up": phase("Bring-up takes"),
    "evaluation": phase("Evaluation takes"),
    "margin": phase("Kept free"),
  ]

  private static func phase(_ label: String) -> InputLook {
    InputLook(
      label: label, step: .day, empty: "as judged", hint: "a length of time like 3w, 0, or none")
  }
}
