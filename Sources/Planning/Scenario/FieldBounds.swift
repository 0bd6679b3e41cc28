import Quantities
import Workload

/// Bounds of the scenario's numbers. What is plausible is a judgement (grade D), wide enough that nobody
/// who means a value is bothered: it ends where the largest known runs, the longest contracts and the
/// dearest places end, times several.
enum FieldBounds {
  /// US dollars: a thousand buys some hours of one machine; the world's product is 1e14.
  static let budget = Bounds(
    0.01...1e13, plausible: 1000...2e11, "USD",
    slips: [Bounds.Slip(1e6, "in millions")])
  static let span = Bounds(0.01...36_525, plausible: 1...2200, "days")
  /// From today to the start; in unit tests the start may lie before.
  static let wait = Bounds(-1e6...18_263, plausible: -1e6...1830, "days from today")
  static let confidence = Bounds(0.01...0.99, plausible: 0.2...0.99, slips: [.percent])
  static let curriculumShare = Bounds(
    0.0001...0.9, plausible: 0.001...0.5, "of all tokens", slips: [.percent])
  static let discountRate = Bounds(0...1, plausible: 0...0.4, slips: [.percent])
  static let parameters = Bounds(
    TransformerArchitecture.defaultShapeRange, plausible: 1e6...5e13, "parameters",
    slips: [Bounds.Slip(1e9, "in billions")])
  static let tokens = Bounds(
    1...1e18, plausible: 1e7...1e15, "tokens",
    slips: [Bounds.Slip(1e9, "in billions"), Bounds.Slip(1e12, "in trillions")])
  static let uniqueTokens = Bounds(
    1e6...1e18, plausible: 1e9...1e15, "tokens",
    slips: [Bounds.Slip(1e9, "in billions"), Bounds.Slip(1e12, "in trillions")])
  static let phase = Bounds(0...3653, plausible: 0...730, "days")
  static let servingPrice = Bounds(0.001...1000, plausible: 0.05...20, "times")
  static let tokensPerActive = Bounds(1...1e6, plausible: 10...20_000, "tokens")
  static let servingMemory = Bounds(1...1e7, plausible: 40...50_000, "GB")
  static let useWorth = Bounds(0.001...1000, plausible: 0.05...30, "US dollars")
  static let power = Bounds(0.001...100_000, plausible: 0.05...5000, "MW")
  static let sequenceLength = Bounds(
    1...1e8, plausible: 64...1.1e7, "tokens", slips: [Bounds.Slip(1024, "in thousands")])
  static let globalBatchTokens = Bounds(
    1...1e12, plausible: 1000...2e9, "tokens", slips: [Bounds.Slip(1e6, "in millions")])
  static let chips = Bounds(1...1e6, plausible: 8...300_000, "chips")
  static let quota = Bounds(0...1e7, plausible: 0...500_000, "chips")
  static let experiments = Bounds(1...1000, plausible: 1...30, "times the final run")
  static let personWeeks = Bounds(0...100_000, plausible: 0...2000, "weeks")
  static let preparedTokens = Bounds(1...1e15, plausible: 1e6...1e13, "tokens an hour")
  static let corpusBytes = Bounds(0...1000, plausible: 0...64, "bytes")
  static let checkpoints = Bounds(0...1_000_000, plausible: 0...2000, "checkpoints")
  static let egress = Bounds(0...1e9, plausible: 0...2e7, "GB")
  static let support = Bounds(0...1, plausible: 0...0.25, slips: [.percent])
  static let tax = Bounds(0...1, plausible: 0...0.4, slips: [.percent])
  static let discount = Bounds(0...0.99, plausible: 0...0.85, slips: [.percent])
  static let promised = Bounds(0...1e12, plausible: 0...1e11, "USD")
  static let spotMean = Bounds(0.1...100_000, plausible: 0.5...20_000, "hours")
  static let gap = Bounds(0...10_000, plausible: 0...1000, "hours")
  static let queueWait = Bounds(0...10_000, plausible: 0...4000, "hours")
  static let tariff = Bounds(
    0...10, plausible: 0...0.8, "USD per kWh",
    slips: [Bounds.Slip(0.01, "in cents"), Bounds.Slip(0.001, "per MWh")])
  static let residual = Bounds(0...1, plausible: 0...0.95, slips: [.percent])
  static let life = Bounds(0.1...30, plausible: 1...12, "years")
  static let utilisation = Bounds(0.01...1, plausible: 0.05...1, slips: [.percent])
}
