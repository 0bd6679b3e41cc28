import Quantities

extension PlanFace {
  /// What moves one option's cost, what would change the choice, and what it is worth to know more.
  public struct Sensitivity: Hashable, Sendable {
    /// What one uncertain input alone does.
    public struct Bar: Hashable, Sendable {
      /// What the input is, in a few words.
      public var label: String
      /// The input's own range, p10 to p90, with its unit.
      public var range: String
      /// The economic cost at the input's p10 and at its p90.
      public var low: Money
      public var high: Money
      /// Share of the cost's variance it explains, alone and with others, 0 to 1; nil where unknown.
      public var share: Double?
      public var grade: String

      public init(
        _ label: String, range: String, low: Money, high: Money, share: Double? = nil,
        grade: String = ""
      ) {
        self.label = label
        self.range = range
        self.low = low
        self.high = high
        self.share = share
        self.grade = grade
      }
    }

    /// The economic cost when nothing is moved.
    public var middle: Money
    /// Widest first.
    public var bars: [Bar]
    /// Conditions under which another option is chosen, as sentences.
    public var flips: [String]
    /// What it is worth to know more before choosing, as sentences.
    public var worth: [String]

    public init(middle: Money, bars: [Bar], flips: [String] = [], worth: [String] = []) {
      self.middle = middle
      self.bars = bars
      self.flips = flips
      self.worth = worth
    }
  }
}
