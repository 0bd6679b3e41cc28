import Planning

/// What the options of a plan are called in tables: chip and purchase as people say them, and the code
/// of the offer where two would be called the same.
public struct OptionLabels: Sendable {
  private var offers: [String: Set<String>] = [:]

  public init(_ plan: Plan) {
    for assessment in plan.assessments {
      offers[Self.key(assessment), default: []].insert(assessment.offer)
    }
  }

  /// `TPU v6e, 1-year commitment`.
  public func name(_ assessment: Assessment) -> String {
    let words =
      "\(OptionWords.chip(assessment.accelerator)), \(OptionWords.purchase(assessment.purchase))"
    let isShared = (offers[Self.key(assessment)]?.count ?? 0) > 1
    return isShared ? "\(words) (\(assessment.offer))" : words
  }

  /// Where it is: the city, of rented GPUs the seller too; empty where the offer names no place.
  public func place(_ assessment: Assessment) -> String {
    switch assessment.route {
    case .rentGPU: OptionWords.place(assessment)
    case .buyGPU: assessment.region
    case .rentTrainium, .rentTPU: RegionWords.city(assessment.region)
    }
  }

  private static func key(_ assessment: Assessment) -> String {
    let seller = assessment.route == .rentGPU ? assessment.provider : ""
    return "\(assessment.route.rawValue) \(seller) \(assessment.accelerator) "
      + assessment.purchase.rawValue
  }
}
