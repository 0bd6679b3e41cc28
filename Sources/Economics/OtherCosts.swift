import Catalog
import Quantities

/// Prices by the amount, falling in steps: the first so many GB at one price, the next at another.
public struct TieredPrice: Hashable, Sendable {
  public struct Tier: Hashable, Sendable {
    /// GB (10⁹ bytes) in this step; nil for all the rest.
    public var gigabytes: Double?
    public var dollarsPerGigabyte: Double

    public init(gigabytes: Double?, dollarsPerGigabyte: Double) {
      self.gigabytes = gigabytes
      self.dollarsPerGigabyte = dollarsPerGigabyte
    }
  }

  public var tiers: [Tier]

  public init(tiers: [Tier]) {
    self.tiers = tiers
  }

  /// US dollars of an amount within one month. Past the last step its price goes on.
  public func dollars(gigabytes: Double) -> Double {
    var left = gigabytes
    var sum = 0.0
    for (index, tier) in tiers.enumerated() where left > 0 {
      let isLast = index == tiers.count - 1
      let part = isLast ? left : min(left, tier.gigabytes ?? left)
      sum += part * tier.dollarsPerGigabyte
      left -= part
    }
    return sum
  }

  /// What a provider takes for data leaving to the internet in a month; nil when a step of its list
  /// is not in the catalogue. The vendors' TB are 1,000 GB here.
  public static func egress(provider: String, catalog: Catalog) -> TieredPrice? {
    func price(_ id: String, _ end: KeyPath<Interval, Double?> = \.central) -> Double? {
      let row = catalog.services.first { $0.id == id && $0.unit == "usd_per_gb" }
      return row?.value[keyPath: end]
    }
    let steps: [(gigabytes: Double?, price: Double?)]
    switch provider {
    case "aws":
      steps = [
        (10_000, price("aws/internet-egress-first-10tb")),
        (40_000, price("aws/internet-egress-next-40tb")),
        (100_000, price("aws/internet-egress-next-100tb")),
        (nil, price("aws/internet-egress-over-150tb")),
      ]
    case "gcp":
      // The row of the higher steps holds two: its high to 10 TB, its low above.
      steps = [
        (1000, price("gcp/gcs-egress-first-tb")),
        (9000, price("gcp/gcs-egress-higher-tiers", \.upper)),
        (nil, price("gcp/gcs-egress-higher-tiers", \.lower)),
      ]
    default: return nil
    }
    var tiers: [Tier] = []
    for step in steps {
      guard let dollars = step.price else { return nil }
      tiers.append(Tier(gigabytes: step.gigabytes, dollarsPerGigabyte: dollars))
    }
    return TieredPrice(tiers: tiers)
  }
}

/// What a job costs beside its accelerators, from explicit inputs; nil is not known and is listed as
/// not included.
public struct OtherCosts: Hashable, Sendable {
  /// US dollars of machine time to prepare the corpus.
  public var dataPreparationDollars: Double?
  /// GB of corpus kept in object storage from start to end.
  public var corpusGigabytes: Double?
  /// GB of checkpoints kept, on average over the run.
  public var checkpointGigabytes: Double?
  /// US dollars a GB and month of object storage.
  public var storageDollarsPerGigabyteMonth: Double?
  /// GB taken out to the internet at the end: final weights, perhaps the corpus.
  public var egressGigabytes: Double?
  public var egressPrice: TieredPrice?
  /// Fraction of what the cloud bills.
  public var supportFraction: Double?
  /// Work to bring the training software to a new stack and to show it gives the same results.
  public var portingPersonWeeks: Double?
  /// US dollars a person and year.
  public var personDollarsPerYear: Double?
  /// All compute of the project over the final run's: 1 is the final run alone.
  public var experimentsMultiplier: Double?
  /// Fraction of everything else.
  public var contingencyFraction: Double?

  public init() {}

  /// US dollars of machine time that a corpus takes.
  ///
  /// - Parameters:
  ///   - tokensPerMachineHour: measured on the pipeline in question; no general figure is published.
  ///   - dollarsPerMachineHour: of a CPU instance.
  public static func dataPreparationDollars(
    tokens: Double, tokensPerMachineHour: Double, dollarsPerMachineHour: Double
  ) -> Double {
    tokens / tokensPerMachineHour * dollarsPerMachineHour
  }

  /// GB of checkpoints kept: parameters x bytes each x copies.
  ///
  /// With Adam in mixed precision a parameter takes 12 to 18 bytes: weights of 2 or 4, a master copy
  /// of 4, two moments of 4 each.
  public static func checkpointGigabytes(
    parameters: Double, bytesPerParameter: Double, copies: Double
  ) -> Double {
    parameters * bytesPerParameter * copies / 1e9
  }
}

/// The other costs of one job: amounts by term, and what is left out.
public struct OtherCostsBill: Sendable {
  public var cashFlow: CashFlow
  public var notIncluded: [(term: CostTerm, reason: String)]
}

extension OtherCosts {
  /// The job an estimate is for.
  public struct Job: Hashable, Sendable {
    /// First day, and hours from then to the end.
    public var start: CalendarDate
    public var hours: Double
    /// US dollars the final run's accelerator time costs: what the experiments are a multiple of.
    public var runDollars: Double
    /// US dollars the cloud bills for the run: what support is a share of; 0 when owned.
    public var cloudDollars: Double
    /// US dollars of all that is already counted: what contingency is a share of, with these.
    public var countedDollars: Double

    public init(
      start: CalendarDate, hours: Double, runDollars: Double, cloudDollars: Double,
      countedDollars: Double
    ) {
      self.start = start
      self.hours = hours
      self.runDollars = runDollars
      self.cloudDollars = cloudDollars
      self.countedDollars = countedDollars
    }
  }

  /// Amounts of one job by term; nil is not known.
  struct Amounts {
    var dataPreparation: Double?
    var objectStorage: Double?
    var checkpointStorage: Double?
    var egress: Double?
    var support: Double?
    var porting: Double?
    var experiments: Double?
    var contingency: Double?

    /// All but the contingency.
    var subtotal: Double {
      let data: Double = (dataPreparation ?? 0) + (objectStorage ?? 0) + (checkpointStorage ?? 0)
      let cloud: Double = (egress ?? 0) + (support ?? 0)
      return data + cloud + (porting ?? 0) + (experiments ?? 0)
    }
  }

  func amounts(_ job: Job) -> Amounts {
    var amounts = Amounts()
    let months = job.hours / HoursOf.month
    amounts.dataPreparation = dataPreparationDollars
    if let price = storageDollarsPerGigabyteMonth {
      amounts.objectStorage = corpusGigabytes.map { $0 * price * months }
      amounts.checkpointStorage = checkpointGigabytes.map { $0 * price * months }
    }
    if let egressPrice, let egressGigabytes {
      amounts.egress = egressPrice.dollars(gigabytes: egressGigabytes)
    }
    if let weeks = portingPersonWeeks, let pay = personDollarsPerYear {
      amounts.porting = weeks * HoursOf.week / HoursOf.year * pay
    }
    amounts.experiments = experimentsMultiplier.map { max(0, $0 - 1) * job.runDollars }
    if let supportFraction {
      let stored: Double = (amounts.objectStorage ?? 0) + (amounts.checkpointStorage ?? 0)
      let billed: Double = job.cloudDollars + stored + (amounts.egress ?? 0)
      amounts.support = supportFraction * billed
    }
    amounts.contingency = contingencyFraction.map {
      $0 * (job.countedDollars + amounts.subtotal)
    }
    return amounts
  }

  /// The sum of the bill, without making it: for loops that price many candidates.
  public func cashDollars(_ job: Job) -> Double {
    OtherCostRates(self).cashDollars(
      hours: job.hours, runDollars: job.runDollars, cloudDollars: job.cloudDollars,
      countedDollars: job.countedDollars)
  }

  /// Storage is paid by the month, egress at the end, all else on the first day: preparation,
  /// porting and experiments come before the run, and money for them must be there by then.
  public func bill(_ job: Job) -> OtherCostsBill {
    let amounts = amounts(job)
    let end = job.start.adding(days: job.hours / HoursOf.day)
    var bill = OtherCostsBill(cashFlow: CashFlow(), notIncluded: [])
    func add(_ term: CostTerm, _ dollars: Double?, on day: CalendarDate, _ reason: String) {
      guard let dollars else { return bill.notIncluded.append((term, reason)) }
      guard dollars != 0 else { return }
      bill.cashFlow.flows.append(Flow(date: day, term: term, dollars: dollars))
    }
    func addMonthly(_ term: CostTerm, _ dollars: Double?, _ reason: String) {
      guard let dollars, dollars > 0 else { return add(term, dollars, on: end, reason) }
      for month in Accrual.months(start: job.start, from: 0, to: job.hours) {
        let part = dollars * month.hours / job.hours
        bill.cashFlow.flows.append(Flow(date: month.due, term: term, dollars: part))
      }
    }
    add(
      .dataPreparation, amounts.dataPreparation, on: job.start, "no rate of preparation is given")
    addMonthly(.objectStorage, amounts.objectStorage, "no size of the corpus or price of storage")
    addMonthly(
      .checkpointStorage, amounts.checkpointStorage, "no number of checkpoints or price of storage")
    add(.egress, amounts.egress, on: end, "no amount to take out or price for it")
    add(.supportPlan, amounts.support, on: end, "no support plan is given")
    add(.porting, amounts.porting, on: job.start, "no work or pay for porting is given")
    add(.experiments, amounts.experiments, on: job.start, "no multiple of the final run is given")
    add(.contingency, amounts.contingency, on: end, "no contingency is given")
    return bill
  }
}
