import Foundation

/// A small, fast generator whose numbers follow from its seed (SplitMix64; Steele et al., OOPSLA 2014).
public struct SplitMix: RandomNumberGenerator {
  public var state: UInt64

  public init(state: UInt64) {
    self.state = state
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// Changes texts the way broken disks, careless editors and ill will do.
public struct Mutator {
  public var random: SplitMix

  public init(seed: UInt64) {
    random = SplitMix(state: seed)
  }

  /// Pieces that parsers trip over.
  static let pieces = [
    "\"", "\"\"", ",", "\n", "\r", "\r\n", "{", "}", "[", "]", ":", "\\", "\\u", "\\ud800", "null",
    "true", "-", "1e999", "-0", "1e-400", "0.0", "NaN", "99999999999999999999", "\u{FEFF}", "é",
    "漢",
    "\0", "\u{1B}[2J", "\u{202E}", "=1+1", "9223372036854775808", "1e15", "a-1", "us-east-1", "-1a",
  ].map { Array($0.utf8) }

  /// A text with one to eight changes.
  public mutating func mutated(_ text: [UInt8], others: [[UInt8]]) -> [UInt8] {
    var text = text
    for _ in 0..<Int.random(in: 1...8, using: &random) { change(&text, others) }
    return text
  }

  private mutating func change(_ text: inout [UInt8], _ others: [[UInt8]]) {
    let at = Int.random(in: 0...text.count, using: &random)
    let until = min(text.count, at + Int.random(in: 0...20, using: &random))
    switch Int.random(in: 0..<9, using: &random) {
    case 0: text.removeSubrange(at..<until)
    case 1: text.removeSubrange(at...)
    case 2: text.insert(contentsOf: text[at..<until], at: at)
    case 3, 4:
      let piece = Self.pieces.randomElement(using: &random) ?? []
      text.replaceSubrange(at..<until, with: piece)
    case 5: text.insert(UInt8.random(in: 0...255, using: &random), at: at)
    case 6 where at < text.count: text[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 7:
      let other = others.randomElement(using: &random) ?? []
      let from = Int.random(in: 0...other.count, using: &random)
      text.insert(contentsOf: other[from..<min(other.count, from + 60)], at: at)
    default:
      text.insert(
        contentsOf: repeatElement(
          UInt8(ascii: "["), count: Int.random(in: 1...100, using: &random)), at: at)
    }
  }
}

/// Runs mutated inputs through readers.
public enum Mutations {
  /// Inputs to each parser: 20,000 by default, more by `PLAN_FUZZ`.
  public static let count =
    Int(ProcessInfo.processInfo.environment["PLAN_FUZZ"] ?? "") ?? 20_000

  /// Feeds `count` mutations of samples to a reader, which must end well or throw a fault.
  ///
  /// - Parameters:
  ///   - limit: no input may take longer, in seconds.
  ///   - isFault: whether an error is one that bad input may cause.
  /// - Returns: what went wrong first, or nil.
  public static func run(
    _ samples: [[UInt8]], seed: UInt64, limit: Double = 5,
    isFault: (any Error) -> Bool, _ body: ([UInt8], Int) throws -> Void
  ) -> String? {
    var mutator = Mutator(seed: seed)
    for index in 0..<count {
      let text = mutator.mutated(samples[index % samples.count], others: samples)
      var trouble: String?
      let elapsed = ContinuousClock().measure {
        do {
          try body(text, index)
        } catch {
          if !isFault(error) { trouble = "threw \(error)" }
        }
      }
      if elapsed >= .seconds(limit) { trouble = "took \(elapsed)" }
      if let trouble {
        return "input \(index) \(trouble): \(String(decoding: text, as: UTF8.self))"
      }
    }
    return nil
  }
}
