/// What is asked: money, time, and the chance that both are kept.
public struct Question: Hashable, Sendable {
  /// Most cash.
  public var budgetUsd: Double
  /// Days from today to the deadline.
  public var deadlineDays: Double
  /// One chance that budget and deadline are both kept, between 0 and 1.
  public var chance: Double
  /// The work to be done, in the measure that curves lead to; nil when the budget says how much.
  public var work: Double?

  public init(budgetUsd: Double, deadlineDays: Double, chance: Double = 0.8, work: Double? = nil) {
    self.budgetUsd = budgetUsd
    self.deadlineDays = deadlineDays
    self.chance = chance
    self.work = work
  }

  /// The same with everything begun some days later.
  func delayed(_ days: Double) -> Question {
    var later = self
    later.deadlineDays -= days
    return later
  }
}
