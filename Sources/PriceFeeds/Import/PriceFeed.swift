import Catalog

/// What an import goes by besides the file itself.
public struct FeedSettings: Sendable {
  /// The day of the prices where the file names none; empty when unknown.
  public var asOf: String
  /// The address to note as the prices' source instead of the layout's own; empty for none.
  public var source: String

  public init(asOf: String = "", source: String = "") {
    self.asOf = asOf
    self.source = source
  }
}

/// Reads price files of every known layout.
public struct PriceFeed {
  private let known: KnownInstances
  private let settings: FeedSettings

  /// - Parameters:
  ///   - catalog: says which instances matter.
  ///   - settings: what the file itself doesn't say.
  public init(catalog: Catalog, settings: FeedSettings = FeedSettings()) {
    known = KnownInstances(catalog)
    self.settings = settings
  }

  /// Reads a whole stream.
  ///
  /// - Parameter format: nil recognises the layout from the content.
  /// - Throws: `Fault` where the file is cut off, mangled or of no known layout.
  public func read(_ source: ByteSource, format: FeedFormat? = nil) throws -> FeedReading {
    let format = try format ?? FeedFormat.recognise(source)
    var reading =
      switch format {
      case .ec2CSV: try OfferFileCSV(known: known).read(source)
      case .ec2JSON: try OfferFileJSON(known: known).read(source)
      case .savingsPlans: try SavingsPlansFeed(known: known).read(source)
      case .spotHistory: try SpotHistoryFeed(known: known).read(source)
      case .capacityBlocks: try CapacityBlockFeed(known: known).read(source)
      case .gcpSKUs: try BillingSKUFeed(known: known).read(source)
      case .skyPilotAWS: try SkyPilotFeed(known: known, provider: .aws).read(source)
      case .skyPilotGCP: try SkyPilotFeed(known: known, provider: .gcp).read(source)
      case .skyPilot: try SkyPilotCloudFeed(known: known).read(source)
      case .getProducts: try ProductListFeed(known: known).read(source)
      case .gcpPricingV2: try PricingV2Feed(known: known).read(source)
      case .gpuhunt: try GPUHuntFeed(known: known).read(source)
      case .vantage: try VantageFeed(known: known).read(source)
      }
    for index in reading.prices.indices {
      if reading.prices[index].asOf.isEmpty { reading.prices[index].asOf = settings.asOf }
      if !settings.source.isEmpty { reading.prices[index].source = settings.source }
    }
    return reading
  }
}
