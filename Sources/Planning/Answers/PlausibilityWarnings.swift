import Catalog
import Quantities

/// What a plan uses that can be, but is hardly meant: said before anything else.
enum PlausibilityWarnings {
  /// Rows of the user's own tables that are named one by one; `plan prices check` lists all prices.
  private static let mostRows = 12

  static func of(_ plan: Plan, catalog: Catalog) -> [String] {
    let ranges = plan.scenario.spreads.sorted { $0.key < $1.key }
    return ScenarioField.all.compactMap { $0.doubt(plan.scenario) }
      + ranges.compactMap { $0.value.doubt($0.key) } + rows(plan, catalog) + speeds(plan)
  }

  /// Implausible rows of the user's tables that an option of the plan uses, those of the best options
  /// first.
  private static func rows(_ plan: Plan, _ catalog: Catalog) -> [String] {
    guard !catalog.doubts.isEmpty else { return [] }
    let order = plan.ranked + plan.ruledOut
    var places: [String: Int] = [:]
    for (place, option) in order.enumerated() {
      for key in keys(option) where places[key] == nil { places[key] = place }
    }
    let claims = Set(plan.scenario.claims.map(\.id))
    let offers = Dictionary(
      catalog.offers.map { ($0.id, key($0)) }, uniquingKeysWith: { first, _ in first })
    func place(_ doubt: CatalogDoubt) -> Int? {
      switch doubt.table {
      case "claims.csv": claims.contains(doubt.id) ? 0 : nil
      case "offers.csv": offers[doubt.id].flatMap { places[$0] }
      case "ownership.csv", "services.csv": order.count
      default: places["\(doubt.table)/\(doubt.id)"]
      }
    }
    let used = catalog.doubts.compactMap { doubt in place(doubt).map { (doubt, $0) } }
    let sorted = used.enumerated().sorted {
      ($0.element.1, $0.offset) < ($1.element.1, $1.offset)
    }.map { $0.element.0 }
    let said = sorted.prefix(mostRows).map { doubt in
      let fault = doubt.fault
      let line = fault.line.map { ":\($0)" } ?? ""
      return "check \(fault.file)\(line), \(doubt.id): \(fault.column ?? "") \(fault.message)"
    }
    let left = sorted.count - said.count
    return said
      + (left > 0
        ? ["\(left) more rows of your tables are implausible; plan prices check lists prices"] : [])
  }

  /// The rows of tables that an option stands on.
  private static func keys(_ option: Assessment) -> [String] {
    let chip = option.accelerator
    let source =
      option.route == .buyGPU
      ? "quotes.csv/\(option.offer)"
      : "\(option.provider)/\(option.offer)/\(option.region)/\(option.purchase.rawValue)"
    return [source, "accelerators.csv/\(chip)", "measured.csv/\(chip)"]
  }

  /// What tells an offer from others, whatever its id.
  private static func key(_ offer: Offer) -> String {
    "\(offer.provider)/\(offer.instance)/\(offer.region)/\(offer.purchase.rawValue)"
  }

  /// Options faster than any published run, or held at what the chip can do.
  private static func speeds(_ plan: Plan) -> [String] {
    var seen: Set<String> = []
    return plan.ranked.compactMap { option in
      guard let throughput = option.outcome?.throughput else { return nil }
      let speed = throughput.modelFlopsUtilization.p50
      // Recomputed operations keep the chip busy too.
      let isHeld = max(speed, throughput.hardwareFlopsUtilization) >= 0.999
      guard isHeld || speed > mostPublished, seen.insert(option.accelerator).inserted else {
        return nil
      }
      let shown = "\(Decimals.fixed(speed * 100, 0)) %"
      let ceiling =
        isHeld
        ? "is what the chip can do at most, so it was held there"
        : "is more than any published run reached (\(Decimals.fixed(mostPublished * 100, 0)) %)"
      return "check the speed of \(option.accelerator): an MFU of \(shown) \(ceiling)"
    }
  }

  /// The most that a published run or step reached, model FLOPs over the dense peak: 77 % of hardware
  /// FLOPs and 72 % of model FLOPs stand in the table of published runs.
  private static let mostPublished = 0.77
}
