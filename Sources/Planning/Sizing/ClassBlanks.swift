import Catalog
import Decisions
import Economics
import Quantities
import RealModule

/// A figure of a class that no source gives: it stands at a bound, drawn as one score by all options
/// that hang on it.
struct ClassBlank: Hashable, Sendable {
  /// What it is, in words.
  var figure: String
  var unit: String
  /// Ends of the bound: 8 in 10 outcomes lie within.
  var low: Double
  var high: Double
  /// Name of the score, which is ±`endScore` at the ends.
  var score: String
  /// Whether the table has an empty cell where it should stand: always said. Else it is judgement, and
  /// said where it decides.
  var isEmptyCell: Bool

  /// Standard normal score at the ninetieth percentile.
  static let endScore = 1.281_551_565_544_600_5

  /// Standard deviation of the logarithm, where the figure is lognormal about the middle of its bound.
  var deviation: Double { low > 0 ? .log(high / low) / 2 / Self.endScore : 0 }

  /// A length of a phase, in weeks.
  init?(_ length: UncertainDays, _ figure: String, isEmptyCell: Bool = false) {
    guard length.deviation > 0, length.days > 0 else { return nil }
    self.init(
      figure, unit: "weeks", low: length.value(-Self.endScore) / 7,
      high: length.value(Self.endScore) / 7, score: length.name, isEmptyCell: isEmptyCell)
  }

  init(
    _ figure: String, unit: String, low: Double, high: Double, score: String, isEmptyCell: Bool
  ) {
    (self.figure, self.unit, self.low, self.high) = (figure, unit, low, high)
    (self.score, self.isEmptyCell) = (score, isEmptyCell)
  }
}

extension DecisionClassMaker {
  /// What stands at a bound in a class.
  func blanks(
    _ candidate: Candidate, _ capacity: Capacity, _ phases: PhaseLengths
  ) -> [ClassBlank] {
    var found: [ClassBlank?] = []
    let chip = candidate.accelerator
    if case .buy(let quote) = candidate.source {
      let isBlank = quote.leadTimeWeeks == nil && scenario.calendar["delivery"] == nil
      found.append(
        ClassBlank(
          phases.delivery, "time from order to dock of \(chip.name)", isEmptyCell: isBlank))
      found.append(ClassBlank(phases.hall, "wait for space with power"))
      if let power = power(quote, chip) {
        found.append(
          ClassBlank(
            "rated power of a server, \(quote.name)", unit: "kW", low: power.low,
            high: power.high, score: PowerBound.score(chip.id), isEmptyCell: true))
      }
    } else {
      found.append(ClassBlank(phases.wait, "wait for \(Self.words(capacity))"))
    }
    found.append(ClassBlank(phases.contract, "negotiation of a contract"))
    found.append(ClassBlank(phases.porting, "porting to \(chip.kind.rawValue)"))
    if let chance = capacity.chance, let low = chance.lower, let high = chance.upper, low > 0,
      high > low, high < 1, capacity.provenance?.grade == .d
    {
      found.append(
        ClassBlank(
          "chance of a grant, \(Self.words(capacity))", unit: "chance", low: low, high: high,
          score: "doubt.\(capacity.channel)", isEmptyCell: false))
    }
    return found.compactMap { $0 }
  }

  /// The bound on a server's power; nil where its maker gives it.
  func power(_ quote: ServerQuote, _ chip: Accelerator) -> PowerBound? {
    quote.serverKilowattsMax == nil ? PowerBound(quote, chip, catalog: catalog) : nil
  }

  /// A channel in words: its id parted.
  private static func words(_ capacity: Capacity) -> String {
    capacity.channel.replacing("/", with: " ").replacing("-", with: " ")
  }
}
