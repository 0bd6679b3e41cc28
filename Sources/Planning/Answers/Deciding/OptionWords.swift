import Catalog
import Quantities

/// Options as people say them: "Trainium2, capacity blocks, Hyderabad" with the code in the detail.
public enum OptionWords {
  /// The option in a few words, without its number of chips.
  public static func name(_ option: Assessment) -> String {
    [chip(option.accelerator), purchase(option.purchase), place(option)]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Who sells it.
  public static func seller(_ option: Assessment) -> String {
    switch option.provider {
    case "aws": "AWS"
    case "gcp": "Google"
    case "own": "two server makers"
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
      purchase.committedHours.map {
        $0 > 10_000 ? "3-year commitment" : "1-year commitment"
      } ?? purchase.rawValue
    }
  }

  private static func place(_ option: Assessment) -> String {
    if option.route == .buyGPU { return "in colocation" }
    let seller = seller(option)
    return option.region.isEmpty ? seller : "\(seller) \(option.region)"
  }

  /// A chip as people write it: `tpu-v6e` is TPU v6e, `trn2` Trainium2.
  public static func chip(_ id: String) -> String {
    if id.hasPrefix("trn") { return "Trainium\(id.dropFirst(3))" }
    if id.hasPrefix("tpu-") { return "TPU \(id.dropFirst(4))" }
    return id.split(separator: "-").first.map { $0.uppercased() } ?? id
  }
}
