import Catalog
import Quantities

/// Options as people say them: "Trainium2, capacity blocks, Hyderabad" with the code in the detail.
public enum OptionWords {
  /// The option in a few words, without its number of chips.
  public static func name(_ option: Assessment) -> String {
    [chip(option.accelerator), ownQuote(option), purchase(option.purchase), place(option)]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// `your quote nimbus`; empty for the catalogue's offers.
  static func ownQuote(_ option: Assessment) -> String {
    option.offer.hasPrefix(ScenarioQuote.prefix)
      ? "your quote \(option.offer.dropFirst(ScenarioQuote.prefix.count))" : ""
  }

  /// Who sells it.
  public static func seller(_ option: Assessment) -> String {
    switch option.provider {
    case "aws": "AWS"
    case "gcp": "Google"
    case "own": "two server makers"
    case "specialist": "a GPU cloud"
    default: option.provider.prefix(1).uppercased() + option.provider.dropFirst()
    }
  }

  /// How a purchase is called.
  public static func purchase(_ purchase: Purchase) -> String {
    switch purchase {
    case .onDemand: "on demand"
    case .spot: "spot"
    case .capacityBlock: "capacity block"
    case .flexStart: "flex-start"
    case .calendar: "calendar reservation"
    case .own: "bought"
    case .contract1Month: "contract of a month"
    case .contract3Months: "contract of 3 months"
    case .contract6Months: "contract of 6 months"
    case .contract1Year: "contract of a year"
    case .contract2Years: "contract of 2 years"
    case .contract3Years: "contract of 3 years"
    default:
      purchase.committedHours.map { commitment(purchase, years: $0 > 10_000 ? 3 : 1) }
        ?? purchase.rawValue
    }
  }

  /// A commitment to a cloud, with when it is paid where its name says.
  private static func commitment(_ purchase: Purchase, years: Int) -> String {
    let code = purchase.rawValue
    let kind = code.hasPrefix("savings_plan") ? "savings plan" : "commitment"
    let paid = [
      ("no_upfront", ", nothing upfront"), ("partial_upfront", ", part upfront"),
      ("all_upfront", ", all upfront"),
    ].first { code.hasSuffix($0.0) }?.1
    return "\(years)-year \(kind)\(paid ?? "")"
  }

  /// Purchase and place: "1-year commitment, South Carolina".
  ///
  /// - Parameter withSeller: whether the seller is named too, where the chip doesn't tell.
  public static func terms(_ option: Assessment, withSeller: Bool) -> String {
    let place = withSeller ? place(option) : RegionWords.city(option.region)
    return [purchase(option.purchase), option.route == .buyGPU ? "in colocation" : place]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Seller and city: "Google South Carolina".
  public static func place(_ option: Assessment) -> String {
    if option.route == .buyGPU { return "in colocation" }
    let city = RegionWords.city(option.region)
    return city.isEmpty ? seller(option) : "\(seller(option)) \(city)"
  }

  /// A chip as people write it: `tpu-v6e` is TPU v6e, `trn2` Trainium2.
  public static func chip(_ id: String) -> String {
    if id.hasPrefix("trn") { return "Trainium\(id.dropFirst(3))" }
    if id == "tpu-v7x" { return "TPU7x" }
    if id.hasPrefix("tpu-") { return "TPU \(id.dropFirst(4))" }
    return id.split(separator: "-").first.map { $0.uppercased() } ?? id
  }
}
