import Catalog

/// Rated power of servers whose maker's figure is missing: power of the chips times what other servers
/// of the catalogue draw over theirs.
struct PowerBound: Hashable, Sendable {
  /// kW a server.
  var low: Double
  var typical: Double
  var high: Double

  /// Nil where the chip's power is unknown, or no server of the catalogue has both figures.
  init?(_ quote: ServerQuote, _ chip: Accelerator, catalog: Catalog) {
    guard let watts = chip.powerWatts, watts > 0 else { return nil }
    let shares = catalog.quotes.compactMap { other -> Double? in
      guard let kilowatts = other.serverKilowattsMax, other.chips > 0,
        let own = catalog.accelerator(other.accelerator)?.powerWatts, own > 0
      else { return nil }
      return kilowatts * 1000 / (Double(other.chips) * own)
    }.sorted()
    guard let least = shares.first, let most = shares.last else { return nil }
    let chips: Double = watts * Double(quote.chips) / 1000
    low = chips * least
    high = chips * most
    typical = chips * (least * most).squareRoot()
  }

  static func score(_ chip: String) -> String { "power.\(chip)" }
}
