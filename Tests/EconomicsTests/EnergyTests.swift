import Catalog
import Testing

@testable import Economics

@Suite("Energy and carbon")
struct EnergyTests {
  /// Chip-hours, W, MWh and metric tons of a published run.
  struct Run: Sendable {
    var hours: Double
    var watts: Double
    var megawattHours: Double
    var tons: Double
    var tonsPerMegawattHour: Double
  }

  // Model cards of Llama 2, 3, 3.1 and 4: hours, power and tons are published, the rest follows.
  static let runs: [Run] = [
    Run(
      hours: 184_320, watts: 400, megawattHours: 73.73, tons: 31.22, tonsPerMegawattHour: 0.42345),
    Run(
      hours: 368_640, watts: 400, megawattHours: 147.46, tons: 62.44, tonsPerMegawattHour: 0.42345),
    Run(
      hours: 1_720_320, watts: 400, megawattHours: 688.13, tons: 291.42,
      tonsPerMegawattHour: 0.42350),
    Run(hours: 1.3e6, watts: 700, megawattHours: 910, tons: 390, tonsPerMegawattHour: 0.4286),
    Run(hours: 6.4e6, watts: 700, megawattHours: 4480, tons: 1900, tonsPerMegawattHour: 0.4241),
    Run(hours: 1.46e6, watts: 700, megawattHours: 1022, tons: 420, tonsPerMegawattHour: 0.411),
    Run(hours: 7.0e6, watts: 700, megawattHours: 4900, tons: 2040, tonsPerMegawattHour: 0.4163),
    Run(
      hours: 30.84e6, watts: 700, megawattHours: 21_588, tons: 8930, tonsPerMegawattHour: 0.4137),
    Run(hours: 5.0e6, watts: 700, megawattHours: 3500, tons: 1354, tonsPerMegawattHour: 0.3869),
    Run(hours: 2.38e6, watts: 700, megawattHours: 1666, tons: 645, tonsPerMegawattHour: 0.3872),
  ]

  @Test("energy and gas of published runs follow from their hours and power", arguments: runs)
  func modelCards(run: Run) {
    let use = EnergyUse(chipHours: run.hours, kilowattsPerChip: run.watts / 1000)
    #expect(abs(use.kilowattHours / 1000 - run.megawattHours) < 0.006)
    let tons = Carbon.tons(
      kilowattHours: use.kilowattHours, kilogramsPerKilowattHour: run.tonsPerMegawattHour)
    #expect(abs(tons / run.tons - 1) < 1e-3)
  }

  @Test("BLOOM and GPT-3 come out as published")
  func older() {
    // Luccioni et al. 2022 (arXiv:2211.02001): 24.69 t dynamic, 14.6 idle, 11.2 embodied.
    let bloom = EnergyUse(chipHours: 1_082_990, kilowattsPerChip: 0.4)
    #expect(abs(bloom.kilowattHours - 433_196) < 0.5)
    func tons(_ kilowattHours: Double) -> Double {
      Carbon.tons(kilowattHours: kilowattHours, kilogramsPerKilowattHour: 0.057)
    }
    #expect(abs(tons(bloom.kilowattHours) - 24.692) < 5e-4)
    #expect(abs(tons(bloom.kilowattHours) + tons(256_646) + 11.2 - 50.52) < 5e-3)
    #expect(abs(tons(bloom.kilowattHours * 1.2) - 29.63) < 5e-3)
    // Patterson et al. 2021 (arXiv:2104.10350): 10,000 V100 at 330 W for 14.8 days, PUE 1.10.
    let gpt3 = EnergyUse(
      chipHours: 10_000 * 14.8 * 24, kilowattsPerChip: 0.33, powerUsageEffectiveness: 1.1)
    #expect(abs(gpt3.kilowattHours / 1000 - 1289) < 0.5)
    #expect(
      abs(Carbon.tons(kilowattHours: 1.287e6, kilogramsPerKilowattHour: 0.429) - 552.1) < 0.05)
    #expect(
      Carbon.embodiedTons(kilogramsPerChip: 164, chipHours: 87_660, lifeHours: 43_830) == 0.328)
  }

  @Test("a rented chip's power is known for GPUs and two TPUs, unknown for Trainium")
  func rented() throws {
    let catalog = try Catalog()
    func kilowatts(_ id: String, _ provider: String = "aws") throws -> Double? {
      let chip = try #require(catalog.accelerator(id))
      let use = EnergyUse.rented(
        accelerator: chip, provider: provider, chipHours: 1, catalog: catalog)
      return use?.kilowattHours
    }
    // 700 W x 1.82 of the server x 0.75 average x 1.15 of the facility.
    #expect(near(try kilowatts("h100-sxm") ?? 0, 0.7 * 1.82 * 0.75 * 1.15))
    #expect(near(try kilowatts("tpu-v4", "gcp") ?? 0, 0.17 * 1.1))
    #expect(try kilowatts("trn2") == nil)
    #expect(try kilowatts("h100-sxm", "elsewhere") == nil)
  }

  static let places: [(String, String?)] = [
    ("us-east-1", "us-pjm"), ("us-east-1-atl-1", "us-georgia"), ("us-east1", "us-south-carolina"),
    ("us-east5", "us-pjm"), ("us-central2", "us-oklahoma"), ("us-west-1", "us-national"),
    ("us-west-2", "us-oregon"), ("europe-west4", "netherlands-region"), ("europe-west1", nil),
    ("asia-southeast1", "singapore-national"), ("asia-south1", "india-national"),
    ("asia-southeast2", nil), ("sa-east-1", nil), ("", nil),
  ]

  @Test("a region's grid is found, or nil", arguments: places)
  func grid(region: String, scope: String?) throws {
    let row = Carbon.grid(region: region, catalog: try Catalog())
    #expect(row?.id == scope.map { "grid_carbon_intensity/\($0)" })
  }
}
