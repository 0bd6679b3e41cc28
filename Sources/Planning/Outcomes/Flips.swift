import Economics
import Quantities
import RealModule
import Uncertainty

/// What of an option would have to be different for it to be chosen.
public struct Flip: Hashable, Sendable {
  /// What is changed, all else as it is.
  public enum Lever: String, CaseIterable, Sendable {
    /// How fast its chips are, over the estimate.
    case speed
    /// Its rent, or the price of its servers, over the listed.
    case price
    /// The share of a bought machine's life that other work keeps it busy.
    case utilisation
    /// Time and work to port to its software stack, over the usual.
    case portingTime = "porting_time"
  }

  public var optionID: String
  /// The option in a few words.
  public var label: String
  public var route: Route
  public var accelerator: String
  public var lever: Lever
  /// Where the option is as good as the one that is chosen: a factor on what is assumed, of
  /// utilisation a fraction; nil when nowhere in the range looked at.
  public var value: Double?
  /// From what is assumed, in standard deviations of what is believed; nil when it is not uncertain.
  public var distance: Double?
  /// The chance that it lies beyond; nil likewise.
  public var chanceBeyond: Double?

  /// How large a change it is, to put flips in order: 0 for none, infinite when there is no flip.
  var size: Double { value.map { Double.log($0).magnitude } ?? .infinity }
}

/// Finds the flips of options that are not chosen.
struct Flipping {
  let judgement: Judgement
  let inputs: [String: PlanInput]
  /// Of the option that is chosen, US dollars of what decides.
  private let best: Double
  private let accelerator: String
  private let lifeYears: Double?

  /// Factors looked at: past them nobody would call it the same option.
  static let factors = 0.05...20.0

  init(
    _ winner: Assessment, judgement: Judgement, inputs: [String: PlanInput], lifeYears: Double?
  ) {
    self.judgement = judgement
    self.inputs = inputs
    accelerator = winner.accelerator
    self.lifeYears = lifeYears
    best = winner.outcome.map { judgement.value($0.inWorlds, .median) } ?? .infinity
  }

  /// The flips of an option, one a lever that it has.
  func flips(_ rival: Assessment) -> [Flip] {
    guard let option = rival.outcome?.inWorlds else { return [] }
    var flips: [Flip] = []
    // Chips of the same kind would be as much faster under the option that is chosen.
    if rival.accelerator != accelerator {
      flips.append(
        flip(rival, .speed, InputDeclaration.throughput.name(of: rival.accelerator)) { factor in
          var world = World.median
          world.slowness = 1 / factor
          return judgement.value(option, world)
        })
    }
    flips.append(
      flip(rival, .price, rival.priceInput) { factor in
        var world = World.median
        world[.price] = factor
        world[.server] = factor
        return judgement.value(option, world)
      })
    if option.bill.other.portingDollars > 0 || option.bill.lead.portingDays > 0 {
      flips.append(
        flip(rival, .portingTime, InputDeclaration.portingTime.name) { factor in
          var world = World.median
          world[.porting] = factor
          return judgement.value(option, world)
        })
    }
    if let utilisation = utilisation(rival, option) { flips.append(utilisation) }
    return flips
  }

  private func flip(
    _ rival: Assessment, _ lever: Flip.Lever, _ input: String, value: (Double) -> Double
  ) -> Flip {
    var flip = Flip(rival, lever)
    // An input in its own unit is looked at there, so that its distances and chances hold.
    let believed = inputs[input]
    let unit = believed?.median ?? 1
    let range = Self.factors.lowerBound * unit...Self.factors.upperBound * unit
    let found = FlipPoint(in: range, of: believed?.distribution) { value($0 / unit) - best }
    flip.value = found.map { $0.value / unit }
    flip.distance = found?.distance
    flip.chanceBeyond = found?.chanceBeyond
    return flip
  }

  /// Of bought machines, where economic cost decides: at which utilisation their share for the job
  /// costs as much as the option that is chosen.
  private func utilisation(_ rival: Assessment, _ option: OptionModel) -> Flip? {
    guard judgement.sizing == nil, let lifeYears, case .owned(let purchase) = option.bill.hardware
    else { return nil }
    var flip = Flip(rival, .utilisation)
    flip.value =
      FlipPoint(in: 0.01...1) { share in
        var shared = option
        var other = purchase
        other.charge = .byUsage(lifeYears: lifeYears, utilisation: share)
        shared.bill.hardware = .owned(other)
        return judgement.value(shared, .median) - best
      }?.value
    return flip
  }

  /// Along which the option is as good as the one that is chosen: for each factor on its speed the
  /// one on its price.
  func contour(_ rival: Assessment) -> [IndifferencePoint] {
    guard let option = rival.outcome?.inWorlds else { return [] }
    let speeds = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]
    return IndifferencePoint.contour(first: speeds, second: Self.factors) { speed, price in
      var world = World.median
      world.slowness = 1 / speed
      world[.price] = price
      world[.server] = price
      return judgement.value(option, world) - best
    }
  }
}

extension Flip {
  init(_ rival: Assessment, _ lever: Lever) {
    self.init(
      optionID: rival.id, label: rival.label, route: rival.route,
      accelerator: rival.accelerator, lever: lever)
  }

  /// The condition in words: `tpu-v7x is 1.07× as fast as estimated (0.6 standard deviations off, 28 %
  /// likely)`; nil without a flip.
  public var condition: String? {
    guard let value else { return nil }
    let percent = Decimals.fixed((value - 1).magnitude * 100, 0)
    let change: String
    switch lever {
    case .speed: change = "\(accelerator) is \(Decimals.fixed(value, 2))× as fast as estimated"
    case .price: change = "its price is \(percent) % \(value < 1 ? "lower" : "higher")"
    case .portingTime:
      change = "porting to it takes \(percent) % \(value < 1 ? "less" : "more") than assumed"
    case .utilisation:
      change = "it is busy \(Decimals.fixed(value * 100, 0)) % of its life with other work too"
    }
    guard let distance, let chanceBeyond else { return change }
    guard chanceBeyond >= 0.001 else { return "\(change) (under 0.1 % likely)" }
    let likely = Decimals.fixed(chanceBeyond * 100, 1)
    let deviations = Decimals.fixed(distance.magnitude, 1)
    return "\(change) (\(deviations) standard deviations off, \(likely) % likely)"
  }
}

extension Assessment {
  /// The name of the input that is its price.
  var priceInput: String {
    route == .buyGPU
      ? InputDeclaration.serverPrice.name(of: offer) : InputDeclaration.price.name(of: provider)
  }
}
