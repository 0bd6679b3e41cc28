import Catalog
import Economics
import RealModule
import Uncertainty

/// Finds the world a careful plan is made for: the likeliest of those in which a figure, a cost or a
/// number of days, is as high as it is with a given chance.
///
/// It lies where the figure rises fastest: each input moves by its share of the gradient of the
/// figure's logarithm (the first-order reliability method: A. M. Hasofer and N. C. Lind, Journal of
/// the Engineering Mechanics Division 100, 1974, 111-121). How far they all move is the quantile of
/// the sum of what each adds to the logarithm, by its first three moments (E. A. Cornish and R. A.
/// Fisher, 1938), because ranges wider to one side shift it. The gradient is that of a run of
/// `referenceHours`, whatever the budget, so that more money or time never buys less.
struct DesignPoint {
  /// What an input adds to the figure's logarithm at score 1, and takes off at score −1.
  private struct LogEffect {
    var up: Double
    var down: Double

    /// Of value `up`·z above and `down`·z below a median, z standard normal.
    var mean: Double { (up - down) / Double.sqrt(2 * .pi) }
    private var square: Double { (up * up + down * down) / 2 }
    var variance: Double { square - mean * mean }
    var thirdMoment: Double {
      let cube: Double = (up * up * up - down * down * down) * Double.sqrt(2 / .pi)
      return cube - 3 * mean * square + 2 * mean * mean * mean
    }
  }

  /// An input the figure may depend on.
  struct Input {
    let factor: Factor
    let distribution: Distribution
    let median: Double
    /// At scores 1 and −1, over the median.
    let up: Double
    let down: Double

    init(_ factor: Factor, _ input: PlanInput) {
      (self.factor, distribution, median) = (factor, input.distribution, input.median)
      up = distribution.value(score: 1) / median
      down = distribution.value(score: -1) / median
    }

    /// At a standard normal score, over the median.
    func value(score: Double) -> Double { distribution.value(score: score) / median }
  }

  private let inputs: [Input]
  private var effects: [LogEffect]
  /// Rise of the figure's logarithm over that of the run's length.
  private var elasticity: Double
  private let score: Double

  static let referenceHours = 90 * 24.0

  /// - Parameters:
  ///   - inputs: what the figure may depend on beside the length of the run.
  ///   - score: standard normal score of the chance.
  ///   - figure: above 0, of a run of the reference hours in a world.
  init(_ inputs: [Input], score: Double, figure: (World) -> Double) {
    self.inputs = inputs
    self.score = score
    let usual: Double = .log(figure(.median))
    func rise(_ factor: Factor, _ value: Double) -> Double {
      var world = World.median
      world[factor] = value
      return .log(figure(world)) - usual
    }
    let longer = 0.25
    var slow = World.median
    slow.slowness = .exp(longer)
    elasticity = (.log(figure(slow)) - usual) / longer
    effects = inputs.map { LogEffect(up: rise($0.factor, $0.up), down: -rise($0.factor, $0.down)) }
    // A commitment costs the same for a while: what would make it dearer in the end is then what
    // lengthens the run or adds to it.
    let isFlat = elasticity == 0 && effects.allSatisfy { $0.up == 0 }
    let isFinite = elasticity.isFinite && effects.allSatisfy { ($0.up + $0.down).isFinite }
    if isFlat || !isFinite {
      elasticity = 1
      effects = inputs.map { input in
        guard input.factor == .experiments else { return LogEffect(up: 0, down: 0) }
        return LogEffect(up: .log(input.up), down: -.log(input.down))
      }
    }
  }

  /// The world, where the logarithm of the run's length scatters by these standard deviations.
  func world(_ spread: Slowness) -> World {
    let run = LogEffect(up: elasticity * spread.slower, down: elasticity * spread.faster)
    let rise = quantile(run)
    func slope(_ effect: LogEffect) -> Double { rise < 0 ? effect.down : effect.up }
    let squares = effects.reduce(slope(run) * slope(run)) { $0 + slope($1) * slope($1) }
    guard squares > 0 else { return .median }
    let scale: Double = rise / squares
    var world = World.median
    world.slowness = spread.factor(score: slope(run) * scale)
    for (known, effect) in zip(inputs, effects) {
      world[known.factor] = known.value(score: slope(effect) * scale)
    }
    return world
  }

  /// By how much the figure's logarithm exceeds the median world's with the wanted chance.
  private func quantile(_ run: LogEffect) -> Double {
    var (mean, variance, third) = (run.mean, run.variance, run.thirdMoment)
    for effect in effects {
      mean += effect.mean
      variance += effect.variance
      third += effect.thirdMoment
    }
    guard variance > 0 else { return 0 }
    let deviation: Double = .sqrt(variance)
    let skewness: Double = third / (variance * deviation)
    return mean + deviation * (score + (score * score - 1) * skewness / 6)
  }
}

/// What an offer and a cluster are sized with.
struct DesignPoints {
  var cash: DesignPoint
  /// Days from the scenario's start to the end of the run; nil without a deadline.
  var days: DesignPoint?
}

/// The uncertain inputs that a candidate's money and time depend on, beside the speed.
struct DesignPointInputs {
  let money: [DesignPoint.Input]
  let time: [DesignPoint.Input]
}

extension Sizer {
  /// What a candidate's money and time depend on: the same on any number of chips.
  func designPointInputs(_ candidate: Candidate) -> DesignPointInputs {
    let inputs = candidate.inputs
    /// In the order of the factors.
    func known(_ effect: InputDeclaration.Effects) -> [DesignPoint.Input] {
      Factor.allCases.compactMap { factor in
        guard InputDeclaration.multiplying(factor)?.effects.contains(effect) == true else {
          return nil
        }
        return uncertain[inputs.name(factor)].map { DesignPoint.Input(factor, $0) }
      }
    }
    let money = known(.money)
    guard scenario.deadline != nil else { return DesignPointInputs(money: money, time: []) }
    let time = known(.time)
    return DesignPointInputs(money: money, time: time)
  }

  /// How careful the scenario's confidence is with a candidate's money and time.
  ///
  /// - Parameter bill: before the work is known.
  func designPoints(_ inputs: DesignPointInputs, _ bill: OptionBill) -> DesignPoints {
    func amounts(_ world: World) -> OptionBill.CostOfRun {
      bill.amounts(hours: DesignPoint.referenceHours * world.slowness, world)
    }
    let cash = DesignPoint(inputs.money, score: confidenceScore) { amounts($0).cash }
    guard scenario.deadline != nil else { return DesignPoints(cash: cash) }
    return DesignPoints(
      cash: cash,
      days: DesignPoint(inputs.time, score: confidenceScore) {
        bill.lead.days($0) + amounts($0).calendarHours / 24
      })
  }
}

extension Candidate {
  var inputs: OptionInputs {
    OptionInputs(
      route: route, provider: provider, offer: offerName, accelerator: accelerator.id,
      generation: accelerator.generation)
  }
}
