import Catalog
import Economics

/// Electricity and greenhouse gas of one option's run.
struct Footprint {
  var megawattHours: Double?
  /// Metric tons of CO2e of the electricity, by the grid of the place.
  var tonnes: Double?
  /// The run's share of making the hardware.
  var embodiedTonnes: Double?
}

extension Assessor {
  /// Of a candidate's final run, experiments left out; of owned servers also burn-in.
  func footprint(_ candidate: Candidate, _ evaluation: Evaluation) -> Footprint {
    let chipHours = evaluation.hours * Double(evaluation.chips)
    let kilowattHours: Double?
    switch candidate.source {
    case .rent:
      kilowattHours =
        EnergyUse.rented(
          accelerator: candidate.accelerator, provider: candidate.provider, chipHours: chipHours,
          catalog: bills.catalog)?.kilowattHours
    case .buy(let quote):
      let chips = evaluation.instances * quote.chips
      kilowattHours =
        OwnershipCost.outcome(
          figures: bills.figures(quote, candidate, chips: chips), chips: chips,
          usefulHours: evaluation.hours, orderDate: scenario.start, charge: .incremental)?
        .energyKilowattHours
    }
    let region = candidate.route == .buyGPU ? scenario.owning.place ?? "us-" : candidate.region
    let grid = Carbon.grid(region: region, catalog: bills.catalog)?.value.central
    return Footprint(
      megawattHours: kilowattHours.map { $0 / 1000 },
      tonnes: kilowattHours.flatMap { energy in
        grid.map { Carbon.tons(kilowattHours: energy, kilogramsPerKilowattHour: $0) }
      },
      embodiedTonnes: embodied(candidate, chipHours: chipHours))
  }

  /// The share of a life of years, all hours counted, of making an 8-GPU board.
  private func embodied(_ candidate: Candidate, chipHours: Double) -> Double? {
    let scope: String
    switch candidate.accelerator.generation {
    case "hopper": scope = "hgx-h100"
    case "blackwell": scope = "hgx-b200"
    default: return nil
    }
    guard let board = bills.catalog.ownership("embodied_carbon/\(scope)")?.value.central,
      let years = scenario.owning.lifeYears ?? bills.rest.lifeYears
    else { return nil }
    return Carbon.embodiedTons(
      kilogramsPerChip: board / 8, chipHours: chipHours, lifeHours: years * 8766)
  }
}
