/// A cursor on its way from option to option. The panes beside the list wait until it rests, so that
/// each step is answered at once and writes little, over slow lines and with a key held down too.
struct HeldCursor {
  /// How long a cursor stands still before it rests; keys held down repeat 20 to 40 times a second.
  private static let pauseMilliseconds: Int32 = 50

  /// The option that the panes show meanwhile; nil when they follow.
  private(set) var resting: String?

  /// How long to wait for the next key before the panes follow.
  var timeoutMilliseconds: Int32? { resting == nil ? nil : Self.pauseMilliseconds }

  /// Takes note of what came: a move of the cursor from an option, or anything else, or nothing.
  mutating func note(isMove: Bool, from option: String?) {
    resting = isMove ? resting ?? option : nil
  }
}
