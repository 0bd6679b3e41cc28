import Catalog
import Foundation
import PriceFeeds

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How fast and in how much memory a large offer file is read.
///
/// `generate` and `read` are two runs of the program, so that making the file doesn't count towards
/// the reader's memory:
///
///     plan-benchmarks prices generate /tmp/offers 300
///     plan-benchmarks prices read /tmp/offers/ec2.csv
enum ImportBenchmark {
  static func run(_ arguments: [String]) throws {
    switch arguments.first {
    case "generate" where arguments.count == 3:
      let megabytes = Int(arguments[2]) ?? 300
      try FileManager.default.createDirectory(
        atPath: arguments[1], withIntermediateDirectories: true)
      try OfferFileGenerator.writeCSV(bytes: megabytes * 1_000_000, to: "\(arguments[1])/ec2.csv")
      try OfferFileGenerator.writeJSON(products: megabytes * 300, to: "\(arguments[1])/ec2.json")
    case "read" where arguments.count == 2: try read(arguments[1])
    default: print("prices generate FOLDER MEGABYTES, or prices read FILE")
    }
  }

  private static func read(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    var bytes = 0
    let source = ByteSource(name: path) { buffer in
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      bytes += max(0, count)
      return max(0, count)
    }
    let feed = PriceFeed(catalog: try Catalog())
    var reading: FeedReading?
    let elapsed = try seconds { reading = try feed.read(source) }
    var usage = rusage()
    // 0 is RUSAGE_SELF, which has another type on each system.
    getrusage(0, &usage)
    let rate = Double(bytes) / elapsed / 1e6
    print(
      "import: \(bytes / 1_000_000) MB in \(elapsed) s: \(rate) MB/s,",
      "\(usage.ru_maxrss / 1024) MiB at most")
    guard let reading else { return }
    print(
      "  \(reading.prices.count) prices of \(OfferFileGenerator.known.count) instances;",
      "\(reading.passedOver.map(\.count).reduce(0, +)) rows passed over")
  }
}
