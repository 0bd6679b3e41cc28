import Catalog

/// What a billing SKU's description says is sold.
///
/// The kind of use a SKU names is shared by four products, so the description decides, from its first
/// letter on; the kind of use must agree with it. Spellings as read from the live catalogue in August
/// 2026 (github.com/xbill9/gemma4-dev).
struct TPUDescription: Equatable {
  /// The generation as descriptions spell it, lower case: `v6e`, `7x`, `v3`.
  var generation: String
  var purchase: Purchase
  /// Of the older service: a slice of several devices.
  var isPod = false

  enum Reading: Equatable {
    case product(TPUDescription)
    /// A product that is known and not planned with.
    case unwanted(String)
    case unrecognised
  }

  /// Reads a description.
  static func read(_ description: String, usageType: String, isDevicePriced: Bool) -> Reading {
    let text = description.lowercased()
    if isDevicePriced { return ofDevice(text, usageType) }
    if text.hasPrefix("capacity optimized tpu") { return .unwanted("capacity optimized TPUs") }
    guard let (generation, purchase) = product(text), isGeneration(generation),
      usageTypes[purchase] == usageType
    else { return .unrecognised }
    return .product(TPUDescription(generation: generation, purchase: purchase))
  }

  private static let usageTypes: [Purchase: String] = [
    .onDemand: "OnDemand", .spot: "Preemptible", .flexStart: "OnDemand", .calendar: "OnDemand",
    .commit1Year: "Commit1Yr", .commit3Year: "Commit3Yr",
  ]

  private static func product(_ text: String) -> (generation: String, purchase: Purchase)? {
    if let rest = text.after("commitment v1: tpu") {
      guard let (generation, place) = rest.split(at: " running in ") else { return nil }
      if place.hasSuffix(" for 1 year") { return (generation, .commit1Year) }
      if place.hasSuffix(" for 3 year") || place.hasSuffix(" for 3 years") {
        return (generation, .commit3Year)
      }
      return nil
    }
    if let rest = text.after("dws defined duration ") {
      guard let (generation, _) = rest.split(at: " running in ") else { return nil }
      return (generation.after("tpu") ?? generation, .flexStart)
    }
    if let rest = text.after("reserved ") {
      guard rest.hasSuffix(" in calendar mode"), let (generation, _) = rest.split(at: " in ") else {
        return nil
      }
      let bare = generation.split(separator: " ").filter { $0 != "tpu" }.joined(separator: " ")
      return (bare.after("tpu") ?? bare, .calendar)
    }
    guard let rest = text.after("tpu"), let (name, _) = rest.split(at: " running in ") else {
      return nil
    }
    if let (generation, vms) = name.split(at: " attached to "), vms == "spot preemptible vms" {
      return (generation, .spot)
    }
    return (name, .onDemand)
  }

  /// `v6e`, `v5p`, `7x`: letters and digits only, with a digit.
  private static func isGeneration(_ text: String) -> Bool {
    !text.isEmpty && text.count < 8 && text.contains { $0.isNumber }
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  /// Of the older service, whose descriptions carry “Pod” for slices and whose spot rows may name
  /// use on demand, so that the word “preemptible” decides.
  private static func ofDevice(_ text: String, _ usageType: String) -> Reading {
    let isCommitment = text.hasPrefix("commitment")
    let head = (text.after("commitment v1: ") ?? text).split(at: " in ")?.0 ?? ""
    var words = head.map { $0 == "-" ? " " : $0 }.split(separator: " ").map { String($0) }
    guard let at = words.firstIndex(where: { $0.hasPrefix("tpu") }) else { return .unrecognised }
    words[at] = String(words[at].dropFirst(3))
    words.removeAll(where: \.isEmpty)
    let generations = words.filter { ["v2", "v3", "v4"].contains($0) }
    let known: Set = ["v2", "v3", "v4", "pod", "accelerator", "preemptible", "running", "cloud"]
    guard generations.count == 1, words.allSatisfy(known.contains) else { return .unrecognised }
    let isSpot = words.contains("preemptible")
    let purchase: Purchase
    switch (isCommitment, isSpot, usageType) {
    case (true, false, "Commit1Yr"): purchase = .commit1Year
    case (true, false, "Commit3Yr"): purchase = .commit3Year
    case (false, true, "Preemptible"), (false, true, "OnDemand"): purchase = .spot
    case (false, false, "OnDemand"): purchase = .onDemand
    default: return .unrecognised
    }
    return .product(
      TPUDescription(
        generation: generations[0], purchase: purchase, isPod: words.contains("pod")))
  }
}

extension String {
  /// What follows a prefix, or nil.
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }

  /// The text before and after the first occurrence of a separator, or nil.
  fileprivate func split(at separator: String) -> (String, String)? {
    var rest = Substring(self)
    var head = ""
    while !rest.isEmpty {
      if rest.hasPrefix(separator) { return (head, String(rest.dropFirst(separator.count))) }
      head.append(rest.removeFirst())
    }
    return nil
  }
}
