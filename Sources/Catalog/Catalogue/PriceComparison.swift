import Quantities

/// Sets prices beside those they should be like.
public struct PriceComparison {
  /// What a price is not like.
  public enum Finding: String, CaseIterable, Sendable {
    /// Far from the same offer in other regions.
    case unlikeOtherRegions = "unlike_other_regions"
    /// Dearer than a purchase in the same region that asks for less.
    case dearerThanNeighbour = "dearer_than_neighbour"
    /// Far from the built-in price of the same offer.
    case unlikeBuiltIn = "unlike_built_in"
    /// Of an offer that is new, and far from what the chip costs elsewhere.
    case unlikeOthersOfChip = "unlike_others_of_chip"
  }

  /// One thing that a price is not like.
  public struct Difference: Sendable {
    public var finding: Finding
    /// What it was compared with, in a few words: `built-in 2.1`.
    public var detail: String
    /// The same as a sentence without a subject: `is 100 times below the built-in 2.1`.
    public var sentence: String
  }

  /// Prices by `provider/instance/purchase`, ascending.
  private let regions: [String: [Double]]
  /// Prices by offer id.
  private let prices: [String: Double]
  private let builtIn: [String: Offer]
  private let builtInQuotes: [String: ServerQuote]
  /// Built-in prices of a chip and hour, by accelerator and whether on spot, ascending.
  private let chipHours: [ChipKey: [Double]]
  /// Built-in prices of a chip with its server, by accelerator, ascending.
  private let chipPrices: [String: [Double]]

  private struct ChipKey: Hashable {
    var accelerator: String
    var isSpot: Bool
  }

  /// The same thing bought the same way costs within this factor of the median everywhere; on spot the
  /// market moves each region by itself.
  public static let likelyFactor = 2.0
  public static let likelySpotFactor = 5.0
  /// The same chip costs within this factor of its median with every seller and every purchase: the
  /// built-in rows of a chip stay within 5 (a judgement; grade D).
  public static let likelySellerFactor = 8.0

  /// Compares the offers of a catalogue.
  ///
  /// - Parameter builtIn: the catalogue without tables laid over.
  public init(_ catalog: Catalog, builtIn: Catalog) {
    self.init(
      catalog.offers, quotes: catalog.quotes, builtIn: builtIn.offers,
      builtInQuotes: builtIn.quotes)
  }

  init(
    _ offers: [Offer], quotes: [ServerQuote], builtIn: [Offer], builtInQuotes: [ServerQuote]
  ) {
    func first<Row: Identifiable<String>>(_ rows: [Row]) -> [String: Row] {
      Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let priced = offers.filter { $0.usdPerInstanceHour != nil }
    prices = Dictionary(
      priced.map { ($0.id, $0.usdPerInstanceHour ?? 0) }, uniquingKeysWith: { first, _ in first })
    regions = Dictionary(grouping: priced) { Self.key($0) }
      .mapValues { $0.compactMap(\.usdPerInstanceHour).sorted() }
    self.builtIn = first(builtIn.filter { $0.usdPerInstanceHour != nil })
    self.builtInQuotes = first(builtInQuotes.filter { $0.capex.central != nil })
    chipHours = Dictionary(grouping: builtIn.filter { $0.usdPerInstanceHour != nil }) {
      ChipKey(accelerator: $0.accelerator, isSpot: $0.purchase == .spot)
    }.mapValues { $0.compactMap(\.usdPerChipHour).sorted() }
    chipPrices = Dictionary(grouping: builtInQuotes.filter { $0.capex.central != nil }) {
      $0.accelerator
    }.mapValues { $0.compactMap(\.usdPerChip).sorted() }
  }

  private static func key(_ offer: Offer) -> String {
    "\(offer.provider)/\(offer.instance)/\(offer.purchase.rawValue)"
  }

  /// What an offer's price is not like.
  public func differences(of offer: Offer, price: Double) -> [Difference] {
    var found: [Difference] = []
    let factor = offer.purchase == .spot ? Self.likelySpotFactor : Self.likelyFactor
    if let all = regions[Self.key(offer)], all.count >= 3 {
      let median = Self.median(all)
      if let apart = Self.apart(price, median, factor) {
        let detail = "median of \(all.count) regions \(Decimals.significant(median, 6))"
        found.append(
          Difference(
            finding: .unlikeOtherRegions, detail: detail, sentence: "is \(apart) the \(detail)"))
      }
    }
    if let old = builtIn[offer.id]?.usdPerInstanceHour {
      if let apart = Self.apart(price, old, factor) {
        let detail = "built-in \(Decimals.shortest(old))"
        found.append(
          Difference(
            finding: .unlikeBuiltIn, detail: detail, sentence: "is \(apart) the \(detail)"))
      }
    } else if let difference = unlikeOthers(offer, price) {
      found.append(difference)
    }
    for purchase in Self.dearer[offer.purchase] ?? [] {
      let neighbour = "\(offer.provider)/\(offer.instance)/\(offer.region)/\(purchase.rawValue)"
      // A thousandth is rounding.
      if let other = prices[neighbour], price > other * 1.001 {
        let detail = "\(purchase.rawValue) \(Decimals.shortest(other))"
        found.append(
          Difference(
            finding: .dearerThanNeighbour, detail: detail,
            sentence: "is above \(detail) in the same region, which asks less of the buyer"))
      }
    }
    return found
  }

  private func unlikeOthers(_ offer: Offer, _ price: Double) -> Difference? {
    let key = ChipKey(accelerator: offer.accelerator, isSpot: offer.purchase == .spot)
    guard let all = chipHours[key], all.count >= 3, let perChip = offer.usdPerChipHour else {
      return nil
    }
    let median = Self.median(all)
    guard let apart = Self.apart(perChip, median, Self.likelySellerFactor) else { return nil }
    let detail = "median of \(offer.accelerator) a chip \(Decimals.significant(median, 4))"
    return Difference(
      finding: .unlikeOthersOfChip, detail: detail,
      sentence: "is \(Bounds.shown(perChip)) a chip, \(apart) the \(detail)")
  }

  /// What the price of a server is not like, as sentences without a subject.
  func sentences(of quote: ServerQuote) -> [String] {
    guard let perChip = quote.usdPerChip else { return [] }
    if let old = builtInQuotes[quote.id]?.usdPerChip {
      return Self.apart(perChip, old, Self.likelyFactor).map {
        ["is \(Bounds.shown(perChip)) a chip, \($0) the built-in \(Bounds.shown(old))"]
      } ?? []
    }
    guard let all = chipPrices[quote.accelerator] else { return [] }
    let median = Self.median(all)
    return Self.apart(perChip, median, 2 * Self.likelyFactor).map {
      ["is \(Bounds.shown(perChip)) a chip, \($0) the built-in \(Bounds.shown(median))"]
    } ?? []
  }

  private static func median(_ sorted: [Double]) -> Double {
    (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// `100 times below` or `2.5 times above`; nil within the factor.
  private static func apart(_ price: Double, _ other: Double, _ factor: Double) -> String? {
    if price > other * factor { return "\(times(price / other)) times above" }
    if price < other / factor { return "\(times(other / price)) times below" }
    return nil
  }

  private static func times(_ ratio: Double) -> String {
    ratio < 1000 ? Bounds.shown(Double(Decimals.significant(ratio, 2)) ?? ratio) : "over 1,000"
  }

  /// For each purchase, those that ask less of the buyer and so should not be cheaper: capacity that
  /// can be taken back, waits in a queue, or is bound for years is sold below capacity on demand.
  private static let dearer: [Purchase: [Purchase]] = [
    .spot: [.onDemand], .flexStart: [.onDemand],
    .commit1Year: [.onDemand], .commit3Year: [.onDemand, .commit1Year],
    .commit1YearNoUpfront: [.onDemand],
    .commit1YearPartialUpfront: [.onDemand, .commit1YearNoUpfront],
    .commit1YearAllUpfront: [.onDemand, .commit1YearNoUpfront],
    .commit3YearNoUpfront: [.onDemand, .commit1YearNoUpfront],
    .commit3YearPartialUpfront: [.onDemand, .commit3YearNoUpfront],
    .commit3YearAllUpfront: [.onDemand, .commit3YearNoUpfront],
    .savingsPlan1YearNoUpfront: [.onDemand],
    .savingsPlan1YearPartialUpfront: [.onDemand, .savingsPlan1YearNoUpfront],
    .savingsPlan1YearAllUpfront: [.onDemand, .savingsPlan1YearNoUpfront],
    .savingsPlan3YearNoUpfront: [.onDemand, .savingsPlan1YearNoUpfront],
    .savingsPlan3YearPartialUpfront: [.onDemand, .savingsPlan3YearNoUpfront],
    .savingsPlan3YearAllUpfront: [.onDemand, .savingsPlan3YearNoUpfront],
  ]
}

extension PriceComparison {
  /// What is to be wondered at in the prices of all rows, built-in ones among them.
  func doubts(
    _ offers: KeyedRecords<Offer>, _ quotes: KeyedRecords<ServerQuote>
  ) -> [CatalogDoubt] {
    var doubts: [CatalogDoubt] = []
    for (offer, place) in zip(offers.records, offers.places)
    where !place.file.hasPrefix(Catalog.builtInPrefix) {
      if let price = offer.usdPerInstanceHour {
        let sentences = differences(of: offer, price: price).map(\.sentence)
        if !sentences.isEmpty {
          doubts.append(
            CatalogDoubt(
              table: Offer.fileName, id: offer.id,
              fault: Fault(
                file: place.file, line: place.line, column: "usd_per_instance_hour",
                message: "\(Bounds.shown(price)) \(sentences.joined(separator: ", and "))")))
        }
      }
      if let known = builtIn[offer.id], known.chipsPerInstance != offer.chipsPerInstance {
        doubts.append(
          CatalogDoubt(
            table: Offer.fileName, id: offer.id,
            fault: Fault(
              file: place.file, line: place.line, column: "chips_per_instance",
              message: "\(offer.chipsPerInstance) where the built-in row of the same offer has "
                + "\(known.chipsPerInstance)")))
      }
    }
    for (quote, place) in zip(quotes.records, quotes.places)
    where !place.file.hasPrefix(Catalog.builtInPrefix) {
      for sentence in sentences(of: quote) {
        doubts.append(
          CatalogDoubt(
            table: ServerQuote.fileName, id: quote.id,
            fault: Fault(
              file: place.file, line: place.line, column: "capex_usd_typical",
              message: "\(Bounds.shown(quote.capex.central ?? 0)) \(sentence)")))
      }
    }
    return doubts
  }
}
