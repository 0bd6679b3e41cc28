import Catalog
import Quantities

/// The tables of the catalogue that `plan catalog` shows.
public enum CatalogSheets {
  static let provenance: [Sheet.Column] = [
    .init("as_of", "As of"), .init("grade", "Ev"), .init("source_url", "Source", widest: 48),
  ]

  static func cells(_ provenance: Provenance) -> [JSONValue] {
    [
      .text(provenance.asOf), .string(provenance.grade.rawValue), .text(provenance.source),
    ]
  }

  /// Accelerators with their rates and networks.
  public static func accelerators(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("kind", "Kind"), .init("name", "Name", widest: 34),
        .init("bf16_tflops", "BF16 TFLOP/s", numeric: true),
        .init("fp8_tflops", "FP8", numeric: true),
        .init("memory_gib", "GiB", numeric: true),
        .init("memory_gb_per_s", "GB/s", numeric: true),
        .init("scaleup_domain_chips", "Domain", numeric: true),
        .init("scaleup_gb_per_s", "Scale-up GB/s", numeric: true),
        .init("scaleout_gbit_per_s", "Scale-out Gb/s", numeric: true),
        .init("power_w", "W", numeric: true), .init("status", "Status"),
        .init("status_reason", "Why", widest: 40),
      ] + provenance,
      rows: catalog.accelerators.map { chip in
        [
          .string(chip.id), .string(chip.kind.rawValue), .string(chip.name),
          .shortest(chip.bf16Teraflops), .shortest(chip.fp8Teraflops), .shortest(chip.memoryGiB),
          .shortest(chip.memoryGBPerSecond), .shortest(chip.scaleUpDomainChips.map(Double.init)),
          .shortest(chip.scaleUpGBPerSecond), .shortest(chip.scaleOutGbitPerSecond),
          .shortest(chip.powerWatts), .string(chip.availability.rawValue),
          .text(chip.availabilityReason),
        ] + cells(chip.provenance)
      })
  }

  /// What can be rented, at what price.
  public static func offers(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("accelerator", "Chip"),
        .init("chips_per_instance", "Chips", numeric: true),
        .init("usd_per_instance_hour", "USD/h", numeric: true),
        .init("usd_per_chip_hour", "USD/chip-h", numeric: true), .init("payment", "Paid"),
        .init("term_rule", "Term"), .init("obtainable", "Obtainable"),
        .init("status_reason", "Why", widest: 40),
      ] + provenance,
      rows: catalog.offers.map { offer in
        [
          .string(offer.id), .string(offer.accelerator), .integer(offer.chipsPerInstance),
          .shortest(offer.usdPerInstanceHour), .significant(offer.usdPerChipHour, 6),
          .string(offer.payment.rawValue), .string(offer.termRule.rawValue),
          .string(offer.obtainable.rawValue), .text(offer.reason),
        ] + cells(offer.provenance)
      })
  }

  /// What can be bought, at what price.
  public static func servers(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("accelerator", "Chip"), .init("chips", "Chips", numeric: true),
        .init("name", "Name", widest: 40), .init("capex_usd_low", "Low USD", numeric: true),
        .init("capex_usd_typical", "Typical USD", numeric: true),
        .init("capex_usd_high", "High USD", numeric: true),
        .init("server_kw_max", "kW", numeric: true),
        .init("lead_time_weeks", "Weeks", numeric: true), .init("status", "Status"),
        .init("status_reason", "Why", widest: 40),
      ] + provenance,
      rows: catalog.quotes.map { quote in
        [
          .string(quote.id), .string(quote.accelerator), .integer(quote.chips),
          .string(quote.name), .shortest(quote.capex.low), .shortest(quote.capex.typical),
          .shortest(quote.capex.high), .shortest(quote.serverKilowattsMax),
          .shortest(quote.leadTimeWeeks), .string(quote.status.rawValue), .text(quote.reason),
        ] + cells(quote.provenance)
      })
  }

  /// What owning costs.
  public static func ownership(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("unit", "Unit"), .init("low", "Low", numeric: true),
        .init("typical", "Typical", numeric: true), .init("high", "High", numeric: true),
      ] + provenance,
      rows: catalog.ownership.map { parameter in
        [
          .string(parameter.id), .string(parameter.unit), .shortest(parameter.value.low),
          .shortest(parameter.value.typical), .shortest(parameter.value.high),
        ] + cells(parameter.provenance)
      })
  }

  /// What the services around the accelerators cost.
  public static func services(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("category", "Category"), .init("name", "Name", widest: 44),
        .init("unit", "Unit"), .init("low", "Low", numeric: true),
        .init("typical", "Typical", numeric: true), .init("high", "High", numeric: true),
      ] + provenance,
      rows: catalog.services.map { service in
        [
          .string(service.id), .string(service.category), .string(service.name),
          .string(service.unit), .shortest(service.value.low), .shortest(service.value.typical),
          .shortest(service.value.high),
        ] + cells(service.provenance)
      })
  }

  /// What was said about accelerators, by whom.
  public static func claims(_ catalog: Catalog) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("claimant", "Claimant", widest: 28),
        .init("independent", "Independent"), .init("route", "Route"),
        .init("accelerator", "Chip"), .init("metric", "Metric", widest: 28),
        .init("low", "Low", numeric: true), .init("typical", "Typical", numeric: true),
        .init("high", "High", numeric: true), .init("wording", "What was said", widest: 48),
      ] + provenance,
      rows: catalog.claims.map { claim in
        [
          .string(claim.id), .string(claim.claimant), .string(claim.independent ? "yes" : "no"),
          .text(claim.route), .text(claim.accelerator), .string(claim.metric),
          .shortest(claim.value.low), .shortest(claim.value.typical), .shortest(claim.value.high),
          .text(claim.wording),
        ] + cells(claim.provenance)
      })
  }
}
