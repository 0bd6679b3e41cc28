import Quantities

/// A share of the tokens that is trained on sequences of another length than the rest: the long contexts
/// at the end of a run.
public struct CurriculumPhase: Hashable, Sendable {
  /// Of all tokens, more than 0.
  public var share: Double
  /// Tokens a sequence.
  public var sequenceLength: Int

  public init(share: Double, sequenceLength: Int) {
    (self.share, self.sequenceLength) = (share, sequenceLength)
  }

  /// Most of all tokens that phases of their own may take.
  static let mostShare = 0.9

  /// Reads phases such as `5%@32768, 1%@131072`.
  ///
  /// - Throws: `ScenarioFault` with what is wrong and an example.
  static func read(_ text: String) throws -> [CurriculumPhase] {
    let phases = try FieldText.list(text).map { item in
      let parts = item.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw ScenarioFault(
          "curriculum: “\(Magnitude.printable(item))” is no share and length, such as 5%@32768")
      }
      let share = try FieldText.number(String(parts[0]), "curriculum", FieldBounds.curriculumShare)
      let length = try FieldText.whole(
        String(parts[1]), "a sequence length", 1...100_000_000)
      return CurriculumPhase(share: share, sequenceLength: length)
    }
    guard phases.reduce(0, { $0 + $1.share }) <= mostShare else {
      throw ScenarioFault(
        "curriculum: the shares come to more than 90 % of the tokens; what is left over is trained on "
          + "sequences of --sequence-length")
    }
    return phases
  }

  /// The text that reads as these phases.
  static func text(_ phases: [CurriculumPhase]) -> String {
    phases.map { "\(Decimals.shortest($0.share * 100))%@\($0.sequenceLength)" }
      .joined(separator: ",")
  }
}
