/// How capacity is got hold of.
public enum Obtaining: String, Hashable, Sendable, CaseIterable {
  /// The buyer has it: a quote or a grant.
  case inHand = "in_hand"
  /// A seller sells this size and term under a contract.
  case contract
  /// A queue or a quota without a promise, and chains of them.
  case request
}

/// An abstract option: everything a decision needs, nothing about chips, models or catalogues.
///
/// Times are days on the calendar that starts today; money is dollars; work is any unit that all
/// candidates share once `curve` is applied. Where speed, wait, price or chance differ between
/// classes of size, each class is a candidate of its own.
public struct Candidate: Sendable {
  public var id: String
  /// Routes are compared by name; one of the yardstick competes for nothing.
  public var route: String
  public var isYardstick = false
  public var obtaining: Obtaining
  /// Candidates of one family stand for each other, as the classes of size of one offer do: only the best of
  /// them is wanted. Nil where it stands alone.
  public var family: Int?
  /// Why it is out from the start, such as a policy that forbids it; it stays in the order, last.
  public var ruledOut: String?

  /// The fixed list, filtered by caps and quotas; `ClusterSize.units`.
  public var sizes: [ClusterSize]
  /// Terms to choose from, together with the size.
  public var terms: [Terms]

  /// Work of a chip in a day, after the team's lag and goodput.
  public var speed: Figure
  /// Days until the machines can be used: deciding, contract, wait or delivery, porting, staging.
  public var startDays: Figure
  /// Days the machines are held, and billed, before they work: porting and staging on them. A term
  /// begins at delivery, not at training. Not counted for the requests of a chain.
  public var idleDays = Figure.zero
  /// Days kept after the run: evaluation and margin.
  public var keptDays = Figure.zero
  /// Experiments on the same machines as a share of the run, in time and in money.
  public var experimentsShare = Figure.zero

  /// Paid whatever the size: porting, data, transfer.
  public var fixedUsd = Figure.zero
  /// Added to every other dollar, such as contingency: 0.1 for 10 %.
  public var overheadShare = Figure.zero
  /// Paid once for each billed chip: the price of a purchase.
  public var unitUsd = Figure.zero
  /// Paid once for each billed chip beside its price: network, deposits, installation.
  public var depositUsd = Figure.zero
  /// Paid for each billed chip and hour of the terms' grid: rent, or colocation of what is owned.
  public var usdPerChipHour = Figure.zero
  /// Paid for each billed chip and hour of use: energy.
  public var useUsdPerChipHour = Figure.zero
  /// Paid for each hour of use of the whole cluster: staff, storage.
  public var useUsdPerHour = Figure.zero
  /// The price that a negotiation moves: of units for a purchase, of hours for a rental.
  public var pricedBy = Priced.hours

  /// Nil when it needs nobody's grant.
  public var grant: Grant?
  /// For requests one after another; then the grants are inside.
  public var chain: Chain?
  /// Days from today until a refusal is known: when a plan B begins.
  public var refusalDays = 0.0
  public var curve = WorkCurve.identity

  public enum Priced: Hashable, Sendable { case hours, units }

  public init(
    id: String, route: String, obtaining: Obtaining, sizes: [ClusterSize], terms: [Terms],
    speed: Figure, startDays: Figure
  ) {
    self.id = id
    self.route = route
    self.obtaining = obtaining
    self.sizes = sizes
    self.terms = terms
    self.speed = speed
    self.startDays = startDays
  }

  /// The figures that outcomes differ in.
  static let figures: [WritableKeyPath<Candidate, Figure> & Sendable] = [
    \.speed, \.startDays, \.idleDays, \.keptDays, \.experimentsShare, \.fixedUsd, \.overheadShare,
    \.unitUsd,
    \.depositUsd, \.usdPerChipHour, \.useUsdPerChipHour, \.useUsdPerHour,
  ]

  /// Whether any figure hangs on a column.
  public func depends(on column: Column) -> Bool {
    Self.figures.contains { self[keyPath: $0].depends(on: column) }
      || (chain?.rungs.contains { $0.candidate.depends(on: column) } ?? false)
  }

  /// The candidate, and the plan B of its chain, with every figure changed alike.
  func mapping(_ change: (Figure) -> Figure) -> Candidate {
    var changed = self
    for figure in Self.figures { changed[keyPath: figure] = change(self[keyPath: figure]) }
    if let chain {
      changed.chain?.rungs = chain.rungs.map {
        Chain.Rung($0.candidate.mapping(change), size: $0.size, terms: $0.terms)
      }
    }
    return changed
  }

  /// The candidate with its price times a factor; other offers stay.
  public func priced(times factor: Double) -> Candidate {
    var changed = self
    switch pricedBy {
    case .hours: changed.usdPerChipHour = usdPerChipHour * factor
    case .units: changed.unitUsd = unitUsd * factor
    }
    return changed
  }
}

/// Requests one after another, each against the same channel, and what the rest runs on when one is
/// refused.
public struct Chain: Sendable {
  /// Hours that one request grants.
  public var linkHours: Double
  /// Days between the end of one and the start of the next.
  public var gapDays: Double
  /// How much of the channel's score each request shares; the rest is drawn for each.
  public var correlation: Double
  /// Own scores by place in the chain, fixed per channel; with fewer columns than requests the last
  /// request that has one is the last that can be granted.
  public var own: [Column]
  /// What the rest runs on after a refusal, or after leaving early: the first that is granted.
  public var rungs: [Rung]

  public init(
    linkHours: Double, gapDays: Double = 0, correlation: Double, own: [Column], rungs: [Rung]
  ) {
    self.linkHours = max(1, linkHours.rounded(.down))
    self.gapDays = gapDays
    self.correlation = correlation
    self.own = own
    self.rungs = rungs
  }

  /// A plan B at one size and term; its start days count from the refusal.
  public struct Rung: Sendable {
    public var candidate: Candidate
    public var size: Int
    public var terms: Int

    /// - Parameters:
    ///   - size: place in the candidate's sizes.
    ///   - terms: place in its terms.
    public init(_ candidate: Candidate, size: Int, terms: Int) {
      self.candidate = candidate
      self.size = size
      self.terms = terms
    }
  }
}
