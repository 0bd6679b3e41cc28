import Catalog
import Economics
import Planning
import Quantities

/// A column of the forecast: its name and type in FOCUS.
public struct FocusColumn: Sendable {
  public let name: String
  /// `String`, `Decimal`, `Date/Time` or `JSON`.
  public let type: String

  /// All columns in their order; columns of our own start with `x_` and come last.
  public static let all: [FocusColumn] =
    decimals([
      "BilledCost", "EffectiveCost", "ListCost", "ListUnitPrice", "ContractedCost",
      "ContractedUnitPrice", "PricingQuantity",
    ])
    + texts(["PricingUnit"]) + decimals(["ConsumedQuantity"])
    + texts(["ConsumedUnit", "BillingCurrency", "PricingCurrency"])
    + instants(["BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd"])
    + texts([
      "ChargeCategory", "ChargeFrequency", "PricingCategory", "ChargeClass", "ChargeDescription",
      "ServiceCategory", "ServiceSubcategory", "ServiceName", "ServiceProviderName",
      "HostProviderName", "InvoiceIssuerName", "RegionId", "RegionName", "SkuId", "SkuMeter",
      "SkuPriceId",
    ])
    + objects(["SkuPriceDetails"])
    + texts([
      "ResourceId", "ResourceName", "ResourceType", "CommitmentDiscountId",
      "CommitmentDiscountType",
    ])
    + decimals(["CommitmentDiscountQuantity"])
    + texts([
      "CommitmentDiscountUnit", "CommitmentDiscountStatus", "CapacityReservationId",
      "CapacityReservationStatus", "BillingAccountId", "SubAccountId",
    ])
    + objects(["Tags"]) + texts(["x_ScenarioId", "x_OptionId", "x_ForecastKind"])
    + decimals(["x_Percentile"]) + instants(["x_AsOfDate"])
    + texts(["x_CatalogueVersion", "x_EvidenceGrade", "x_SourceUrl"])
    + decimals(["x_ExchangeRate"]) + instants(["x_ExchangeRateDate"])
    + texts(["x_ProductVersion"]) + decimals(["x_Seed"]) + texts(["x_CostTerm"])

  private static func texts(_ names: [String]) -> [FocusColumn] { typed(names, "String") }
  private static func decimals(_ names: [String]) -> [FocusColumn] { typed(names, "Decimal") }
  private static func instants(_ names: [String]) -> [FocusColumn] { typed(names, "Date/Time") }
  private static func objects(_ names: [String]) -> [FocusColumn] { typed(names, "JSON") }

  private static func typed(_ names: [String], _ type: String) -> [FocusColumn] {
    names.map { FocusColumn(name: $0, type: type) }
  }
}

extension FocusForecast {
  /// A charge's value in a column; null where nothing is known or nothing applies.
  func value(_ column: String, of charge: Charge) -> JSONValue {
    if let value = amount(column, of: charge) { return value }
    switch column {
    case "BillingCurrency", "PricingCurrency": return .string("USD")
    case "BillingPeriodStart": return Self.instant(Self.month(of: charge.start))
    case "BillingPeriodEnd": return Self.instant(Self.monthAfter(charge.start))
    case "ChargePeriodStart": return Self.instant(charge.start)
    case "ChargePeriodEnd": return Self.instant(charge.end)
    case "ChargeCategory": return .string(charge.category)
    case "ChargeDescription": return .string(charge.description)
    case "ChargeFrequency": return .string(charge.frequency)
    case "PricingCategory": return isRent(charge) ? .string(pricingCategory) : .null
    case "ServiceCategory": return .string(isStorage(charge) ? "Storage" : "Compute")
    case "ServiceName": return .string(charge.term.label)
    case "ServiceProviderName", "HostProviderName", "InvoiceIssuerName":
      return isOwn ? .null : .string(assessment.provider)
    case "RegionId", "RegionName": return .text(assessment.region)
    case "SkuId": return isRent(charge) ? .string(assessment.offer) : .null
    case "SkuPriceId":
      return isRent(charge)
        ? .string("\(assessment.offer)/\(assessment.region)/\(assessment.purchase.rawValue)")
        : .null
    case "ResourceId": return .string(assessment.id)
    case "ResourceName": return .string(assessment.label)
    case "ResourceType": return .string(isOwn ? "Accelerator Server" : "Accelerator Instance")
    default: return own(column, of: charge)
    }
  }

  /// The columns of our own.
  private func own(_ column: String, of charge: Charge) -> JSONValue {
    let inputs = outcome.derivations.filter { $0.term == charge.term }.flatMap(\.inputs)
    switch column {
    case "x_ScenarioId": return .string(scenarioId)
    case "x_OptionId": return .string(assessment.id)
    case "x_ForecastKind": return .string("forecast")
    case "x_Percentile": return .integer(50)
    case "x_AsOfDate":
      return (try? CalendarDate(parsing: plan.catalogAsOf)).map(Self.instant) ?? .null
    case "x_CatalogueVersion": return .string(catalogueVersion)
    case "x_EvidenceGrade":
      return inputs.compactMap(\.provenance?.grade).max().map { .string($0.rawValue) } ?? .null
    case "x_SourceUrl": return .text(inputs.compactMap(\.provenance?.source).first ?? "")
    case "x_CostTerm": return .string(charge.term.rawValue)
    case "x_ProductVersion": return .string("plan, schema \(PlanDocument.schemaVersion)")
    case "x_Seed": return plan.decision.map { .number(String($0.seed)) } ?? .null
    default: return .null
    }
  }

  /// Costs, prices and quantities.
  private func amount(_ column: String, of charge: Charge) -> JSONValue? {
    let billed = Double(charge.billedCents) / 100
    let kept = isRent(charge) ? 1 - discount : 1
    switch column {
    case "BilledCost", "ContractedCost": return .decimal(billed, 2)
    case "EffectiveCost": return .decimal(Double(charge.effectiveCents) / 100, 2)
    case "ListCost": return .decimal(kept > 0 ? billed / kept : nil, 2)
    case "ListUnitPrice":
      guard isRent(charge), kept > 0 else { return .null }
      return .significant(hourlyPrice.map { $0 / kept }, 10)
    case "ContractedUnitPrice": return isRent(charge) ? .significant(hourlyPrice, 10) : .null
    case "PricingQuantity": return .decimal(instanceHours(charge), 4)
    case "ConsumedQuantity":
      // Hours of accelerators, where the price is for those of a whole instance.
      guard let instanceHours = instanceHours(charge), assessment.instances > 0 else {
        return .null
      }
      return .decimal(
        instanceHours * Double(assessment.chips) / Double(assessment.instances), 4)
    case "PricingUnit", "ConsumedUnit":
      return instanceHours(charge) != nil ? .string("Hours") : .null
    default: return nil
    }
  }

  /// Hours of instances that a payment of rent is for; nil for what is not priced by the hour.
  private func instanceHours(_ charge: Charge) -> Double? {
    guard isRent(charge), charge.billedCents != 0, let hourlyPrice, hourlyPrice > 0 else {
      return nil
    }
    return Double(charge.billedCents) / 100 / hourlyPrice
  }

  /// US dollars per instance and hour that the option was planned with.
  private var hourlyPrice: Double? {
    outcome.derivations.first { $0.term == .acceleratorRent }?.inputs
      .first { $0.unit == "USD per instance-hour" }?.value
  }

  /// The negotiated discount in that price.
  private var discount: Double {
    guard assessment.purchase != .capacityBlock, assessment.purchase != .spot else { return 0 }
    return plan.scenario.renting.discounts[assessment.provider] ?? 0
  }

  private var isOwn: Bool { assessment.purchase == .own }

  private func isRent(_ charge: Charge) -> Bool {
    !isOwn && [.acceleratorRent, .minimumTermRounding, .idleCommitment].contains(charge.term)
  }

  private func isStorage(_ charge: Charge) -> Bool {
    [.objectStorage, .checkpointStorage, .storageHardware].contains(charge.term)
  }

  private var pricingCategory: String {
    switch assessment.purchase {
    case .spot: "Dynamic"
    case .onDemand, .flexStart: "Standard"
    case .capacityBlock, .calendar, .own: "Other"
    default: "Committed"
    }
  }

  private static func month(of day: CalendarDate) -> CalendarDate {
    CalendarDate(daysSinceEpoch: day.daysSinceEpoch - day.parts.day + 1)
  }

  /// Midnight UTC.
  private static func instant(_ day: CalendarDate) -> JSONValue {
    .string("\(day.iso)T00:00:00Z")
  }

  /// The metadata that FOCUS asks for beside every file.
  ///
  /// - Parameter created: the instant the file was written, `YYYY-MM-DDTHH:mm:ssZ`.
  public func metadata(created: String) -> String {
    JSONValue.object([
      .init("Description", .string("FOCUS-shaped forecast; no conformance is claimed")),
      .init("SchemaId", .string("plan-focus-forecast-\(PlanDocument.schemaVersion)")),
      .init("CreationDate", .string(created)), .init("FocusVersion", .string("1.3")),
      .init("DataGenerator", .string("plan")),
      .init("x_OptionId", .string(assessment.id)), .init("x_Percentile", .integer(50)),
      .init("x_BilledCostSum", .decimal(outcome.planned.cashDollars, 2)),
      .init("x_EffectiveCostSum", .decimal(outcome.planned.economicDollars, 2)),
      .init(
        "ColumnDefinition",
        .array(
          FocusColumn.all.map {
            .object([.init("ColumnName", .string($0.name)), .init("DataType", .string($0.type))])
          })),
    ]).document
  }
}
