import Catalog
import Quantities

/// What `plan catalog` shows of how capacity is had and what it is expected to cost.
extension CatalogSheets {
  /// How capacity of each channel is had.
  public static func obtainability(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("providers", "Sellers", widest: 28),
        .init("purchases", "Bought", widest: 28), .init("accelerators", "Chips", widest: 28),
        .init("class", "Class"), .init("chips_least", "From chips", numeric: true),
        .init("chips_most", "To chips", numeric: true),
        .init("most_chips_at_once", "Most at once", numeric: true),
        .init("default_quota_chips", "Quota", numeric: true),
        .init("longest_term_days", "Longest days", numeric: true),
        .init("wait_median_days", "Wait", numeric: true),
        .init("wait_p90_days", "Wait P90", numeric: true),
        .init("chance_low", "Low", numeric: true),
        .init("chance_typical", "Chance", numeric: true),
        .init("chance_high", "High", numeric: true),
      ] + provenance,
      rows: catalog.channels.map { row in
        [
          .string(row.id), words(row.providers), words(row.purchases.map(\.rawValue)),
          words(row.accelerators), .string(row.capacityClass.rawValue), count(row.chipsLeast),
          count(row.chipsMost), count(row.mostChipsAtOnce), count(row.defaultQuotaChips),
          .shortest(row.longestTermDays), .shortest(row.waitMedianDays),
          .shortest(row.waitP90Days), .shortest(row.chance.low), .shortest(row.chance.typical),
          .shortest(row.chance.high),
        ] + cells(row.provenance)
      })
  }

  /// What buyers of some size are expected to pay against the lists.
  public static func discounts(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("providers", "Sellers", widest: 28),
        .init("purchases", "Bought", widest: 28), .init("accelerators", "Chips", widest: 28),
        .init("chips_least", "From chips", numeric: true),
        .init("chips_most", "To chips", numeric: true),
        .init("usd_least", "From USD", numeric: true),
        .init("usd_below", "Below USD", numeric: true), .init("basis", "Of"),
        .init("low", "Low", numeric: true), .init("typical", "Typical", numeric: true),
        .init("high", "High", numeric: true),
      ] + provenance,
      rows: catalog.discounts.map { row in
        [
          .string(row.id), words(row.providers), words(row.purchases.map(\.rawValue)),
          words(row.accelerators), count(row.chipsLeast), count(row.chipsMost),
          .shortest(row.dollarsLeast), .shortest(row.dollarsBelow), .string(row.basis.rawValue),
          .shortest(row.value.low), .shortest(row.value.typical), .shortest(row.value.high),
        ] + cells(row.provenance)
      })
  }

  /// Values that no source gives.
  public static func judgement(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("applies_to", "Cases", widest: 40), .init("unit", "Unit"),
        .init("low", "Low", numeric: true), .init("typical", "Typical", numeric: true),
        .init("high", "High", numeric: true), .init("note", "Of what, and why", widest: 60),
      ] + provenance,
      rows: catalog.judgements.map { row in
        [
          .string(row.id), words(row.appliesTo), .string(row.unit), .shortest(row.value.low),
          .shortest(row.value.typical), .shortest(row.value.high), .text(row.provenance.note),
        ] + cells(row.provenance)
      })
  }

  /// Words with spaces between; `any` where none is named.
  private static func words(_ words: [String]) -> JSONValue {
    .string(words.isEmpty ? "any" : words.joined(separator: " "))
  }

  private static func count(_ value: Int?) -> JSONValue {
    .shortest(value.map(Double.init))
  }
}
