import Catalog
import Economics
import RealModule

/// Finds the world a careful plan is made for: the likeliest of those in which a figure, a cost or a
/// number of days, is as high as it is with a given chance.
///
/// It lies where the figure rises fastest: each input moves by its share of the gradient of the
/// figure's logarithm, and all of them together by the standard normal score of the chance (the
/// first-order reliability method: A. M. Hasofer and N. C. Lind, Journal of the Engineering Mechanics
/// Division 100, 1974, 111-121). Exact for products of lognormals. The gradient is that of a run of
/// `referenceHours`, whatever the budget, so that more money or time never buys less.
struct Caution {
  /// One input beside the length of the run, and the rise of the figure's logarithm at score 1.
  private struct Pull {
    var field: WritableKeyPath<World, Double>
    var input: PlanInput
    var slope: Double
  }

  private var pulls: [Pull]
  /// Rise of the figure's logarithm over that of the run's length.
  private var elasticity: Double
  private let score: Double

  static let referenceHours = 90 * 24.0

  /// - Parameters:
  ///   - inputs: what the figure may depend on beside the length of the run.
  ///   - score: standard normal score of the chance.
  ///   - figure: above 0, of a run of the reference hours in a world.
  init(
    _ inputs: [(field: WritableKeyPath<World, Double>, input: PlanInput)], score: Double,
    figure: (World) -> Double
  ) {
    self.score = score
    let usual: Double = .log(figure(.median))
    let longer = 0.25
    var world = World.median
    world.slowness = .exp(longer)
    elasticity = (.log(figure(world)) - usual) / longer
    pulls = inputs.map { field, input in
      var world = World.median
      world[keyPath: field] = input.factor(score: 1)
      return Pull(field: field, input: input, slope: .log(figure(world)) - usual)
    }
    // A commitment costs the same for a while: what would make it dearer in the end is then what
    // lengthens the run or adds to it.
    let isFlat = elasticity == 0 && pulls.allSatisfy { $0.slope == 0 }
    if isFlat || !elasticity.isFinite || !pulls.allSatisfy(\.slope.isFinite) {
      elasticity = 1
      pulls = pulls.map { pull in
        var pull = pull
        pull.slope =
          pull.field == \.experiments ? .log(pull.input.factor(score: 1)) : 0
        return pull
      }
    }
  }

  /// The world, where the logarithm of the run's length scatters by a standard deviation.
  func world(sigma: Double) -> World {
    let run: Double = elasticity * sigma
    let squares = pulls.reduce(run * run) { $0 + $1.slope * $1.slope }
    guard squares > 0 else { return .median }
    let scale: Double = score / .sqrt(squares)
    var world = World.median
    world.slowness = .exp(sigma * run * scale)
    for pull in pulls {
      world[keyPath: pull.field] = pull.input.factor(score: pull.slope * scale)
    }
    return world
  }
}

extension PlanInput {
  /// The input at a standard normal score, over its median.
  func factor(score: Double) -> Double { distribution.value(score: score) / median }
}

/// What an offer and a cluster are sized with.
struct CarefulSizing {
  var cash: Caution
  /// Days from the scenario's start to the end of the run; nil without a deadline.
  var days: Caution?
}

extension Assessor {
  /// How careful the scenario's confidence is with a candidate's money and time.
  ///
  /// - Parameter bill: before the work is known.
  func carefulSizing(_ candidate: Candidate, _ bill: OptionBill) -> CarefulSizing {
    let names = candidate.inputs.names
    func known(
      _ fields: [(WritableKeyPath<World, Double>, String)]
    ) -> [(field: WritableKeyPath<World, Double>, input: PlanInput)] {
      fields.compactMap { field, name in uncertain[name].map { (field, $0) } }
    }
    func amounts(_ world: World) -> OptionBill.Amounts {
      bill.amounts(hours: Caution.referenceHours * world.slowness, world)
    }
    let money = known([
      (\.price, names.price), (\.experiments, names.experiments), (\.porting, names.porting),
      (\.server, names.server), (\.electricity, names.electricity),
      (\.colocation, names.colocation), (\.staff, names.staff),
      (\.maintenance, names.maintenance), (\.installation, names.installation),
      (\.burnIn, names.burnIn),
    ])
    let cash = Caution(money, score: confidenceScore) { amounts($0).cash }
    guard scenario.deadline != nil else { return CarefulSizing(cash: cash) }
    let time = known([
      (\.porting, names.porting), (\.queueWait, names.queueWait), (\.leadTime, names.leadTime),
      (\.installation, names.installation), (\.burnIn, names.burnIn),
    ])
    return CarefulSizing(
      cash: cash,
      days: Caution(time, score: confidenceScore) {
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
