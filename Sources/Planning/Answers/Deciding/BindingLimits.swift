import Catalog
import Decisions
import Quantities
import RealModule
import Workload

/// A limit on what an option can do, and what lifting it gives.
public struct LimitFound: Hashable, Sendable {
  public enum LimitKind: String, Hashable, Sendable, CaseIterable {
    case budget
    case end
    case chance
    /// The largest cluster that the seller grants at such a chance, or that there is.
    case cluster
    /// Money and cluster together, where neither helps alone.
    case budgetAndCluster = "budget_and_cluster"
    /// Different tokens that there are: further passes over them are worth less and less.
    case tokens = "unique_tokens"
    /// The machine that the model has to be served on.
    case servingNode = "serving_node"
    case power
  }

  public var kind: LimitKind
  /// What stands today, in words: `$50.0M`, `2,560 chips`.
  public var today: String
  /// What it is lifted to, in words.
  public var lifted: String
  /// How much more effective compute that gives, as a share; 0 where it doesn't bind. Nil where lifting
  /// it wasn't worked out. With a given model the share of the cash that it saves.
  public var gain: Double?

  /// Whether lifting it is worth saying.
  public var binds: Bool { gain ?? 0 >= Self.least }

  /// Less than so much isn't said to bind.
  public static let least = 0.01
}

/// What holds an option back, and the money that it leaves.
public struct LimitsOfOption: Hashable, Sendable {
  public var id: String
  public var limits: [LimitFound]
  /// Budget less the cash that 8 in 10 outcomes stay within, US dollars; never below 0.
  public var unspentDollars: Double
}

extension Answering {
  /// What lifting each limit gives an option, all else as it is: the order statistic that sized it,
  /// taken again.
  func limits(_ index: Int) -> LimitsOfOption? {
    guard let place = best[index], let outcome = assessments[index].outcome,
      let choice = standing(index)?.assessment.choice
    else { return nil }
    let part = decided.classes[place]
    var limits = [budgetLimit(place), endLimit(place), chanceLimit(place)].compactMap { $0 }
    limits += clusterLimits(part, choice.size, place)
    limits += shapeLimits(outcome)
    return LimitsOfOption(
      id: assessments[index].id, limits: limits,
      unspentDollars: max(0, scenario.budgetDollars - outcome.costCash.p80))
  }

  private func budgetLimit(_ place: Int) -> LimitFound? {
    guard scenario.isSizedFromBudget else { return nil }
    let more = scenario.budgetDollars * 1.1
    var question = decider.question
    question.budgetUsd = more
    return LimitFound(
      kind: .budget, today: Money(dollars: scenario.budgetDollars).short,
      lifted: Money(dollars: more).short, gain: gain(decider.candidates[place], question, place))
  }

  private func endLimit(_ place: Int) -> LimitFound? {
    var question = decider.question
    question.deadlineDays += Self.quarter
    let end = scenario.start.adding(days: decider.question.deadlineDays)
    return LimitFound(
      kind: .end, today: end.iso, lifted: end.adding(days: Self.quarter).iso,
      gain: gain(decider.candidates[place], question, place))
  }

  private func chanceLimit(_ place: Int) -> LimitFound? {
    guard decider.question.chance > 0.15 else { return nil }
    var question = decider.question
    question.chance -= 0.1
    func words(_ chance: Double) -> String { "\(Decimals.fixed(chance * 100, 0)) %" }
    return LimitFound(
      kind: .chance, today: words(decider.question.chance), lifted: words(question.chance),
      gain: gain(decider.candidates[place], question, place))
  }

  /// Three months, which is how ends are moved.
  private static let quarter = 91.0

  /// Larger clusters of the same machine, where the chosen one is the largest of its class: alone, and
  /// with the money for them where neither helps without the other.
  private func clusterLimits(
    _ part: DecisionClass, _ chosen: Int, _ place: Int
  ) -> [LimitFound] {
    guard chosen == part.speeds.count - 1, let sizer = sizer(of: part) else { return [] }
    let most = part.chips(chosen)
    let larger = ChipCounts.admissible(for: part.candidate, limit: most * 2).filter { $0 > most }
    let job = sizer.givenJob
    let speeds = larger.prefix(4).compactMap {
      sizer.clusterSpeed(part.candidate, chips: $0, job: job)
    }
    guard let largest = speeds.last else { return [] }
    var candidate = decider.candidates[place]
    let unit = part.speeds[0].workPerChipDay
    candidate.sizes += speeds.map {
      ClusterSize(chips: Double($0.chips), scale: $0.workPerChipDay / unit)
    }
    func words(_ chips: Int) -> String { "\(Decimals.grouped(Double(chips))) chips" }
    let powered = sizer.poweredServers(part.candidate).map { $0 * part.candidate.chipsPerInstance }
    let isPower = powered.map { $0 < larger[0] } ?? false
    var found = [
      LimitFound(
        kind: isPower ? .power : .cluster, today: words(most), lifted: words(largest.chips),
        gain: gain(candidate, decider.question, place))
    ]
    guard scenario.isSizedFromBudget, !found[0].binds else { return found }
    var question = decider.question
    question.budgetUsd = scenario.budgetDollars * 1.5
    let money = Money(dollars: question.budgetUsd).short
    found.append(
      LimitFound(
        kind: .budgetAndCluster,
        today: "\(Money(dollars: scenario.budgetDollars).short) and \(words(most))",
        lifted: "\(money) and \(words(largest.chips))", gain: gain(candidate, question, place)))
    return found
  }

  /// What the shapes admit: tokens there are and the machine that serves.
  private func shapeLimits(_ outcome: Outcome) -> [LimitFound] {
    guard scenario.isSizedFromBudget, let sizer = sizers.first, let shapes = sizer.shapes else {
      return []
    }
    var limits: [LimitFound] = []
    if outcome.model.tokens >= shapes.choices.uniqueTokens * 0.99 {
      limits.append(
        LimitFound(
          kind: .tokens, today: "\(Count.short(shapes.choices.uniqueTokens)) different tokens",
          lifted: "", gain: nil))
    }
    return limits
  }

  /// How much more a candidate does under a question than the class does under the one asked.
  private func gain(
    _ candidate: Decisions.Candidate, _ question: Question, _ place: Int
  ) -> Double? {
    let engine = Decisions.Sizer(decider.outcomes.choosing)
    let today = decider.candidates[place]
    guard let work = question.work else {
      guard let before = engine.most(today, decider.question)?.value, before > 0,
        let after = engine.most(candidate, question)?.value
      else { return nil }
      return max(0, after / before - 1)
    }
    guard let before = engine.cheapest(today, value: work, decider.question)?.meanCashUsd,
      before > 0, let after = engine.cheapest(candidate, value: work, question)?.meanCashUsd
    else { return nil }
    return max(0, 1 - after / before)
  }

  func sizer(of part: DecisionClass) -> Sizer? {
    sizerOf.indices.contains(part.place) ? sizers[sizerOf[part.place]] : nil
  }
}
