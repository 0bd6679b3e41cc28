import Catalog
import Decisions
import Dispatch
import Economics
import Quantities
import Synchronization
import Throughput
import Uncertainty
import Workload

/// Everything that was decided about the options of a plan: classes of size, outcomes, order.
struct OptionDecision: Sendable {
  let classes: [DecisionClass]
  let decider: Decider
  let decision: Decisions.Decision
  /// Places in `classes` by candidate.
  let classesOf: [[Int]]
  /// The standing of each class, best first from 0.
  let places: [Int]

  init(
    _ classes: [DecisionClass], _ decider: Decider, _ decision: Decisions.Decision,
    classesOf: [[Int]]
  ) {
    self.classes = classes
    self.decider = decider
    self.classesOf = classesOf
    self.decision = decision
    var places = [Int](repeating: .max, count: classes.count)
    for (place, standing) in decision.standings.enumerated() { places[standing.candidate] = place }
    self.places = places
  }

  /// The best class of a candidate; nil when it has none.
  func best(of candidate: Int) -> Int? {
    classesOf[candidate].min { (places[$0], $0) < (places[$1], $1) }
  }

  /// The standing of a class.
  func standing(_ index: Int) -> Standing { decision.standings[places[index]] }
}

/// One chosen size of one class: the job it trains and what that comes to on outcomes that neither sized
/// nor chose it.
struct DecidedSize: Sendable {
  var evaluation: Evaluation
  var report: Report
  /// Days of the final run alone in each of the outcomes that report.
  var runDays: Percentiles
  var standing: Standing
}

extension Planner {
  /// Speeds of every size of every candidate, one accelerator at a time on all cores.
  func sizers(
    _ candidates: [Candidate], _ scenario: Scenario
  ) -> (sizers: [Sizer], sizerOf: [Int]) {
    let ownership = OwnershipAssumptions.standard(from: catalog).at(scenario.owning, catalog)
    let rest = RestOfBill(scenario, catalog: catalog)
    let shapes = scenario.isSizedFromBudget ? ShapeTable.of(scenario) : nil
    var sizers: [Sizer] = []
    var placeOf: [String: Int] = [:]
    var sizerOf: [Int] = []
    for candidate in candidates {
      let chip = candidate.accelerator.id
      if placeOf[chip] == nil {
        placeOf[chip] = sizers.count
        let bills = BillMaker(
          scenario: scenario, catalog: catalog, ownership: ownership, rest: rest)
        sizers.append(
          Sizer(bills, shapes: shapes, findings: memory.take(subject(chip, scenario))))
      }
      sizerOf.append(placeOf[chip] ?? 0)
    }
    return (sizers, sizerOf)
  }

  /// What throughput is remembered under.
  func subject(_ chip: String, _ scenario: Scenario) -> ThroughputMemory.Subject {
    ThroughputMemory.Subject(
      accelerator: chip, sequenceLength: scenario.sequenceLength,
      architecture: scenario.givenArchitecture, claims: scenario.claims,
      precision: scenario.precision, software: scenario.software,
      curriculum: scenario.curriculum,
      shapes: scenario.isSizedFromBudget ? scenario.shapeKey : "")
  }

  /// The classes of all candidates that nothing stands against, and the outcomes they are drawn on.
  ///
  /// - Parameter buyer: whose budget prices are expected for, where the scenario's own is no limit.
  /// - Throws: `SamplerError` and the like, which only inputs that contradict each other cause.
  func classes(
    _ candidates: [Candidate], _ sizers: [Sizer], sizerOf: [Int], _ scenario: Scenario,
    buyer: Scenario? = nil
  ) throws -> (classes: [DecisionClass], classesOf: [[Int]], draws: OutcomeDraws) {
    let open = candidates.indices.filter { candidates[$0].reasons.isEmpty }
    let parts = Mutex([[ClassPart]](repeating: [], count: candidates.count))
    DispatchQueue.concurrentPerform(iterations: sizers.count) { sizer in
      for index in open where sizerOf[index] == sizer {
        let found = sizers[sizer].classParts(candidates[index])
        parts.withLock { $0[index] = found }
      }
    }
    let found = parts.withLock { $0 }
    let inputs = InputRegistry(scenario: scenario, catalog: catalog, candidates: candidates)
    var draws = try OutcomeDraws(
      inputs: inputs.inputs,
      scores: Set(found.flatMap { $0 }.flatMap(\.scores)).union(Self.linkScores).sorted(),
      correlations: inputs.correlations, scenario: scenario,
      choosing: min(OutcomeSets.usualChoosing, max(1024, scenario.samples)))
    var classes: [DecisionClass] = []
    var classesOf = [[Int]](repeating: [], count: candidates.count)
    var twins: [ClassKey: Int] = [:]
    for index in open {
      let sizer = sizers[sizerOf[index]]
      let maker = DecisionClassMaker(sizer.bills, buyer: buyer)
      for part in found[index] {
        let key = ClassKey(candidates[index], part, maker)
        if let twin = twins[key] {
          classesOf[index].append(twin)
          continue
        }
        guard
          let made = maker.make(
            place: index, candidates[index], part.capacity, speeds: part.speeds,
            work: { sizer.usualWork(chips: $0, candidates[index]) }, into: &draws)
        else { continue }
        twins[key] = classes.count
        classesOf[index].append(classes.count)
        classes.append(made)
      }
    }
    return (classes, classesOf, draws)
  }

  /// Weighs all candidates that nothing stands against.
  ///
  /// - Throws: as `classes`.
  func decide(
    _ candidates: [Candidate], _ sizers: [Sizer], sizerOf: [Int], _ scenario: Scenario
  ) throws -> (OptionDecision, OutcomeDraws) {
    let (classes, classesOf, draws) = try classes(
      candidates, sizers, sizerOf: sizerOf, scenario)
    let question = Question(
      budgetUsd: scenario.budgetDollars, deadlineDays: scenario.end.days,
      chance: scenario.confidence, work: sizers.first?.givenJob?.tokens)
    let curve = scenario.isSizedFromBudget ? sizers.first?.shapes?.worthOfCompute : nil
    var options = classes.map(\.option)
    if let curve { for index in options.indices { options[index].curve = curve } }
    for (class_, family) in Self.families(classesOf) { options[class_].family = family }
    let first = Decider(outcomes: draws.sets, question: question, candidates: options)
    let decided = OptionDecision(classes, first, first.decide(), classesOf: classesOf)
    guard let chained = chains(classes, options, decided, draws) else { return (decided, draws) }
    let (second, decision) = first.redecide(chained, from: decided.decision)
    return (OptionDecision(classes, second, decision, classesOf: classesOf), draws)
  }

  /// The families of classes: those that stand for each other in every candidate that has them.
  private static func families(_ classesOf: [[Int]]) -> [Int: Int] {
    var lists: [[Int]: Int] = [:]
    var families: [Int: Int] = [:]
    var isShared: Set<Int> = []
    for list in classesOf where list.count > 1 && lists[list] == nil {
      let family = lists.count
      lists[list] = family
      for class_ in list {
        if families[class_] != nil { isShared.insert(class_) }
        families[class_] = family
      }
    }
    for list in classesOf where list.count == 1 { isShared.formUnion(list) }
    return families.filter { !isShared.contains($0.key) }
  }

  /// Most requests in a row that are looked at.
  static let mostLinks = 26
  static let linkScores = (0..<mostLinks).map { "link.\($0)" }

  /// Requests that end after a week become chains: each is granted for itself, and where one is
  /// refused the rest runs on what could be signed.
  private func chains(
    _ classes: [DecisionClass], _ options: [Decisions.Candidate], _ decided: OptionDecision,
    _ draws: OutcomeDraws
  ) -> [Int: Decisions.Candidate]? {
    guard classes.contains(where: \.isChain) else { return nil }
    let own = Self.linkScores.compactMap { draws.sets.column($0) }
    let sign = decided.decision.sign
    var chained: [Int: Decisions.Candidate] = [:]
    for index in classes.indices where classes[index].isChain {
      var option = options[index]
      var rungs: [Chain.Rung] = []
      if let sign, let choice = sign.assessment.choice {
        rungs.append(
          Chain.Rung(options[sign.candidate], size: choice.size, terms: choice.terms))
      }
      option.chain = Chain(
        linkHours: RentalTerms.longestFlexStartHours,
        gapDays: classes[index].phases.wait.days, correlation: 0.6, own: own, rungs: rungs)
      chained[index] = option
    }
    return chained
  }
}

extension DecisionClass {
  /// Whether it is had by requests that end after some days.
  var isChain: Bool { capacity.kind == .request && candidate.purchase == .flexStart }
}

/// A class of one candidate before outcomes are drawn.
struct ClassPart: Sendable {
  var capacity: Capacity
  var speeds: [ClusterSpeed]
  /// Names of the scores that it needs.
  var scores: [String]
}

/// What makes two classes one: the same machine at the same price in several places.
struct ClassKey: Hashable {
  var provider: String
  var offer: String
  var purchase: Purchase
  var price: Double?
  var capacity: Capacity
  var chips: [Int]
  var machine: ThroughputMemory.EstimateKey?
  var other: OtherCosts
  var start: CalendarDate?

  init(_ candidate: Candidate, _ part: ClassPart, _ maker: DecisionClassMaker) {
    provider = candidate.provider
    offer = candidate.offerName
    purchase = candidate.purchase
    capacity = part.capacity
    chips = part.speeds.map(\.chips)
    other = candidate.otherCosts
    start = candidate.quoted.startDate
    price =
      candidate.expectedPrice(
        chips: chips.last ?? 0, in: maker.catalog, maker.scenario
      ).expected.central
  }
}

extension Sizer {
  /// The classes of a candidate with their speeds.
  func classParts(_ candidate: Candidate) -> [ClassPart] {
    let maker = DecisionClassMaker(bills)
    let job = givenJob
    let all = ChipCounts.admissible(for: candidate, limit: mostChips(candidate))
    let most = job.map { $0.batchSequences * 64 } ?? .max
    return maker.classes(of: candidate, chips: all.filter { $0 <= most }).compactMap { part in
      let speeds = part.chips.compactMap { clusterSpeed(candidate, chips: $0, job: job) }
      guard let first = speeds.first else { return nil }
      let phases = bills.phases(candidate, chips: first.chips)
      return ClassPart(
        capacity: part.capacity, speeds: speeds,
        scores: maker.scores(candidate, part.capacity, phases)
          + SpeedDoubt.scores(candidate.accelerator, team(candidate)))
    }
  }

  /// The work that the rest of a bill is reckoned with while sizes are compared: the job's, or that of
  /// the shape that such a cluster usually trains.
  func usualWork(chips: Int, _ candidate: Candidate) -> WorkSize {
    if let job = givenJob { return job.size }
    let peak: Double = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let compute: Double = peak * Double(chips) * Self.referenceShare * Self.referenceDays * 86_400
    guard let shapes, let place = shapes.place(compute: compute) else {
      return WorkSize(parameters: 0, tokens: 0)
    }
    let rung = shapes.choices.all[place].rung
    return WorkSize(
      parameters: rung.totalParameters, tokens: compute / (6 * rung.activeParameters))
  }
}
