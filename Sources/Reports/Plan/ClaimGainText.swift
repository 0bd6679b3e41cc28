import Planning
import Quantities

extension ClaimGain {
  /// What the claim buys, in one sentence: both sides of a gain in efficiency.
  public var sentence: String {
    let size = Count.short(parameters)
    let same = "\(size) on \(Count.short(tokens)) tokens"
    let saved = Decimals.fixed(abs(savedFraction) * 100, 0)
    let cost =
      "the same training (\(same), loss \(Self.loss(loss))) for \(Money(dollars: dollarsWith).short) "
      + "instead of \(Money(dollars: dollarsWithout).short), \(saved) % "
      + (savedFraction >= 0 ? "less" : "more")
    var more: [String] = []
    if let moreTokens, let after = lossOfMoreTokens {
      more.append(
        "\(Count.short(moreTokens)) tokens instead of \(Count.short(tokens)) "
          + "(loss \(Self.loss(loss)) → \(Self.loss(after)))")
    }
    if let largerParameters, let largerTokens, let after = lossOfLarger {
      let on = largerTokens == tokens ? "" : " on \(Count.short(largerTokens)) tokens"
      more.append(
        "\(Count.short(largerParameters)) parameters\(on) instead of \(size) "
          + "(loss \(Self.loss(loss)) → \(Self.loss(after)))")
    }
    let money =
      more.isEmpty
      ? "" : "; or, for \(Money(dollars: dollarsWithout).short), \(more.joined(separator: ", or "))"
    let speed =
      "MFU \(Self.percent(utilizationWith)) % where the base case has "
      + "\(Self.percent(utilizationWithout)) %"
    return "if \(badge) holds (\(speed)), it buys \(cost)\(money)"
  }

  private static func percent(_ share: Double) -> String { Decimals.fixed(share * 100, 0) }

  private static func loss(_ value: Double) -> String { Decimals.fixed(value, 3) }

  /// The same for scripts.
  var json: JSONValue {
    .object([
      .init("claim", .string(badge)), .init("without_id", .string(withoutID)),
      .init("with_id", .string(withID)),
      .init("mfu_without", .decimal(utilizationWithout, 4)),
      .init("mfu_with", .decimal(utilizationWith, 4)),
      .init("cash_usd_without", .decimal(dollarsWithout, 2)),
      .init("cash_usd_with", .decimal(dollarsWith, 2)),
      .init("saved_fraction", .decimal(savedFraction, 4)),
      .init("parameters", .shortest(parameters)), .init("tokens", .shortest(tokens)),
      .init("predicted_loss", .decimal(loss, 4)),
      .init("more_tokens", .shortest(moreTokens)),
      .init("predicted_loss_of_more_tokens", .decimal(lossOfMoreTokens, 4)),
      .init("larger_parameters", .shortest(largerParameters)),
      .init("larger_tokens", .shortest(largerTokens)),
      .init("predicted_loss_of_larger", .decimal(lossOfLarger, 4)),
    ])
  }
}
