import Catalog
import Economics
import Quantities
import RealModule

/// The size of the work, as far as the rest of the bill depends on it.
struct WorkSize {
  var parameters: Double
  var tokens: Double
}

/// What a scenario and a catalogue say about the rest of the bill, resolved once for all candidates.
struct RestOfBill {
  /// All computing of the project over the final run's, at least 1.
  let experimentsMultiplier: Double?
  /// Years hardware is kept in the books, for the charge by usage.
  let lifeYears: Double?
  private let overheads: Overheads
  private let preparationDollarsPerHour: Sourced?
  private let personDollarsPerYear: Sourced?
  private let portingWeeks: Sourced?
  private let experiments: Sourced?
  private let checkpointBytes: Sourced?
  private let awsStorage: ServicePrice?
  private let googleStorage: [ServicePrice]
  private let egress: [String: TieredPrice]
  /// The first step of each provider's egress prices, as their source.
  private let egressSources: [String: ServicePrice]

  init(_ scenario: Scenario, catalog: Catalog) {
    overheads = scenario.overheads
    func service(_ id: String) -> ServicePrice? { catalog.services.first { $0.id == id } }
    func row(_ id: String) -> Sourced? { catalog.ownership(id).map { Sourced($0) } }
    preparationDollarsPerHour = service("aws/c8g.48xlarge/us-east-1/on_demand").map {
      Sourced(value: $0.value, id: $0.id, unit: $0.unit, provenance: $0.provenance)
    }
    personDollarsPerYear = row("ops_staff_cost/us-loaded")
    portingWeeks = row("porting_time/new-stack")
    lifeYears = catalog.ownership("depreciation_life/range")?.value.central
    checkpointBytes = row("checkpoint_size/adam-mixed-precision")
    awsStorage = service("aws/s3-standard")
    googleStorage = catalog.services.filter { $0.id.hasPrefix("gcp/gcs-standard/") }
    var egress: [String: TieredPrice] = [:]
    for provider in ["aws", "gcp"] {
      egress[provider] = TieredPrice.egress(provider: provider, catalog: catalog)
    }
    self.egress = egress
    egressSources = [
      "aws": service("aws/internet-egress-first-10tb"), "gcp": service("gcp/gcs-egress-first-tb"),
    ].compactMapValues { $0 }
    switch overheads.experiments {
    case .times(let times):
      experiments = nil
      experimentsMultiplier = max(1, times)
    case .published(let scope):
      experiments = row("development_multiplier/\(scope)")
      experimentsMultiplier = experiments?.value.geometricCentral
    }
  }

  /// Whether the team's software runs on an accelerator's kind; nil when that is not said.
  func isNewStack(_ kind: AcceleratorKind) -> Bool? {
    overheads.stacksInUse.map { !$0.contains(kind) }
  }

  /// Days before the run that porting takes: none where the stack is in use or nothing is said.
  func portingDays(_ kind: AcceleratorKind) -> Double {
    guard isNewStack(kind) == true else { return 0 }
    return 7 * (portingWeeks?.value.geometricCentral ?? 0)
  }

  /// The other costs of a candidate, as far as they don't depend on the size of the work.
  func costs(_ candidate: Candidate) -> OtherCosts {
    var costs = OtherCosts()
    if case .rent = candidate.source {
      costs.storageDollarsPerGigabyteMonth = storagePrice(candidate)?.value.central
      costs.egressPrice = egress[candidate.provider]
      costs.supportFraction = overheads.supportFraction
    }
    if let isNew = isNewStack(candidate.accelerator.kind) {
      let weeks = overheads.portingPersonWeeks ?? portingWeeks?.value.geometricCentral
      costs.portingPersonWeeks = isNew ? weeks : 0
      costs.personDollarsPerYear = personDollarsPerYear?.value.central
    }
    return costs
  }

  /// The same for work of a size.
  func costs(_ costs: OtherCosts, _ work: WorkSize) -> OtherCosts {
    var costs = costs
    if let rate = overheads.preparedTokensPerInstanceHour,
      let price = preparationDollarsPerHour?.value.central
    {
      costs.dataPreparationDollars = OtherCosts.dataPreparationDollars(
        tokens: work.tokens, tokensPerMachineHour: rate, dollarsPerMachineHour: price)
    }
    if costs.storageDollarsPerGigabyteMonth != nil {
      costs.corpusGigabytes = work.tokens * overheads.corpusBytesPerToken / 1e9
    }
    if let kept = overheads.checkpointsKept, let bytes = checkpointBytes?.value.geometricCentral {
      costs.checkpointGigabytes = OtherCosts.checkpointGigabytes(
        parameters: work.parameters, bytesPerParameter: bytes, copies: kept)
    }
    if costs.egressPrice != nil {
      costs.egressGigabytes = overheads.egressGigabytes ?? work.parameters * 2 / 1e9
    }
    return costs
  }

  private func storagePrice(_ candidate: Candidate) -> ServicePrice? {
    switch candidate.provider {
    case "aws": awsStorage
    case "gcp":
      googleStorage.first { $0.region == candidate.region } ?? googleStorage.first
    default: nil
    }
  }

  // MARK: What it rests on

  /// All computing over the final run's, with where it comes from.
  var experimentsInput: DerivationInput? {
    experimentsMultiplier.map {
      DerivationInput(
        "all computing over the final run's", $0, "times", experiments?.provenance ?? .yours)
    }
  }

  /// The catalogue's figures behind a candidate's other costs.
  func sources(_ candidate: Candidate) -> [SourcedFigure] {
    var figures: [SourcedFigure] = []
    func add(_ name: String, _ value: Double?, _ unit: String, _ provenance: Provenance?) {
      guard let value, let provenance else { return }
      figures.append(
        SourcedFigure(figure: name, value: value, unit: unit, provenance: provenance))
    }
    add(
      "All computing over the final run's", experimentsMultiplier, "times",
      experiments?.provenance ?? Provenance.yours)
    if case .rent = candidate.source {
      let storage = storagePrice(candidate)
      add(
        "Object storage", storage?.value.central, "USD per GB and month", storage?.provenance)
      let egress = egressSources[candidate.provider]
      add("Egress, first step", egress?.value.central, "USD per GB", egress?.provenance)
    }
    if isNewStack(candidate.accelerator.kind) == true {
      add(
        "Porting to a new software stack", overheads.portingPersonWeeks, "person-weeks",
        Provenance.yours)
      add(
        "Porting time", portingWeeks?.value.geometricCentral, "weeks", portingWeeks?.provenance)
      add(
        "Cost of staff", personDollarsPerYear?.value.central, "USD per person and year",
        personDollarsPerYear?.provenance)
    }
    if overheads.preparedTokensPerInstanceHour != nil {
      add(
        "CPU instance for data preparation", preparationDollarsPerHour?.value.central,
        "USD per hour", preparationDollarsPerHour?.provenance)
    }
    return figures
  }

  /// Why a term is left out, in the words of what would bring it in.
  func gap(_ term: CostTerm, _ candidate: Candidate) -> String? {
    let isOwned = candidate.route == .buyGPU
    switch term {
    case .dataPreparation:
      return
        "no general rate of preparation is published; give yours with --prepared-tokens-per-hour"
    case .objectStorage: return isOwned ? "held on the servers' own storage" : "no price of storage"
    case .checkpointStorage:
      return isOwned
        ? "held on the servers' own storage"
        : "how many checkpoints are kept is not given (--checkpoints-kept)"
    case .egress: return isOwned ? "the weights are already in house" : "no price of egress"
    case .supportPlan:
      return isOwned
        ? "no cloud bill" : "no support plan is given (--support; published plans cost 3 to 10 %)"
    case .porting:
      return "which software stacks are in use is not given (--stacks gpu,tpu,trainium)"
    case .experiments: return "no multiple of the final run is known"
    case .taxes where !isOwned: return "no tax on cloud services is given (--cloud-tax)"
    default: return nil
    }
  }
}

extension Candidate {
  /// Every offer and quote of the catalogue that belongs to a route asked for, with the rest of its
  /// bill as far as that doesn't depend on the size of the work.
  static func all(in catalog: Catalog, scenario: Scenario) -> [Candidate] {
    let rest = RestOfBill(scenario, catalog: catalog)
    return sold(in: catalog, scenario: scenario).map {
      var candidate = $0
      candidate.otherCosts = rest.costs(candidate)
      return candidate
    }
  }
}
