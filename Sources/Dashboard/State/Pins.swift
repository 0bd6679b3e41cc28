import Screen

/// An option that was pinned, by what stays the same when it takes another number of chips.
struct Pin: Hashable, Sendable {
  let kin: String
  let place: String

  init(_ option: PlanFace.Option) {
    kin = option.kin
    place = option.place
  }
}

extension PlanFace {
  /// The option that was pinned, or the best of its kin where it is not there any more.
  func option(pinned pin: Pin) -> Option? {
    let all = ranked + ruledOut
    return all.first { $0.kin == pin.kin && $0.place == pin.place }
      ?? all.first { $0.kin == pin.kin }
  }
}

extension DashboardState {
  /// Pins the option under the cursor, or lets it go.
  mutating func togglePin() -> [Effect] {
    guard let option = selected else { return [] }
    let pin = Pin(option)
    if let index = pins.firstIndex(of: pin) {
      pins.remove(at: index)
      message = Message("No longer pinned: \(option.title).")
    } else {
      pins.append(pin)
      message = Message("Pinned: \(option.title). c compares it with the option under the cursor.")
    }
    return []
  }

  /// Makes the option under the cursor the one that costs are shown against, or lets it go.
  mutating func toggleBaseline() -> [Effect] {
    guard let option = selected else { return [] }
    baseline = baseline == Pin(option) ? nil : Pin(option)
    message = Message(
      baseline == nil
        ? "No baseline any more." : "Costs are shown against \(option.title); b again lets it go.")
    return []
  }

  /// The two options to compare: the baseline and the one under the cursor, else the two pinned
  /// last, else the one pinned and the one under the cursor, else the best and the one under the
  /// cursor, else the two best.
  var compared: (PlanFace.Option, PlanFace.Option)? {
    let pinned = pins.compactMap { face.option(pinned: $0) }
    let base = baseline.flatMap { face.option(pinned: $0) }
    var pairs: [(PlanFace.Option?, PlanFace.Option?)] = []
    if base != nil { pairs.append((base, selected)) }
    if pinned.count > 1 { pairs.append((pinned[pinned.count - 2], pinned[pinned.count - 1])) }
    pairs += [(pinned.last, selected), (face.ranked.first, selected)]
    pairs.append((face.ranked.first, face.ranked.dropFirst().first))
    for case (let first?, let second?) in pairs where first.id != second.id {
      return (first, second)
    }
    return nil
  }
}
