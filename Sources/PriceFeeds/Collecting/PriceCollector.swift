import Catalog
import Quantities

/// Gathers the prices of a file and makes one of several for the same offer.
struct PriceCollector {
  /// How several prices of one offer become one.
  enum Choice {
    /// They must agree within this fraction, the finest then counts; else none is taken.
    case agreement(within: Double)
    /// The lowest counts: zones, offers or plans that the buyer chooses from.
    case lowest
  }

  /// One price as it was seen.
  struct Sighting {
    var price: FeedPrice
    /// What tells it from the others: a zone, a slice.
    var label: String
    /// The more chips a price was given for, the less it was rounded.
    var fineness: Int
    var line: Int
  }

  private var order: [String] = []
  private var sightings: [String: [Sighting]] = [:]
  private var choices: [String: Choice] = [:]
  private var passed: [String: PassedOver] = [:]

  /// US dollars an hour that no instance costs, and no table of the catalogue holds.
  private static let highestPrice = 1e9

  /// Notes a price.
  mutating func add(
    _ price: FeedPrice, choice: Choice, label: String = "", fineness: Int = 1, line: Int
  ) {
    guard price.usdPerInstanceHour <= Self.highestPrice else {
      return pass(.unrecognised, "price that can't be right", price.id, line: line)
    }
    var price = price
    // Notes quote the file, whose bytes need not be text.
    price.note = String(
      String.UnicodeScalarView(
        price.note.unicodeScalars.map { $0.value < 0x20 || $0.value == 0xFFFD ? "?" : $0 }))
    let sighting = Sighting(price: price, label: label, fineness: fineness, line: line)
    if sightings[price.id] == nil { order.append(price.id) }
    sightings[price.id, default: []].append(sighting)
    choices[price.id] = choice
  }

  /// Counts rows that were passed over.
  mutating func pass(
    _ weight: PassedOver.Weight, _ reason: String, _ example: @autoclosure () -> String,
    line: Int, count: Int = 1
  ) {
    if passed[reason] == nil {
      let name = Magnitude.printable(example())
      passed[reason] = PassedOver(
        weight: weight, reason: reason, count: 0,
        example: name.isEmpty ? "line \(line)" : "line \(line): \(name)")
    }
    passed[reason]?.count += count
  }

  /// The prices and the tallies.
  mutating func finish(file: String, format: FeedFormat) -> FeedReading {
    let prices = order.compactMap { chosen($0) }
    let tallies = passed.values.sorted {
      ($1.weight, $1.count, $0.reason) < ($0.weight, $0.count, $1.reason)
    }
    return FeedReading(file: file, format: format, prices: prices, passedOver: tallies)
  }

  private mutating func chosen(_ id: String) -> FeedPrice? {
    guard let all = sightings[id], let first = all.first, let choice = choices[id] else {
      return nil
    }
    switch choice {
    case .lowest: return lowest(of: all)
    case .agreement(let tolerance):
      let best = all.dropFirst().reduce(first) { $1.fineness > $0.fineness ? $1 : $0 }
      let price = best.price.usdPerInstanceHour
      if let other = all.first(where: {
        abs($0.price.usdPerInstanceHour - price) > tolerance * price
      }) {
        pass(
          .unrecognised, "different prices for one offer; none is taken", id, line: other.line,
          count: all.count)
        return nil
      }
      // A row for another slice or zone is no copy; the same label twice is.
      let copies = all.count - Set(all.map(\.label)).count
      if copies > 0 { pass(.other, "copies of a row", id, line: best.line, count: copies) }
      return best.price
    }
  }

  private func lowest(of all: [Sighting]) -> FeedPrice? {
    let sorted = all.sorted {
      ($0.price.usdPerInstanceHour, $0.label) < ($1.price.usdPerInstanceHour, $1.label)
    }
    guard var price = sorted.first?.price else { return nil }
    var distinct: [Double] = []
    for sighting in sorted where distinct.last != sighting.price.usdPerInstanceHour {
      distinct.append(sighting.price.usdPerInstanceHour)
    }
    if distinct.count > 1 {
      let shown = distinct.prefix(4).map { Decimals.shortest($0) }.joined(separator: ", ")
      let more =
        distinct.count > 4 ? ", up to \(Decimals.shortest(distinct[distinct.count - 1]))" : ""
      price.note += " Lowest of \(all.count): \(shown)\(more)."
    }
    return price
  }
}
