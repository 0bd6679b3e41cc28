import Catalog
import Foundation
import Testing

@testable import PriceFeeds

/// Layout samples with made-up values, and a catalogue that knows the instances they are about.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  /// The built-in catalogue and the instances of the layout samples.
  static let catalog = Result {
    try Catalog(overlay: [(path: "offers.csv", bytes: try bytes("offers.csv"))])
  }
}

/// Reads a text as a price file of the samples' catalogue, handed out in pieces of some size.
func reading(
  _ text: String, format: FeedFormat? = nil, piece: Int = 1 << 20,
  settings: FeedSettings = FeedSettings()
) throws -> FeedReading {
  try reading(Array(text.utf8), format: format, piece: piece, settings: settings)
}

func reading(
  _ bytes: [UInt8], format: FeedFormat? = nil, piece: Int = 1 << 20,
  settings: FeedSettings = FeedSettings()
) throws -> FeedReading {
  let feed = PriceFeed(catalog: try Fixtures.catalog.get(), settings: settings)
  return try feed.read(ByteSource(name: "prices", bytes: bytes, piece: piece), format: format)
}

extension Catalog {
  func offer(_ id: String) -> Offer? { offers.first { $0.id == id } }
}

extension FeedReading {
  /// One line a price: id, USD, date.
  var lines: [String] {
    prices.map { "\($0.id) \(Double(($0.usdPerInstanceHour * 1e6).rounded() / 1e6)) \($0.asOf)" }
  }

  /// How many rows were passed over for a reason.
  func passed(_ reason: String) -> Int {
    passedOver.filter { $0.reason.contains(reason) }.map(\.count).reduce(0, +)
  }
}
