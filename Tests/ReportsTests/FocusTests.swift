import Economics
import Foundation
import Planning
import Quantities
import Testing

@testable import Reports

@Suite("FOCUS-shaped forecast")
struct FocusTests {
  /// Every option with figures, of plans with every kind of purchase.
  private func forecasts() throws -> [(FocusForecast, Outcome)] {
    try [Samples.sized.get(), Samples.given.get()].flatMap { plan in
      plan.assessments.compactMap { assessment in
        FocusForecast(assessment, in: plan).map { ($0, $0.outcome) }
      }
    }
  }

  @Test("billed cost sums to the plan's cash and effective cost to its economic cost, to the cent")
  func sums() throws {
    let all = try forecasts()
    #expect(all.count > 100)
    for (forecast, outcome) in all {
      let charges = forecast.charges
      let id = forecast.assessment.id
      let billed = charges.map(\.billedCents).reduce(0, +)
      #expect(billed == Money(dollars: outcome.planned.cashDollars).cents, "\(id)")
      #expect(
        charges.map(\.effectiveCents).reduce(0, +)
          == Money(dollars: outcome.planned.economicDollars).cents, "\(id)")
    }
  }

  @Test("no credit is positive, and no charge ends before it starts")
  func signs() throws {
    for (forecast, _) in try forecasts() {
      for charge in forecast.charges {
        #expect(charge.start < charge.end)
        if charge.category == "Credit" {
          #expect(charge.billedCents == 0 && charge.effectiveCents <= 0)
        }
        #expect(charge.category != "Adjustment" || abs(charge.effectiveCents) <= 1)
      }
    }
  }

  /// facts of FOCUS 1.2 and 1.3: ids of columns, and those of our own last.
  @Test("columns are FOCUS's own by name, each once, and those that begin with x_ come last")
  func columns() throws {
    let names = FocusColumn.all.map(\.name)
    #expect(Set(names).count == names.count)
    let own = names.drop { !$0.hasPrefix("x_") }
    #expect(own.allSatisfy { $0.hasPrefix("x_") } && own.count >= 12)
    for name in [
      "BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "PricingQuantity",
      "PricingUnit", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd",
      "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ChargeClass",
      "ChargeDescription", "ServiceCategory", "ServiceName", "BillingAccountId",
    ] {
      #expect(names.contains(name), "\(name) is mandatory")
    }
    for name in names {
      let letters = name.hasPrefix("x_") ? name.dropFirst(2) : name[...]
      #expect(letters.count <= 50 && letters.first?.isUppercase == true)
      #expect(letters.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
  }

  @Test("values keep to FOCUS: numbers without plus or comma, instants in UTC, nulls empty")
  func values() throws {
    let plan = try Samples.given.get()
    for assessment in plan.ranked.prefix(40) {
      let forecast = try #require(FocusForecast(assessment, in: plan))
      let rows = records(forecast.csv)
      #expect(rows[0] == FocusColumn.all.map(\.name))
      #expect(Set(rows.map(\.count)) == [FocusColumn.all.count])
      for row in rows.dropFirst() {
        for (cell, column) in zip(row, FocusColumn.all) where !cell.isEmpty {
          switch column.type {
          case "Decimal":
            #expect(cell.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?/) != nil, "\(cell)")
          case "Date/Time":
            #expect(cell.wholeMatch(of: /\d{4}-\d\d-\d\dT00:00:00Z/) != nil, "\(cell)")
          default: #expect(!["null", "N/A", "-", "0"].contains(cell))
          }
        }
        let months = [12, 13].map { row[$0] }
        #expect(months[0] < months[1] && months[0].contains("-01T"))
      }
    }
  }

  @Test("the metadata names schema, version and every column with its type, and the sums")
  func metadata() throws {
    let plan = try Samples.given.get()
    let best = try #require(plan.ranked.first)
    let forecast = try #require(FocusForecast(best, in: plan))
    let text = forecast.metadata(created: "2026-11-24T00:00:00Z")
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let object = try #require(parsed as? [String: Any])
    for key in ["SchemaId", "CreationDate", "FocusVersion"] { #expect(object[key] is String) }
    let columns = try #require(object["ColumnDefinition"] as? [[String: String]])
    #expect(columns.compactMap { $0["ColumnName"] } == FocusColumn.all.map(\.name))
    let sum = try #require(object["x_BilledCostSum"] as? Double)
    #expect(abs(sum - (best.outcome?.planned.cashDollars ?? 0)) < 0.01)
  }
}
