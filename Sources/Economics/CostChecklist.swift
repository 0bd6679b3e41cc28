/// The terms that a pretraining programme pays for, and where a plan has each: so that nothing is
/// left out without a word.
public enum CostChecklist {
  /// How a plan deals with a term.
  public enum Coverage: Hashable, Sendable {
    /// A line of the bill, when a figure for it is known or given.
    case line(CostTerm)
    /// Part of the hours that are paid, through the goodput of published whole runs.
    case hours
    /// A limit or a date, not money.
    case calendar
    /// Never in the bill: the buyer's own to add, with the reason.
    case outside(String)
  }

  /// One term.
  public struct Item: Hashable, Sendable {
    public var name: String
    public var coverage: Coverage

    init(_ name: String, _ coverage: Coverage) {
      self.name = name
      self.coverage = coverage
    }
  }

  /// Thirty terms, in the order of a programme's cost.
  ///
  /// Source of the shares they take of frontier programmes: Cottier et al. 2024, arXiv 2405.21015.
  public static let items: [Item] = [
    Item("accelerators, rented", .line(.acceleratorRent)),
    Item("servers: accelerators, processors, memory", .line(.servers)),
    Item("cluster interconnect", .line(.network)),
    Item("energy and cooling", .line(.energy)),
    Item("research staff", .outside("29 to 49 % of frontier development; depends on the team")),
    Item("experiments, ablations, sweeps", .line(.experiments)),
    Item("failed and restarted runs", .line(.experiments)),
    Item("time lost to failures and restarts", .hours),
    Item("checkpoint stalls", .hours),
    Item("idle reserved capacity", .line(.idleCommitment)),
    Item("minimum-term rounding", .line(.minimumTermRounding)),
    Item("queue and start-up wait", .calendar),
    Item("porting to a new software stack", .line(.porting)),
    Item("showing that the results are the same", .line(.porting)),
    Item("evaluation during and after", .line(.experiments)),
    Item("long-context phase", .line(.experiments)),
    Item("post-training", .line(.experiments)),
    Item("data licences and crawling", .outside("no published figure")),
    Item("data preparation", .line(.dataPreparation)),
    Item("data storage and loading", .line(.objectStorage)),
    Item("checkpoint storage", .line(.checkpointStorage)),
    Item("egress and traffic between zones", .line(.egress)),
    Item("support plan", .line(.supportPlan)),
    Item("software licences and schedulers", .line(.software)),
    Item("colocation space and power", .line(.colocation)),
    Item("spares and maintenance", .line(.maintenance)),
    Item("cost of capital", .line(.financing)),
    Item("loss of value", .line(.residualValue)),
    Item("cost of delay", .outside("what a day is worth is the buyer's to say")),
    Item("security, compliance, currency", .outside("no published figure")),
  ]

  /// The terms that no bill here has.
  public static let outside: [(name: String, reason: String)] = items.compactMap { item in
    if case .outside(let reason) = item.coverage { return (item.name, reason) }
    return nil
  }
}
