import Screen

/// How much room there is: the steps at which the layout changes.
public enum LayoutStep: Int, Comparable, Sendable {
  /// Below 60 × 16: one line says so.
  case tooSmall
  /// 60 to 99 columns: one pane under the other, less important columns dropped.
  case narrow
  /// 100 to 139 columns.
  case medium
  /// 140 columns and more: panes side by side.
  case wide

  /// The smallest screen the dashboard is drawn on.
  public static let smallest = Size(width: 60, height: 16)

  public init(_ size: Size) {
    if size.width < Self.smallest.width || size.height < Self.smallest.height {
      self = .tooSmall
    } else if size.width < 100 {
      self = .narrow
    } else {
      self = size.width < 140 ? .medium : .wide
    }
  }

  public static func < (left: LayoutStep, right: LayoutStep) -> Bool {
    left.rawValue < right.rawValue
  }

  /// All that is shown on a screen that is too small, whatever its size.
  public static func tooSmallScreen(_ size: Size, theme: Theme) -> Grid {
    var grid = Grid(size)
    let needed = "\(smallest.width)x\(smallest.height)"
    let text = "plan needs \(needed), this is \(size.width)x\(size.height) (q quits)"
    grid.write(text, in: grid.bounds, style: theme.label)
    return grid
  }
}
