import Planning
import Quantities

/// A key that is no input of a scenario.
public struct UnknownInput: Error, Hashable, CustomStringConvertible {
  /// What was given.
  public let key: String

  init(_ key: String) {
    self.key = key
  }

  /// What is wrong and, where one is near, which key was meant.
  public var description: String {
    let known = ScenarioField.all.map(\.key)
    let near = NearMiss.closest(to: key, among: known)
    return "\(Magnitude.printable(key)) is no input of a scenario"
      + (near.map { "; did you mean \($0)?" } ?? "; plan init lists them")
  }
}
