import Screen

/// How a rectangle is divided among panes.
indirect enum Arrangement<Identity: Hashable & Sendable>: Sendable {
  case pane(Identity)
  /// A place for the pane asked for last that has no place of its own, at first for this one.
  case slot(Identity)
  /// Parts from top to bottom.
  case rows([Part])
  /// Parts from left to right.
  case columns([Part])

  enum Length: Hashable, Sendable {
    /// So many cells, as far as there are.
    case fixed(Int)
    /// So much of what the fixed parts leave, by weight.
    case share(Int)
  }

  struct Part: Sendable {
    let length: Length
    let content: Arrangement

    init(_ length: Length, _ content: Arrangement) {
      self.length = length
      self.content = content
    }
  }

  /// The panes that always have a place.
  var fixedPanes: Set<Identity> {
    switch self {
    case .pane(let pane): [pane]
    case .slot: []
    case .rows(let parts), .columns(let parts):
      parts.reduce(into: []) { $0.formUnion($1.content.fixedPanes) }
    }
  }

  /// Where each pane stands.
  ///
  /// - Parameter wanted: the pane that the slot is for.
  func places(in rect: Rect, wanted: Identity?) -> [Identity: Rect] {
    let fixed = fixedPanes
    var places: [Identity: Rect] = [:]
    place(in: rect, wanted.flatMap { fixed.contains($0) ? nil : $0 }, &places)
    return places
  }

  private func place(in rect: Rect, _ wanted: Identity?, _ places: inout [Identity: Rect]) {
    switch self {
    case .pane(let pane): places[pane] = rect
    case .slot(let pane): places[wanted ?? pane] = rect
    case .rows(let parts):
      var rest = rect
      for (part, length) in zip(parts, Self.lengths(parts, of: rect.height)) {
        let (piece, after) = rest.split(top: length)
        part.content.place(in: piece, wanted, &places)
        rest = after
      }
    case .columns(let parts):
      var rest = rect
      for (part, length) in zip(parts, Self.lengths(parts, of: rect.width)) {
        let (piece, after) = rest.split(left: length)
        part.content.place(in: piece, wanted, &places)
        rest = after
      }
    }
  }

  /// The length of each part; together no more than there is.
  private static func lengths(_ parts: [Part], of whole: Int) -> [Int] {
    var rest = whole
    for case .fixed(let cells) in parts.map(\.length) { rest -= min(cells, rest) }
    var weight = 0
    for case .share(let share) in parts.map(\.length) { weight += share }
    var left = whole
    return parts.map { part in
      let length: Int
      switch part.length {
      case .fixed(let cells): length = min(cells, left)
      case .share(let share):
        // The last share takes what rounding left over.
        length = weight == share ? rest : rest * share / max(1, weight)
        rest -= length
        weight -= share
      }
      left -= length
      return length
    }
  }
}
