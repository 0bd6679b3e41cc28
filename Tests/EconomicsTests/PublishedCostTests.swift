import Catalog
import Economics
import Quantities
import Testing

@Suite("Published cost models")
struct PublishedCostTests {
  /// Epoch AI's data on frontier training costs (epoch-research/training-cost-trends); server power
  /// 6.5 kW for eight A100, 10.2 kW for eight H100; index PCU518210518210, December 2023.
  private func epoch(
    _ price: Double, days: Double, hours: Double, chip: Double, server: Double, tariff: Double,
    index: Double
  ) -> EpochAmortisation {
    EpochAmortisation(
      chipDollars: price, daysOwned: days, chipHours: hours, chipKilowatts: chip,
      serverOverChip: server / 8 / chip, pue: 1.1, dollarsPerKilowattHour: tariff,
      priceIndex: 119.029 / index)
  }

  @Test("OPT-175B cost 731,668 and every line on the way is Epoch's")
  func opt() {
    let run = epoch(
      24_875, days: 348, hours: 812_544, chip: 0.4, server: 6.5, tariff: 0.0832, index: 117.176)
    #expect(prints(run.chipValueDollars, as: "18296.79"))
    #expect(prints(run.dollarsPerChipHour, as: "0.6728"))
    #expect(prints(run.hardwareDollars, as: "546719"))
    #expect(prints(run.networkDollars, as: "128243"))
    #expect(prints(run.energyDollars, as: "45316"))
    #expect(prints(run.totalDollars, as: "731668"))
  }

  @Test("Llama 2 70B cost 1,099,605")
  func llama2() {
    let run = epoch(
      24_875, days: 752, hours: 1_720_320, chip: 0.4, server: 6.5, tariff: 0.0806, index: 118.355)
    #expect(prints(run.totalDollars, as: "1099605"))
  }

  @Test("Llama 3.1 405B is within 0.3% of Epoch's table, whose index is of a later vintage")
  func llama31() {
    let run = epoch(
      44_489.88, days: 432, hours: 35_094_528, chip: 0.7, server: 10.2, tariff: 0.0771,
      index: 119.863)
    #expect(prints(run.totalDollars, as: "50903674"))
    #expect(agree(run.totalDollars, 51_040_524, within: 0.003))
    let bought = EpochAmortisation.acquisitionDollars(chips: 16_384, chipDollars: 44_489.88)
    #expect(prints(bought / 1e6, as: "899.90"))
  }

  static let owned: [(acquired: String, published: String, hours: Double, days: Double)] = [
    ("2021-02-14", "2022-05-02", 793, 348), ("2021-02-14", "2023-07-18", 1728, 752),
    ("2022-12-19", "2024-07-23", 2142, 432),
  ]

  @Test("the days hardware was owned follow from the dates", arguments: owned)
  func days(acquired: String, published: String, hours: Double, days: Double) throws {
    let counted = EpochAmortisation.daysOwned(
      acquired: try CalendarDate(parsing: acquired),
      published: try CalendarDate(parsing: published),
      trainingHours: hours)
    #expect(counted == days)
  }

  @Test("A100 was acquired 90 days after its release, not when its price was first seen")
  func acquired() throws {
    let released = try CalendarDate(parsing: "2020-11-16")
    let seen = try CalendarDate(parsing: "2020-05-21")
    let day = EpochAmortisation.acquired(firstPrice: seen, released: released)
    #expect(day.iso == "2021-02-14")
  }

  @Test("a million chip-hours of a 30,000 USD chip amortise to 1,103,979")
  func amortised() {
    // The note's year has 8,760 hours, the method's 8,766: the same rate times 8766/8760.
    let run = EpochAmortisation(
      chipDollars: 30_000, daysOwned: 0, chipHours: 1e6 * 8766 / 8760, chipKilowatts: 0,
      serverOverChip: 1, pue: 1, dollarsPerKilowattHour: 0)
    #expect(prints(run.hardwareDollars, as: "1103979"))
  }

  @Test("Lenovo: a server of 833,806 breaks even with a rent of 98.32 after 8,556 hours")
  func lenovo() {
    // Lenovo Press LP2225 (May 2025).
    let hours = OwnVersusRent.breakEvenHours(
      capexDollars: 833_806, rentPerHour: 98.32, ownPerHour: 0.87)
    #expect(prints(hours, as: "8556"))
    #expect(OwnVersusRent.breakEvenHours(capexDollars: 1, rentPerHour: 1, ownPerHour: 1) == nil)
    let rate = RentalRate(terms: RentalTerms(rule: .none), dollarsPerHour: 98.32)
    let llama = rate.totals(forHours: 39.3e6 / 8)
    #expect(prints(llama.map { $0.cashDollars / 1e6 }, as: "482.997"))
  }

  /// A public H100 cluster sheet (August 2024): servers 310,000 and 50,000 of hall each, switches
  /// 36,000, and cables.
  @Test(
    "the public cluster sheet comes to 24,003,840 for 512 and 50,429,440 for 1,024 GPUs",
    arguments: [(512, 8, 675_840.0, 24_003_840.0), (1024, 48, 2_621_440, 50_429_440)])
  func clusterSheet(chips: Int, switches: Int, cables: Double, total: Double) throws {
    #expect(ClosFabric.switches(chips: chips) == switches)
    let (quote, assumed) = try #require(Fixtures.h100(chips: chips))
    let sheet = Provenance(source: "sheet", asOf: "2024-08", grade: .c)
    var assumptions = OwnershipAssumptions()
    assumptions.serverDollars = Assumed(
      360_000, unit: "usd_per_server", sourceID: "sheet", provenance: sheet)
    let network = (Double(switches) * 36_000 + cables) / Double(chips)
    assumptions.networkDollarsPerChip = Assumed(
      network, unit: "usd_per_gpu", sourceID: "sheet", provenance: sheet)
    let bill = try OwnershipBill(quote: quote, chips: chips, assumptions: assumptions)
    #expect(agree(bill.hardwareDollars, total))
    // The catalogue's row of that size is the same sheet, rounded to a dollar a GPU.
    #expect(abs((assumed.networkDollarsPerChip?.value ?? 0) - network) < 1)
  }

  @Test("aiinframap: 1,024 H100 cost 32.83M and 9.3k an effective petaFLOP/s and year")
  func aiinframap() {
    let energy = EnergyUse(
      chipHours: 1024 * 43_800, chipWatts: 700, utilisation: 0.7, pue: 1.2)
    let total = 1024 * 30_000 + energy.kilowattHours * 0.08
    #expect(prints(total / 1e6, as: "32.83"))
    let each = OwnVersusRent.dollarsPerEffectivePetaflopYear(
      totalDollars: total, effectivePetaflops: 0.989 * 0.7 * 1024, years: 5)
    #expect(prints(each / 1000, as: "9.3"))
  }
}

@Suite("Energy and carbon")
struct CarbonTests {
  /// Model cards at github.com/meta-llama/llama-models (2025-07-15) and BLOOM (arXiv 2211.02001):
  /// chip-hours at rated power, and the factor each card's own figures imply, which bundles PUE and
  /// grid.
  static let cards:
    [(hours: Double, watts: Double, factor: Double, megawattHours: String, tonnes: String)] = [
      (184_320, 400, 0.42345, "73.73", "31.22"), (368_640, 400, 0.42345, "147.46", "62.44"),
      (1_720_320, 400, 0.4235, "688.13", "291.42"), (1.3e6, 700, 0.4286, "910", "390"),
      (6.4e6, 700, 0.4241, "4480", "1900"), (7.0e6, 700, 0.4163, "4900", "2040"),
      (30.84e6, 700, 0.41366, "21588", "8930"), (5.0e6, 700, 0.38686, "3500", "1354"),
      (1_082_990, 400, 0.057, "433.20", "24.69"),
    ]

  @Test("the energy and carbon of published runs come out of hours and watts", arguments: cards)
  func published(
    hours: Double, watts: Double, factor: Double, megawattHours: String, tonnes: String
  ) {
    let energy = EnergyUse(chipHours: hours, chipWatts: watts)
    #expect(prints(energy.megawattHours, as: megawattHours))
    let carbon = Carbon.tonnes(
      kilowattHours: energy.kilowattHours, kilogramsPerKilowattHour: factor)
    #expect(prints(carbon, as: tonnes))
  }

  @Test("BLOOM: 24.69 t running, 29.63 t with PUE 1.2, and 50.5 t with idle power and hardware")
  func bloom() {
    var energy = EnergyUse(chipHours: 1_082_990, chipWatts: 400)
    func tonnes(_ kilowattHours: Double) -> Double {
      Carbon.tonnes(kilowattHours: kilowattHours, kilogramsPerKilowattHour: 0.057)
    }
    let all = tonnes(energy.kilowattHours) + tonnes(256_646) + 11.2
    #expect(prints(all, as: "50.5"))
    energy.pue = 1.2
    #expect(prints(tonnes(energy.kilowattHours), as: "29.63"))
  }

  @Test("hardware's own carbon is shared by the hours used")
  func embodied() {
    // 1,312 kg a baseboard of eight, five years of life, a tenth of it used.
    let share = Carbon.embodiedTonnes(
      kilogramsPerChip: 164, chipHours: 8 * 4380, lifeHours: 43_800)
    #expect(agree(share, 0.1312))
  }

  @Test("a region draws from the grid it stands on, and an unknown one from none")
  func grids() throws {
    let catalog = try #require(Fixtures.catalog)
    func row(_ region: String) -> String? {
      Carbon.gridRow(region: region, catalog: catalog)?.scope
    }
    #expect(row("us-east5") == "us-pjm")
    #expect(row("us-east1") == "us-south-carolina")
    #expect(row("us-east-1-dfw-2a") == "us-texas-ercot")
    #expect(row("europe-west4") == "netherlands-region")
    #expect(row("us-west-2-phx-2a") == nil)
    #expect(row("nowhere") == nil)
    let missing = catalog.offers.map(\.region).filter {
      Carbon.gridScope(region: $0) != nil && row($0) == nil
    }
    #expect(missing.isEmpty)
  }
}
