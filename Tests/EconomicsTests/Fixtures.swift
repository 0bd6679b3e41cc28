import Catalog
import Economics
import Quantities

/// The built-in catalogue, read once, with offers and quotes of the tests laid over it.
enum Fixtures {
  static let catalog: Catalog? = {
    let offers = [
      "id,provider,instance,accelerator,chips_per_instance,region,purchase,"
        + "usd_per_instance_hour,payment,min_term_hours,max_term_hours,term_rule,max_instances,"
        + "max_instances_total,chip_counts,multislice_max_chips,source_url,as_of,grade",
      "t/block,t,i,trn2,16,r,capacity_block,32,upfront,24,4368,capacity_block,64,256,,,x,2026,C",
      "t/ultra,t,u-i,trn2,64,r,capacity_block,128,upfront,24,4368,capacity_block,,,,,x,2026,C",
      "t/hour,t,i,trn2,16,r,on_demand,40,hourly,0,,none,,,,,x,2026,C",
      "t/spot,t,i,trn2,16,r,spot,16,hourly,0,,none,,,,,x,2026,C",
      "t/flex,t,s,tpu-v5p,1,r,flex_start,2,hourly,0.1667,168,flex_start,,,4 8 256,1024,x,2026,C",
      "t/calendar,t,s,tpu-v5p,1,r,calendar,3,monthly,24,2160,calendar,,,4 8 256,,x,2026,C",
      "t/year,t,i,trn2,16,r,commit_1y,25.2,monthly,8760,8760,commitment,,,,,x,2026,C",
      "t/three,t,i,trn2,16,r,commit_3y_all_upfront,16,upfront,26280,26280,commitment,,,,,x,2026,C",
      "t/unpriced,t,i,trn2,16,r,on_demand,,hourly,0,,none,,,,,x,2026,C",
    ]
    let bytes = Array((offers.joined(separator: "\n") + "\n").utf8)
    return try? Catalog(overlay: [("t/offers.csv", bytes)])
  }()

  static func offer(_ id: String) -> Offer? {
    catalog?.offers.first { $0.id == id }
  }

  static func quote(_ id: String) -> ServerQuote? {
    catalog?.quotes.first { $0.id == id }
  }

  /// 1 January 2027.
  static let start = CalendarDate(daysSinceEpoch: 20_819)

  /// The catalogue's assumptions for H100 servers.
  static func h100(
    chips: Int, choices: OwnershipChoices = OwnershipChoices()
  ) -> (quote: ServerQuote, assumptions: OwnershipAssumptions)? {
    guard let catalog, let quote = quote("hgx-h100-8gpu"),
      let chip = catalog.accelerator(quote.accelerator)
    else { return nil }
    let assumptions = OwnershipAssumptions(
      catalog: catalog, quote: quote, accelerator: chip, chips: chips, choices: choices)
    return (quote, assumptions)
  }
}

/// SplitMix64: a small generator with a seed, so that every run tries the same cases.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Whether two numbers agree to a relative tolerance.
func agree(_ left: Double?, _ right: Double, within tolerance: Double = 1e-9) -> Bool {
  guard let left else { return false }
  return abs(left - right) <= tolerance * max(abs(left), abs(right), 1e-12)
}

/// Whether a number is the printed one: equal when rounded to the decimals printed.
func prints(_ value: Double?, as text: String) -> Bool {
  guard let value else { return false }
  let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
  return Decimals.fixed(value, decimals) == text
}
