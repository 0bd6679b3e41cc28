import Screen

/// A picture of the whole screen and where the cursor stands on it.
public struct Frame: Hashable, Sendable {
  public var grid: Grid
  /// The cursor is parked on what has the focus, also while it is hidden: screen readers follow it.
  public var cursor: Point?
  public var showsCursor: Bool

  public init(_ grid: Grid, cursor: Point? = nil, showsCursor: Bool = false) {
    self.grid = grid
    self.cursor = cursor
    self.showsCursor = showsCursor
  }
}
