/// A cursor that is kept running by a key held down: the panes beside the list wait until it rests, so
/// that each step writes little, over slow lines too. A single step is shown in full at once.
struct HeldCursor {
  /// Keys held down repeat 10 to 40 times a second.
  private static let pauseMilliseconds: Int32 = 60

  /// The option that the panes show meanwhile; nil when they follow.
  private(set) var resting: String?
  private var last: ContinuousClock.Instant?

  /// How long to wait for the next key before the panes follow.
  var timeoutMilliseconds: Int32? { resting == nil ? nil : Self.pauseMilliseconds }

  /// Takes note of what came: a move of the cursor from an option, or anything else, or nothing.
  mutating func note(isMove: Bool, from option: String?) {
    guard isMove else {
      (resting, last) = (nil, nil)
      return
    }
    let now = ContinuousClock.now
    let isHeld = last.map { now - $0 < .milliseconds(Self.pauseMilliseconds) } ?? false
    last = now
    resting = isHeld ? resting ?? option : nil
  }
}
