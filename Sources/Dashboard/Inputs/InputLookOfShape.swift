extension InputLook {
  /// How the inputs of shape, software and calendar look.
  static let looksOfShape: [String: InputLook] = [
    "purpose": InputLook(label: "Model is for", step: .word, hint: "serve or train"),
    "law": InputLook(label: "Laws of the loss", empty: "usual", hint: "ids with a comma, or none"),
    "unique_tokens": InputLook(
      label: "Different tokens", unit: "tokens", form: .magnitude, step: .tenth,
      hint: "a count like 40T"),
    "precision": InputLook(label: "Precision", step: .word, hint: "auto, bf16, fp8, mxfp8 …"),
    "software": InputLook(
      label: "Software", empty: "usual", hint: "megatron, maxtext …, or none for what is usual"),
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
