import Catalog

/// A price read from a provider's file for an instance the catalogue knows.
public struct FeedPrice: Hashable, Sendable {
  public var provider: String
  public var instance: String
  public var region: String
  public var purchase: Purchase
  /// US dollars per instance and hour; fees paid at the start are spread over the term.
  public var usdPerInstanceHour: Double
  /// ISO date, empty when the file names none.
  public var asOf: String
  public var source: String
  public var note: String
  public var grade = EvidenceGrade.c
  /// Whether the file is an offer made to the reader's own account, which can be bought as it stands.
  public var isOfferedToReader = false

  /// The offer's key in the catalogue, `provider/instance/region/purchase`.
  public var id: String { "\(provider)/\(instance)/\(region)/\(purchase.rawValue)" }
}

/// Rows that were passed over for one reason.
public struct PassedOver: Hashable, Sendable {
  /// How much the reader should mind.
  public enum Weight: Int, Comparable, Sendable {
    /// No price of anything in the catalogue.
    case other
    /// A price of something in the catalogue that is not the kind that is planned with.
    case unwanted
    /// A row that looks as if it mattered and follows no known rule.
    case unrecognised

    public static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }
  }

  public var weight: Weight
  /// What the rows have in common: `operating system other than Linux`.
  public var reason: String
  public var count: Int
  /// The first of them, for finding it: `line 12: trn2.48xlarge`.
  public var example: String
}

/// What was read from one file.
public struct FeedReading: Sendable {
  public var file: String
  public var format: FeedFormat
  /// One price an offer, in the order first seen.
  public var prices: [FeedPrice]
  /// Rows passed over, the ones to mind first.
  public var passedOver: [PassedOver]
  /// Whether prices carry no date and the file names none.
  public var isUndated: Bool { prices.contains { $0.asOf.isEmpty } }
}
