import Quantities

/// One uncertain input of a model: its name and what is believed about it.
public struct UncertainInput: Hashable, Sendable {
  /// Unique; its draws are seeded from it.
  public var name: String
  public var distribution: Distribution
  /// The dimension of the Sobol sequence that is this input's own, from 0 to 31, or nil for a Latin
  /// hypercube stream. Given once and never changed or shared, as its draws hang on it; the lower
  /// ones spread a little more evenly together.
  public var dimension: Int?

  public init(_ name: String, _ distribution: Distribution, dimension: Int? = nil) {
    self.name = name
    self.distribution = distribution
    self.dimension = dimension
  }
}

/// How two inputs move together: the correlation of their standard normal scores, from -1 to 1.
public struct InputCorrelation: Hashable, Sendable {
  public var first: String
  public var second: String
  public var coefficient: Double

  public init(_ first: String, _ second: String, _ coefficient: Double) {
    self.first = first
    self.second = second
    self.coefficient = coefficient
  }
}

/// Why inputs can't be drawn together, and what would help.
public struct SamplerError: Error, Hashable, CustomStringConvertible, Sendable {
  public var description: String

  init(_ description: String) { self.description = description }
}

extension SamplerError {
  /// Checks names and dimensions.
  static func check(_ inputs: [UncertainInput]) throws(SamplerError) {
    var names: Set<String> = []
    var dimensions: [Int: String] = [:]
    for input in inputs {
      guard names.insert(input.name).inserted else {
        throw SamplerError("two inputs are named \(input.name); give each a name of its own")
      }
      guard let dimension = input.dimension else { continue }
      guard (0..<Sampler.ownDimensions).contains(dimension) else {
        throw SamplerError(
          "\(input.name): dimension \(dimension) is not between 0 and \(Sampler.ownDimensions - 1);"
            + " leave it out for a Latin hypercube stream")
      }
      if let other = dimensions.updateValue(input.name, forKey: dimension) {
        throw SamplerError(
          "\(other) and \(input.name) share dimension \(dimension); give each one of its own")
      }
    }
  }

  /// Index of the input that a correlation names.
  static func index(
    of name: String, in indices: [String: Int]
  ) throws(SamplerError) -> Int {
    if let index = indices[name] { return index }
    let near = NearMiss.closest(to: name, among: indices.keys.sorted())
    let hint = near.map { "; did you mean \($0)?" } ?? ""
    throw SamplerError("a correlation names \(name), which is no input\(hint)")
  }
}
