/// One named part of a whole: seconds of a step, or GiB of a chip's memory.
public struct NamedPart: Hashable, Sendable {
  public var name: String
  public var value: Double

  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}
