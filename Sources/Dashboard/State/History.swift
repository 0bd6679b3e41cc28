import Planning

/// Every change of an input, in order, with what was before and after: what undo goes back along,
/// and the record of how a scenario came to be.
public struct History: Sendable {
  /// One change of one input.
  public struct Change: Sendable {
    /// The input, by the label it has on the screen.
    public let label: String
    public let old: String
    public let new: String
    let before: Scenario
    let after: Scenario
  }

  /// The scenario it all began with.
  public let origin: Scenario
  public private(set) var changes: [Change] = []
  /// How many of the changes hold; those after it are undone.
  public private(set) var position = 0

  public init(origin: Scenario) {
    self.origin = origin
  }

  /// The scenario as it is now.
  public var current: Scenario {
    position == 0 ? origin : changes[position - 1].after
  }

  public var canUndo: Bool { position > 0 }
  public var canRedo: Bool { position < changes.count }

  /// Takes note of a change; what was undone can't be done again after it.
  mutating func record(_ label: String, from old: String, to new: String, _ after: Scenario) {
    changes.removeSubrange(position...)
    changes.append(
      Change(label: label, old: old, new: new, before: current, after: after))
    position += 1
  }

  /// Takes back the last change that holds.
  mutating func undo() -> Change? {
    guard canUndo else { return nil }
    position -= 1
    return changes[position]
  }

  /// Makes the change that was undone last.
  mutating func redo() -> Change? {
    guard canRedo else { return nil }
    position += 1
    return changes[position - 1]
  }

  /// Goes to where the scenario was another one, if it ever was.
  ///
  /// - Returns: whether it was.
  mutating func travel(to scenario: Scenario) -> Bool {
    let places = [origin] + changes.map(\.after)
    guard let place = places.lastIndex(of: scenario) else { return false }
    position = place
    return true
  }
}
