import RealModule

/// The price at which an option becomes the answer, or for the leader the price up to which it holds.
public struct WinningPrice: Sendable {
  /// Factor on the candidate's price; nil when no price does it. Print the price rounded down.
  public let factor: Double?
  /// Why there is none.
  public let reason: NoAnswer?
  /// The factor if the grant were in hand, whatever stands above.
  public let factorInHand: Double?

  /// The same as a factor on another price.
  public func times(_ ratio: Double) -> WinningPrice {
    WinningPrice(
      factor: factor.map { $0 * ratio }, reason: reason,
      factorInHand: factorInHand.map { $0 * ratio })
  }
}

extension Decider {
  /// The factor on an option's price at which its rank, at the chance asked, reaches the best of all
  /// rivals. Draws, class and all other offers stay.
  ///
  /// With a budget it is an order statistic of the factors that just spend the budget. Two cases are
  /// found by halving instead: an option that is itself the floor of its rivals, for a lower price
  /// lifts them too, and given work, where ranks are mean cash.
  ///
  /// - Parameters:
  ///   - alongside: other options that don't count as rivals, such as those of its route.
  ///   - sized: the option with more sizes than it was weighed with; nil as it is.
  public func winningPrice(
    _ id: String, _ decision: Decision, alongside: Set<String> = [], sized: Candidate? = nil
  ) -> WinningPrice {
    guard let standing = decision.standing(id) else {
      return WinningPrice(factor: nil, reason: .tooSlow, factorInHand: nil)
    }
    // What is too dear today may win at a lower price, unless its grant wasn't weighed.
    guard standing.group != .ruledOut || candidates[standing.candidate].grant == nil else {
      return WinningPrice(factor: nil, reason: .tooSlow, factorInHand: nil)
    }
    let rivals = decision.standings.filter {
      $0.group == .sign && $0.id != id && !alongside.contains($0.id)
    }
    guard !rivals.isEmpty else {
      return WinningPrice(factor: .infinity, reason: nil, factorInHand: .infinity)
    }
    return question.work == nil
      ? winningForBudget(standing, rivals, decision, sized)
      : winningForWork(standing, rivals, decision, sized)
  }

  // MARK: With a budget

  private func winningForBudget(
    _ standing: Standing, _ rivals: [Standing], _ decision: Decision, _ sized: Candidate?
  ) -> WinningPrice {
    let candidate = sized ?? candidates[standing.candidate]
    let target = rivals.map(\.rank).max() ?? 0
    let inHand = sizer.priceFactor(candidate, value: target, question)
    let chance = grantChance(standing)
    let needed = Weighing.workNeeded(target, chance: chance, floor: standing.floor)
    var factor = needed.map { sizer.priceFactor(candidate, value: $0, question) } ?? 0
    if factor > 0 && isFloor(candidate) {
      let without = rivals.map { floorWithout(standing.candidate, $0, decision) }
      factor = halved(most: factor) {
        leads(candidate.priced(times: $0), standing.candidate, rivals, without)
      }
    }
    let reason: NoAnswer? = factor > 0 ? nil : inHand > 0 ? .grant : .tooSlow
    return WinningPrice(
      factor: factor > 0 ? factor : nil, reason: reason, factorInHand: inHand > 0 ? inHand : nil)
  }

  /// Sure for what nobody grants, though it wasn't weighed.
  private func grantChance(_ standing: Standing) -> Double {
    candidates[standing.candidate].grant == nil ? 1 : standing.assessment.grantChance
  }

  /// A rival's floor without one candidate.
  private func floorWithout(_ place: Int, _ rival: Standing, _ decision: Decision) -> Double {
    let among = decision.floors[candidates[rival.candidate].refusalDays] ?? [:]
    return among.filter { $0.key != place }.values.max() ?? 0
  }

  /// Whether a floor at its new price leads rivals whose floor it is.
  private func leads(
    _ candidate: Candidate, _ place: Int, _ rivals: [Standing], _ without: [Double]
  ) -> Bool {
    let own = sizer.most(candidate, question)?.value ?? 0
    var late: [Double: Double] = [:]
    for (rival, rest) in zip(rivals, without) {
      let chance = rival.assessment.grantChance
      var floor = rest
      if chance < 1 {
        let days = candidates[rival.candidate].refusalDays
        let begun = late[days] ?? self.floor(candidate, after: days)
        late[days] = begun
        floor = max(floor, begun)
      }
      let work = rival.assessment.sizing?.value ?? 0
      if own < Weighing.work(work, chance: chance, floor: floor) { return false }
    }
    return true
  }

  // MARK: With given work

  private func winningForWork(
    _ standing: Standing, _ rivals: [Standing], _ decision: Decision, _ sized: Candidate?
  ) -> WinningPrice {
    let candidate = sized ?? candidates[standing.candidate]
    guard let work = question.work else {
      return WinningPrice(factor: nil, reason: .tooSlow, factorInHand: nil)
    }
    let most = sizer.priceFactor(candidate, value: work, question)
    // A lower price lowers what a refusal leaves to be paid, of this option and of its rivals.
    let others = cheapestContract(decision, without: standing.candidate)
    func factor(_ chance: Double) -> Double {
      halved(most: most) {
        let priced = candidate.priced(times: $0)
        guard let cash = sizer.cheapest(priced, value: work, question)?.meanCashUsd
        else { return false }
        let refused = 2 * min(candidate.obtaining == .request ? .infinity : cash, others)
        let floors = Floors(priced, standing.candidate, refusedUsd: refused, decision)
        let own = Weighing.cash(
          cash, chance: chance, floor: floors.usd(after: candidate.refusalDays, self))
        let least = rivals.map { rival in
          Weighing.cash(
            rival.assessment.cheapest?.meanCashUsd ?? .infinity,
            chance: rival.assessment.grantChance,
            floor: floors.usd(after: candidates[rival.candidate].refusalDays, self))
        }.min()
        return own <= least ?? .infinity
      }
    }
    let chance = grantChance(standing)
    let found = factor(chance)
    let inHand = chance < 1 ? factor(1) : found
    let reason: NoAnswer? = found > 0 ? nil : inHand > 0 ? .grant : .tooSlow
    return WinningPrice(
      factor: found > 0 ? found : nil, reason: reason, factorInHand: inHand > 0 ? inHand : nil)
  }

  /// The least mean cash of what is no request and keeps the chance, one candidate left out.
  private func cheapestContract(_ decision: Decision, without place: Int) -> Double {
    decision.standings.filter {
      $0.candidate != place && candidates[$0.candidate].obtaining != .request
        && $0.assessment.keepsChance
    }.compactMap { $0.assessment.cheapest?.meanCashUsd }.min() ?? .infinity
  }

  /// What a refusal leaves to be paid when one candidate has another price.
  private final class Floors {
    private let candidate: Candidate
    private let place: Int
    private let refusedUsd: Double
    private let decision: Decision
    private var known: [Double: Double] = [:]

    init(_ candidate: Candidate, _ place: Int, refusedUsd: Double, _ decision: Decision) {
      self.candidate = candidate
      self.place = place
      self.refusedUsd = refusedUsd
      self.decision = decision
    }

    func usd(after days: Double, _ decider: Decider) -> Double {
      if let usd = known[days] { return usd }
      var among = decision.floors[days] ?? [:]
      if decider.isFloor(candidate) { among[place] = decider.floor(candidate, after: days) }
      let usd = min(refusedUsd, among.values.filter { !$0.isNaN }.min() ?? refusedUsd)
      known[days] = usd
      return usd
    }
  }

  /// The greatest factor up to `most` that holds, to a ten-thousandth; 0 when a millionth doesn't.
  private func halved(most: Double, _ holds: (Double) -> Bool) -> Double {
    guard most > 0 else { return 0 }
    if holds(most) { return most }
    var (low, high) = (most * 1e-6, most)
    guard holds(low) else { return 0 }
    while high > low * 1.0001 {
      let middle: Double = .sqrt(low * high)
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }

  // MARK: Same model here, and terms

  /// The least cash by an option's own terms for the leader's effective compute, given the grant.
  public func sameModel(_ standing: Standing, _ decision: Decision) -> LeastBudget {
    sameModel([candidates[standing.candidate]], decision)
  }

  /// The same over several candidates that are one option's classes of size: the least of them.
  public func sameModel(_ classes: [Candidate], _ decision: Decision) -> LeastBudget {
    guard let leader = decision.sign ?? decision.standings.first,
      let value = question.work ?? leader.assessment.sizing?.value
    else { return .none(.tooSlow) }
    let found = classes.map { sizer.leastBudget($0, value: value, question) }
    guard let least = found.compactMap(\.usd).min() else {
      // Beyond twenty budgets it is at least in time.
      let isInTime = found.contains {
        if case .none(.beyondTwentyBudgets) = $0 { true } else { false }
      }
      return .none(isInTime ? .beyondTwentyBudgets : .tooSlow)
    }
    return .usd(least)
  }

  /// What a changed term is worth: the least budget for the option's own work as it is, less that
  /// with the change, on the same outcomes. Worths of several terms don't add. Nil when either has
  /// no least budget.
  public func worth(of changed: Candidate, _ standing: Standing) -> Double? {
    guard let value = question.work ?? standing.assessment.sizing?.value,
      let now = sizer.leastBudget(candidates[standing.candidate], value: value, question).usd,
      let then = sizer.leastBudget(changed, value: value, question).usd
    else { return nil }
    return now - then
  }
}
