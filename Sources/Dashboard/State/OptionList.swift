/// The options that have a row in the table, in order.
struct OptionList: Sendable {
  /// Ranked options, then those ruled out.
  let options: [PlanFace.Option]
  /// How many of them are ranked.
  let rankedCount: Int
  /// Parts of the longest breakdown of the plan, whether its option has a row or not.
  let longestBreakdown: Int

  /// The list as the settings have it. Where places have no row each, the first in order stands for
  /// all, and for those ruled out the first of the same reason.
  init(_ face: PlanFace, _ view: ViewSettings) {
    longestBreakdown = face.ranked.map(\.breakdown.count).max() ?? 0
    var ranked = face.ranked.filter(view.filter.matches)
    if view.sort != .rank {
      ranked.sort { view.sort.precedes($0, $1, view) }
    } else if view.isReversed {
      ranked.reverse()
    }
    var out = view.showsRuledOut ? face.ruledOut.filter(view.filter.matches) : []
    if !view.showsPlaces {
      ranked = Self.merged(ranked) { $0.kin }
      out = Self.merged(out) { "\($0.kin) \($0.reason ?? "")" }
    }
    options = ranked + out
    rankedCount = ranked.count
  }

  /// The row of the table an option has; the line above those ruled out is a row too.
  func row(ofIndex index: Int) -> Int {
    index < rankedCount ? index : index + 1
  }

  /// Rows of the table: the index of an option, or nil for the line above those ruled out.
  var rows: [Int?] {
    let ranked = (0..<rankedCount).map { Optional($0) }
    guard options.count > rankedCount else { return ranked }
    return ranked + [nil] + (rankedCount..<options.count).map { Optional($0) }
  }

  /// The index of an option, or of what has come in its place: the same offer at the same place
  /// with another number of chips, or else at any place.
  func index(standingFor option: PlanFace.Option) -> Int? {
    options.firstIndex { $0.id == option.id }
      ?? options.firstIndex { $0.kin == option.kin && $0.place == option.place }
      ?? options.firstIndex { $0.kin == option.kin }
  }

  /// Rows that ranked options moved up (positive) or down (negative); the best of a kin counts.
  static func moves(from before: OptionList, to after: OptionList) -> [String: Int] {
    func places(_ list: OptionList) -> [String: Int] {
      var places: [String: Int] = [:]
      for (place, option) in list.options.prefix(list.rankedCount).enumerated()
      where places[option.kin] == nil {
        places[option.kin] = place
      }
      return places
    }
    let old = places(before)
    return places(after).reduce(into: [:]) { moves, entry in
      if let was = old[entry.key], was != entry.value { moves[entry.key] = was - entry.value }
    }
  }

  /// The first of each kind, counting the others of its kind.
  private static func merged(
    _ options: [PlanFace.Option], by key: (PlanFace.Option) -> String
  ) -> [PlanFace.Option] {
    var kept: [PlanFace.Option] = []
    var indices: [String: Int] = [:]
    for option in options {
      if let index = indices[key(option)] {
        kept[index].others += 1
      } else {
        indices[key(option)] = kept.count
        kept.append(option)
      }
    }
    return kept
  }
}
