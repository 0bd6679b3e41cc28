import Catalog
import Decisions
import Quantities

extension Answering {
  /// Classes of an option's sizes that are had in the way its best one is.
  func kin(_ index: Int) -> [Int] {
    guard let class_ = best[index] else { return [] }
    let kind = decided.classes[class_].capacity.kind
    return decided.classesOf[index].filter { decided.classes[$0].capacity.kind == kind }
  }

  /// What an option's classes are where the budget is no limit: of servers that are bought the largest is
  /// carried on to what twenty budgets pay for, at its own rates.
  func unbounded(_ index: Int) -> [Decisions.Candidate] {
    let places = kin(index)
    return places.map { place in
      place == places.max(by: { chips($0) < chips($1) })
        ? enlarged(place) : decider.candidates[place]
    }
  }

  private func chips(_ place: Int) -> Int { decided.classes[place].speeds.last?.chips ?? 0 }

  private func enlarged(_ place: Int) -> Decisions.Candidate {
    let part = decided.classes[place]
    var candidate = decider.candidates[place]
    guard case .buy(let quote) = part.candidate.source, let price = quote.capex.central, price > 0,
      let sizer = sizer(of: part)
    else { return candidate }
    let servers = min(
      Decisions.Sizer.mostBudgets * scenario.budgetDollars / price,
      Double(sizer.poweredServers(part.candidate) ?? .max))
    let quota = scenario.policy.quotas[part.candidate.accelerator.id] ?? .max
    let limit = min(
      min(scenario.largestCluster, quota), Int(min(1e7, servers)) * quote.chips)
    let larger = ChipCounts.admissible(for: part.candidate, limit: limit).filter {
      $0 > chips(place)
    }
    // Two steps an octave are enough for an amount of two or three digits.
    let steps = stride(from: larger.count - 1, through: 0, by: -2).reversed().map { larger[$0] }
    let unit = part.speeds[0].workPerChipDay
    candidate.sizes += steps.compactMap {
      sizer.clusterSpeed(part.candidate, chips: $0, job: sizer.givenJob)
    }.map { ClusterSize(chips: Double($0.chips), scale: $0.workPerChipDay / unit) }
    return candidate
  }

  /// The price at which an option leads at any of its sizes, as a factor on the expected price of its best
  /// one; where none does, why.
  func winningPrice(
    _ index: Int, of decider: Decider, _ decision: Decisions.Decision, alongside: Set<String>
  ) -> WinningPrice? {
    guard let class_ = best[index] else { return nil }
    let own = decided.classes[class_].price.expected.central
    var found: WinningPrice?
    for (place, sized) in zip(kin(index), unbounded(index)) {
      let price = decider.winningPrice(
        self.decider.candidates[place].id, decision, alongside: alongside, sized: sized)
      var ratio = 1.0
      if let own, own > 0, let other = decided.classes[place].price.expected.central {
        ratio = other / own
      }
      let scaled = price.times(ratio)
      // Where no size wins at any price, a grant that is too unlikely says more than that some are too slow.
      let saysMore = found?.factor == nil && found?.reason == .tooSlow && scaled.reason == .grant
      if found == nil || saysMore || scaled.factor ?? 0 > found?.factor ?? 0 { found = scaled }
    }
    return found
  }
}
