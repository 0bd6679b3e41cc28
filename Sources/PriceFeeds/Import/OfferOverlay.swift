import Catalog
import Quantities

/// The user's own offers.csv with imported prices laid into it.
public struct OfferOverlay: Sendable {
  /// What became of an imported price.
  public enum Outcome: String, CaseIterable, Sendable {
    /// The offer is new to the catalogue.
    case added
    /// Another price than the one known so far, or the first one.
    case changed
    /// The price known so far, seen again.
    case confirmed
    /// Left as it was: the price known so far is of a later day.
    case keptNewer = "kept_newer"
    /// Left as it was: the user's own row, of grade A.
    case keptOwn = "kept_own"
  }

  /// One imported price against the one known so far.
  public struct Change: Sendable {
    public var price: FeedPrice
    /// US dollars per instance and hour; nil when none was known.
    public var before: Double?
    public var after: Double
    public var outcome: Outcome
  }

  /// The file's new text.
  public let text: String
  /// One an imported price, in the order they were read.
  public let changes: [Change]

  /// Whether the file has to be written at all.
  public var isChanged: Bool {
    changes.contains { [.added, .changed, .confirmed].contains($0.outcome) }
  }

  /// Lays prices into an offers.csv by id; every other row stays as it is.
  ///
  /// - Parameters:
  ///   - prices: later ones win over earlier ones of the same id.
  ///   - existing: the file's name and bytes; nil when there is none yet.
  ///   - catalog: with the existing file laid over it.
  ///   - replacesAll: whether newer rows and the user's own give way too.
  /// - Throws: `FaultList` when the existing file is bad.
  public init(
    prices: [FeedPrice], existing: (path: String, bytes: [UInt8])?, catalog: Catalog,
    replacesAll: Bool = false
  ) throws(FaultList) {
    var rows = try Self.rows(of: existing)
    var index = Dictionary(
      rows.indices.map { (Self.key(rows[$0].cells[0]), $0) },
      uniquingKeysWith: { first, _ in first })
    let known = KnownInstances(catalog)
    var changes: [Change] = []
    var places: [String: Int] = [:]
    for price in prices {
      let old = known[price.id]
      guard let row = OfferRow(price, known: known.offers(price.provider, price.instance)) else {
        continue
      }
      let change = Change(
        price: price, before: old?.usdPerInstanceHour,
        after: OfferRow.rounded(price.usdPerInstanceHour),
        outcome: Self.outcome(price, old, replacesAll: replacesAll))
      if let place = places[price.id] {
        changes[place] = change
      } else {
        places[price.id] = changes.count
        changes.append(change)
      }
      guard change.outcome != .keptNewer, change.outcome != .keptOwn else { continue }
      if let at = index[Self.key(price.id)] {
        rows[at] = row
      } else {
        index[Self.key(price.id)] = rows.count
        rows.append(row)
      }
    }
    self.changes = changes
    let withTerms = rows.contains(where: \.hasTerms)
    text =
      OfferRow.line(withTerms ? Offer.columns + Offer.termColumns : Offer.columns)
      + rows.map { $0.line(withTerms: withTerms) }.joined()
  }

  /// An id as the catalogue compares it.
  private static func key(_ id: String) -> String { id.withoutOuterBlanks.lowercased() }

  private static func rows(
    of existing: (path: String, bytes: [UInt8])?
  ) throws(FaultList) -> [OfferRow] {
    guard let existing else { return [] }
    let table = TableReader(
      file: existing.path, bytes: existing.bytes, required: ["id"],
      optional: Offer.columns + Offer.termColumns)
    guard table.faults.isEmpty else { throw FaultList(table.faults) }
    var rows = table.rows
    return rows.indices.map { OfferRow(&rows[$0]) }
  }

  private static func outcome(_ price: FeedPrice, _ old: Offer?, replacesAll: Bool) -> Outcome {
    guard let old else { return .added }
    let before = old.usdPerInstanceHour
    if !replacesAll && before != nil {
      if old.provenance.grade == .a { return .keptOwn }
      // Dates of less than full precision sort before the days they contain.
      if old.provenance.asOf > price.asOf && !price.asOf.isEmpty { return .keptNewer }
    }
    guard let before else { return .changed }
    let after = OfferRow.rounded(price.usdPerInstanceHour)
    return abs(after - before) <= 1e-9 * before ? .confirmed : .changed
  }
}
