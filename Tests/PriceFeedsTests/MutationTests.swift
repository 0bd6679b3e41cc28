import Catalog
import Foundation
import Mutations
import Testing

@testable import PriceFeeds

@Suite("Mutated inputs")
struct MutationTests {
  private func run(
    _ samples: [[UInt8]], seed: UInt64, _ body: ([UInt8], Int) throws -> Void
  ) throws {
    let trouble = Mutations.run(
      samples, seed: seed, isFault: { $0 is Fault || $0 is FaultList }, body)
    #expect(trouble == nil)
  }

  @Test("no mutated price file stops the program or hangs", arguments: FeedFormat.allCases)
  func feeds(format: FeedFormat) throws {
    let sample = try Fixtures.bytes("\(format.rawValue).txt")
    let feed = PriceFeed(
      catalog: try Fixtures.catalog.get(), settings: FeedSettings(asOf: "2026-11-23"))
    try run([sample], seed: UInt64(format.rawValue.count) + 1) { bytes, index in
      let source = ByteSource(name: "azure/prices", bytes: bytes, piece: 1 + index % 97)
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
