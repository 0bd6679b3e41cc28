import Catalog
import Economics

extension OwnershipAssumptions {
  /// The assumptions for the place a scenario's servers stand in: its tariff.
  func at(_ owning: OwningAssumptions, _ catalog: Catalog) -> OwnershipAssumptions {
    var there = self
    if let place = owning.place, let row = catalog.ownership("electricity_price/\(place)"),
      row.unit == "usd_per_kwh"
    {
      there.electricity = Sourced(row)
    }
    if let price = owning.dollarsPerKilowattHour {
      there.electricity = Sourced(
        value: Interval(low: nil, typical: price, high: nil), id: "scenario", unit: "usd_per_kwh",
        provenance: .yours)
    }
    return there
  }
}

extension OwnershipFigures {
  /// Puts the scenario's own figures over the catalogue's.
  mutating func adjust(_ owning: OwningAssumptions) {
    if let fraction = owning.residualFraction { residualFractions = .constant(fraction) }
  }
}
