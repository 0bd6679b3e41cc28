import Catalog
import Foundation
import Testing

@testable import PriceFeeds

/// A small, fast generator whose numbers follow from its seed (SplitMix64; Steele et al., OOPSLA 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// Changes texts the way broken disks, careless editors and ill will do.
private struct Mutator {
  var random: SplitMix

  /// Pieces that parsers trip over.
  static let pieces = [
    "\"", "\"\"", ",", "\n", "\r", "\r\n", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud800", "null",
    "true", "-", "1e999", "-0", "1e-400", "0.0", "NaN", "99999999999999999999", "\u{FEFF}", "é",
    "漢",
    "\0", "\u{1B}[2J", "\u{202E}", "=1+1", "9223372036854775808", "1e15", "a-1", "us-east-1", "-1a",
  ].map { Array($0.utf8) }

  /// A text with one to eight changes.
  mutating func mutated(_ text: [UInt8], others: [[UInt8]]) -> [UInt8] {
    var text = text
    for _ in 0..<Int.random(in: 1...8, using: &random) { change(&text, others) }
    return text
  }

  private mutating func change(_ text: inout [UInt8], _ others: [[UInt8]]) {
    let at = Int.random(in: 0...text.count, using: &random)
    let until = min(text.count, at + Int.random(in: 0...20, using: &random))
    switch Int.random(in: 0..<9, using: &random) {
    case 0: text.removeSubrange(at..<until)
    case 1: text.removeSubrange(at...)
    case 2: text.insert(contentsOf: text[at..<until], at: at)
    case 3, 4:
      let piece = Self.pieces.randomElement(using: &random) ?? []
      text.replaceSubrange(at..<until, with: piece)
    case 5: text.insert(UInt8.random(in: 0...255, using: &random), at: at)
    case 6 where at < text.count: text[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 7:
      let other = others.randomElement(using: &random) ?? []
      let from = Int.random(in: 0...other.count, using: &random)
      text.insert(contentsOf: other[from..<min(other.count, from + 60)], at: at)
    default:
      text.insert(
        contentsOf: repeatElement(
          UInt8(ascii: "["), count: Int.random(in: 1...100, using: &random)), at: at)
    }
  }
}

@Suite("Mutated inputs")
struct MutationTests {
  /// Inputs to each parser: 20,000 by default, more by `PLAN_FUZZ`.
  static let count = Int(ProcessInfo.processInfo.environment["PLAN_FUZZ"] ?? "") ?? 20_000

  /// Runs mutated inputs through a reader; whatever it does but end well or throw a fault fails.
  ///
  /// - Parameter limit: no input may take longer, in seconds.
  private func run(
    _ samples: [[UInt8]], seed: UInt64, limit: Double = 5,
    _ body: ([UInt8], Int) throws -> Void
  ) throws {
    var mutator = Mutator(random: SplitMix(state: seed))
    for index in 0..<Self.count {
      let text = mutator.mutated(samples[index % samples.count], others: samples)
      let elapsed = try ContinuousClock().measure {
        do {
          try body(text, index)
        } catch is Fault {
        } catch is FaultList {}
      }
      guard elapsed < .seconds(limit) else {
        Issue.record("input \(index) took \(elapsed): \(String(decoding: text, as: UTF8.self))")
        return
      }
    }
  }

  @Test("no mutated price file stops the program or hangs", arguments: FeedFormat.allCases)
  func feeds(format: FeedFormat) throws {
    let sample = try Fixtures.bytes("\(format.rawValue).txt")
    let feed = PriceFeed(
      catalog: try Fixtures.catalog.get(), settings: FeedSettings(asOf: "2026-11-23"))
    try run([sample], seed: UInt64(format.rawValue.count) + 1) { bytes, index in
      let source = ByteSource(name: "prices", bytes: bytes, piece: 1 + index % 97)
      let reading = try feed.read(source, format: format)
      for price in reading.prices {
        #expect(price.usdPerInstanceHour > 0 && price.usdPerInstanceHour.isFinite)
      }
    }
  }

  @Test("no mutated front of a file misleads the one who recognises layouts into stopping")
  func recognition() throws {
    let samples = try FeedFormat.allCases.map { try Fixtures.bytes("\($0.rawValue).txt") }
    try run(samples, seed: 77) { bytes, index in
      _ = try FeedFormat.recognise(ByteSource(name: "prices", bytes: bytes, piece: 1 + index % 97))
    }
  }

  @Test("whatever is imported from a mutated file, the tables written from it read back well")
  func overlays() throws {
    let catalog = try Fixtures.catalog.get()
    let own = try Fixtures.bytes("offers.csv")
    let feed = PriceFeed(catalog: catalog, settings: FeedSettings(asOf: "2026-11-23"))
    let samples = try FeedFormat.allCases.map { try Fixtures.bytes("\($0.rawValue).txt") }
    try run(samples, seed: 5) { bytes, index in
      let reading = try feed.read(ByteSource(name: "prices", bytes: bytes))
      guard !reading.prices.isEmpty, index % 100 < 9 else { return }
      let overlay = try OfferOverlay(
        prices: reading.prices, existing: (path: "offers.csv", bytes: own), catalog: catalog)
      do {
        _ = try Catalog(overlay: [(path: "offers.csv", bytes: Array(overlay.text.utf8))])
      } catch {
        Issue.record("\(error): \(overlay.text)")
      }
    }
  }

  @Test("no mutated table of the user's stops the catalogue's reader, or the one laid into it")
  func catalogue() throws {
    let offers = try Fixtures.bytes("offers.csv")
    let catalog = try Fixtures.catalog.get()
    try run([offers], seed: 9) { bytes, index in
      let table = TableReader(
        file: "offers.csv", bytes: bytes, required: ["id"], optional: Offer.columns)
      var rows = table.rows
      for index in rows.indices {
        _ = rows[index].number("usd_per_instance_hour", in: 0...1e9)
        _ = rows[index].provenance()
      }
      _ = try OfferOverlay(prices: [], existing: (path: "o", bytes: bytes), catalog: catalog)
      // The whole catalogue takes a thousand times longer to read.
      if index % 100 == 0 { _ = try Catalog(overlay: [(path: "offers.csv", bytes: bytes)]) }
    }
  }

  @Test("no mutated answer of a server stops the fetch")
  func documents() throws {
    let index = Array(
      """
      {"regions": {"us-east-2": {"regionCode": "us-east-2", "currentVersionUrl": "/a/1/x.json"}},
      "other": [{"regionCode": "a", "versionUrl": "/b"}]}
      """.utf8)
    try run([index], seed: 11) { bytes, _ in
      let path = try FetchedDocument.path(
        ofRegion: "us-east-2", format: "csv", in: ByteSource(name: "d", bytes: bytes))
      #expect(path.hasPrefix("/") && !path.contains("..") && !path.contains("$"))
      _ = FetchedDocument.version(ofPath: path)
    }
    let page = try Fixtures.bytes("gcp-skus.txt")
    try run([page], seed: 12) { bytes, _ in
      _ = try FetchedDocument.nextPageToken(in: ByteSource(name: "d", bytes: bytes))
    }
  }
}
