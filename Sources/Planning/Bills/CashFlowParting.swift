import Economics

extension RentalAssumptions {
  /// What chaining an offer's terms costs here.
  var chainConditions: ChainConditions {
    var conditions = ChainConditions(gapHours: gapHours)
    if let queueWaitHours { conditions.queueWaitHours = queueWaitHours }
    return conditions
  }
}

/// What saving and restarting takes where capacity is taken back: 120 s and 600 s, the worked
/// example of the spot table (Daly's complete model, Future Generation Computer Systems 22, 2006).
enum SpotDefaults {
  static let stallHours = 120.0 / 3600
  static let restartHours = 600.0 / 3600
}

extension CashFlow {
  /// The same flows with one term's parted, in the order of their dates, among several terms in
  /// proportion to weights.
  func parting(_ term: CostTerm, _ weights: [Double], _ terms: [CostTerm]) -> CashFlow {
    let whole = weights.reduce(0, +)
    let total = flows.reduce(0) { $0 + ($1.term == term && !$1.isRecovery ? $1.dollars : 0) }
    guard whole > 0, total > 0 else { return self }
    var ends: [Double] = []
    for weight in weights { ends.append((ends.last ?? 0) + total * max(0, weight) / whole) }
    var result = CashFlow(flows: flows.filter { $0.term != term || $0.isRecovery })
    var given = 0.0
    for flow in flows.filter({ $0.term == term && !$0.isRecovery }).sorted(by: { $0.date < $1.date }
    ) {
      let until: Double = given + flow.dollars
      var from = given
      for (place, end) in ends.enumerated() {
        let isLast = place == ends.count - 1
        let stop = isLast ? until : min(until, end)
        guard stop > from else { continue }
        var part = flow
        part.term = terms[place]
        part.dollars = stop - from
        result.flows.append(part)
        from = stop
      }
      given = until
    }
    return result
  }
}
