import Catalog
import Quantities

/// What surrounds a run, as the scenario names it; nil leaves the term out and says so.
public struct OverheadChoices: Hashable, Sendable {
  /// Tokens one virtual processor prepares a second; depends on the pipeline.
  public var preparedTokensPerProcessorSecond: Double?
  /// Bytes of the corpus kept while the job lasts.
  public var corpusBytes: Double?
  /// Bytes of a fast file system kept while the job lasts.
  public var fileSystemBytes: Double?
  /// Checkpoints kept at a time.
  public var checkpointsKept: Int?
  /// Bytes moved out at the end: final weights, perhaps the corpus.
  public var egressBytes: Double?
  /// Whether a paid support plan is taken.
  public var takesSupportPlan: Bool
  /// Work to bring the training code to the software stack.
  public var portingPersonWeeks: Double?
  /// US dollars for a person and week.
  public var dollarsPerPersonWeek: Double?
  /// All compute over that of the final run: 1.5 means half as much again for experiments.
  public var developmentMultiplier: Double?
  /// Failed runs over the final run.
  public var failedRunShare: Double?
  /// Reserve over everything else.
  public var contingencyShare: Double?

  /// Nothing named: every overhead is left out and said so.
  public init(
    preparedTokensPerProcessorSecond: Double? = nil, corpusBytes: Double? = nil,
    fileSystemBytes: Double? = nil, checkpointsKept: Int? = nil, egressBytes: Double? = nil,
    takesSupportPlan: Bool = false, portingPersonWeeks: Double? = nil,
    dollarsPerPersonWeek: Double? = nil, developmentMultiplier: Double? = nil,
    failedRunShare: Double? = nil, contingencyShare: Double? = nil
  ) {
    self.preparedTokensPerProcessorSecond = preparedTokensPerProcessorSecond
    self.corpusBytes = corpusBytes
    self.fileSystemBytes = fileSystemBytes
    self.checkpointsKept = checkpointsKept
    self.egressBytes = egressBytes
    self.takesSupportPlan = takesSupportPlan
    self.portingPersonWeeks = portingPersonWeeks
    self.dollarsPerPersonWeek = dollarsPerPersonWeek
    self.developmentMultiplier = developmentMultiplier
    self.failedRunShare = failedRunShare
    self.contingencyShare = contingencyShare
  }
}

/// Prices of the services around a run, at one provider and place; nil where none is known.
public struct OverheadPrices: Hashable, Sendable {
  /// US dollars for one virtual processor and hour.
  public var processorDollarsPerHour: Assumed?
  /// US dollars per GB (10⁹ bytes) and month.
  public var objectDollarsPerGBMonth: Assumed?
  public var fileDollarsPerGBMonth: Assumed?
  /// US dollars per GB.
  public var egressDollarsPerGB: Assumed?
  /// Percent of what is paid to the provider.
  public var supportPercent: Assumed?
  /// Bytes of a checkpoint per parameter, optimizer states included.
  public var checkpointBytesPerParameter: Assumed?

  public init() {}

  /// Prices of a provider in a region: the region's row, else the row without a region, else the
  /// provider's first; processors are the first on-demand row of the whole table, because data can
  /// be prepared anywhere.
  public init(catalog: Catalog, provider: String, region: String) {
    func price(_ category: String, unit: String) -> Assumed? {
      let rows = catalog.services.filter {
        $0.provider == provider && $0.category == category && $0.unit == unit
          && $0.value.central != nil
      }
      let row =
        rows.first { $0.region == region } ?? rows.first { $0.region.isEmpty } ?? rows.first
      return row.flatMap(Assumed.init(service:))
    }
    objectDollarsPerGBMonth = price("object_storage", unit: "usd_per_gb_month")
    fileDollarsPerGBMonth = price("file_storage", unit: "usd_per_gb_month")
    egressDollarsPerGB = price("egress", unit: "usd_per_gb")
    supportPercent = catalog.services.first { $0.category == "support" }.flatMap(
      Assumed.init(service:))
    checkpointBytesPerParameter = Assumed(
      catalog.ownership("checkpoint_size/adam-mixed-precision"))
    processorDollarsPerHour = Self.processor(catalog)
  }

  /// The first on-demand row of the category `cpu`, by the processors its name states.
  private static func processor(_ catalog: Catalog) -> Assumed? {
    let row = catalog.services.first {
      $0.category == "cpu" && $0.id.hasSuffix("/on_demand") && $0.value.central != nil
    }
    guard let row, let count = processors(statedIn: row.name), count > 0,
      var assumed = Assumed(service: row)
    else { return nil }
    assumed.value /= count
    assumed.unit = "usd_per_vcpu_hour"
    assumed.interval = Interval(low: nil, typical: assumed.value, high: nil)
    return assumed
  }

  /// 192 of `c8g.48xlarge, Graviton4, 192 vCPU, 384 GiB`.
  static func processors(statedIn name: String) -> Double? {
    let words = name.split { $0 == " " || $0 == "," }
    guard let unit = words.firstIndex(of: "vCPU"), unit > 0 else { return nil }
    return Double(words[unit - 1])
  }
}

extension Assumed {
  /// A service's central price; nil when it has none.
  init?(service: ServicePrice) {
    guard let value = service.value.central else { return nil }
    self.init(
      value, interval: service.value, unit: service.unit, sourceID: service.id,
      provenance: service.provenance)
  }
}

/// The job as the overheads see it.
public struct OverheadJob: Hashable, Sendable {
  public var tokens: Double
  public var parameters: Double
  /// Compute of the final run at what it is worth, US dollars: the rent, or the charge by usage.
  public var finalRunDollars: Double?

  public init(tokens: Double, parameters: Double, finalRunDollars: Double?) {
    self.tokens = tokens
    self.parameters = parameters
    self.finalRunDollars = finalRunDollars
  }
}

/// The rest of the bill.
public enum Overheads {
  /// Adds the overheads to a rental or a purchase: dated flows, and what is left out with reasons.
  ///
  /// Preparation, porting and experiments fall due at the start, storage by the month, support with
  /// each payment to the provider, egress, failed runs and contingency at the end.
  public static func add(
    to flow: inout CashFlow, job: OverheadJob, choices: OverheadChoices, prices: OverheadPrices
  ) {
    var ledger = OverheadLedger(flow: flow, job: job, choices: choices, prices: prices)
    ledger.dataPreparation()
    ledger.storage()
    ledger.egress()
    ledger.support()
    ledger.people()
    ledger.compute()
    ledger.contingency()
    flow = ledger.flow
  }
}

private struct OverheadLedger {
  var flow: CashFlow
  let job: OverheadJob
  let choices: OverheadChoices
  let prices: OverheadPrices

  mutating func dataPreparation() {
    guard let speed = choices.preparedTokensPerProcessorSecond, speed > 0 else {
      return omit(.dataPreparation, "no speed of preparation was given")
    }
    guard let price = prices.processorDollarsPerHour else {
      return omit(.dataPreparation, "no price of processors is known")
    }
    let hours = job.tokens / speed / 3600
    let note = "\(Decimals.fixed(hours, 0)) processor-hours"
    add(flow.start, .dataPreparation, hours * price.value, note, [price])
  }

  mutating func storage() {
    store(.objectStorage, choices.corpusBytes, "the corpus", prices.objectDollarsPerGBMonth)
    store(.fileStorage, choices.fileSystemBytes, "the file system", prices.fileDollarsPerGBMonth)
    let perParameter = prices.checkpointBytesPerParameter
    var bytes: Double?
    if let kept = choices.checkpointsKept, let perParameter {
      bytes = Double(kept) * job.parameters * perParameter.value
    }
    store(
      .checkpointStorage, bytes, "checkpoints", prices.objectDollarsPerGBMonth,
      also: [perParameter])
  }

  private mutating func store(
    _ term: CostTerm, _ bytes: Double?, _ what: String, _ price: Assumed?, also: [Assumed?] = []
  ) {
    guard let bytes else { return omit(term, "no size of \(what) was given") }
    guard let price else { return omit(term, "no price of storage is known here") }
    let hours = Double(flow.end.daysSinceEpoch - flow.start.daysSinceEpoch) * 24
    let gigabytes = bytes / 1e9
    let perHour = gigabytes * price.value / TimeSpan.hoursPerMonth
    for part in MonthlySpread.parts(start: flow.start, offset: 0, length: hours) {
      let note = "\(Decimals.fixed(gigabytes, 0)) GB"
      add(part.date, term, part.hours * perHour, note, [price] + also)
    }
  }

  mutating func egress() {
    guard let bytes = choices.egressBytes else {
      return omit(.egress, "no amount of data to move out was given")
    }
    guard let price = prices.egressDollarsPerGB else {
      return omit(.egress, "no price of egress is known here")
    }
    let gigabytes = bytes / 1e9
    let note = "\(Decimals.fixed(gigabytes, 0)) GB"
    add(flow.end, .egress, gigabytes * price.value, note, [price])
  }

  mutating func support() {
    guard flow.tenure == .rent else { return }
    guard choices.takesSupportPlan else { return omit(.supportPlan, "none is taken") }
    guard let percent = prices.supportPercent else {
      return omit(.supportPlan, "no price of a support plan is known")
    }
    for paid in flow.flows where paid.kind == .cash && paid.term.isPaidToProvider {
      let amount = paid.amountDollars * percent.value / 100
      add(paid.date, .supportPlan, amount, "of a payment to the provider", [percent])
    }
  }

  mutating func people() {
    guard let weeks = choices.portingPersonWeeks else {
      return omit(.porting, "no work was given")
    }
    guard weeks > 0 else { return omit(.porting, "the code runs on this stack already") }
    guard let price = choices.dollarsPerPersonWeek else {
      return omit(.porting, "no cost of a person was given")
    }
    let note = "\(Decimals.shortest(weeks)) person-weeks"
    add(flow.start, .porting, weeks * price, note, [])
  }

  mutating func compute() {
    let base = job.finalRunDollars
    if let multiplier = choices.developmentMultiplier, let base {
      let note = "\(Decimals.shortest(multiplier)) times the final run in all"
      add(flow.start, .experiments, (multiplier - 1) * base, note, [])
    } else {
      omit(.experiments, "no share of experiments was given")
    }
    if let share = choices.failedRunShare, let base {
      let note = "\(Decimals.shortest(share)) of the final run"
      add(flow.end, .failedRuns, share * base, note, [])
    } else {
      omit(.failedRuns, "no share of failed runs was given")
    }
  }

  mutating func contingency() {
    guard let share = choices.contingencyShare else {
      return omit(.contingency, "no reserve was given")
    }
    let note = "\(Decimals.shortest(share)) of everything else"
    add(flow.end, .contingency, share * flow.cashDollars, note, [])
  }

  private mutating func omit(_ term: CostTerm, _ reason: String) {
    flow.omit(OmittedTerm(term, reason))
  }

  private mutating func add(
    _ date: CalendarDate, _ term: CostTerm, _ dollars: Double, _ note: String, _ from: [Assumed?]
  ) {
    flow.add(
      Flow(date, term, dollars, note: note, sourceIDs: from.compactMap { $0?.sourceID }))
  }
}

extension CostTerm {
  /// Whether the provider of the accelerators is paid, which a support plan is a share of.
  var isPaidToProvider: Bool {
    switch self {
    case .acceleratorRent, .interruptionLoss, .idleCommitment, .minimumTermRounding,
      .negotiatedDiscount, .hostProcessors, .objectStorage, .fileStorage, .checkpointStorage,
      .egress:
      true
    default: false
    }
  }
}
