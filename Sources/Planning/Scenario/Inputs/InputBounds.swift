import Quantities

extension InputDeclaration {
  /// Bounds of an input by its name, in its unit.
  static func bounds(_ name: String) -> Bounds {
    named(name)?.declaration.bounds ?? Bounds(-1e15...1e15)
  }
}

extension SettledRange {
  /// Its numbers, each with its key.
  private var numbers: [(key: String, value: Double)] {
    [("low", low), ("typical", typical), ("high", high)].compactMap { key, value in
      value.map { (key: key, value: $0) }
    }
  }

  /// - Throws: `ScenarioFault` when a number of it can't be.
  func check(_ name: String) throws(ScenarioFault) {
    let bounds = InputDeclaration.bounds(name)
    for (key, value) in numbers {
      if case .impossible(let message) = bounds.verdict(on: value) {
        throw ScenarioFault("\(name): \(key): \(message)")
      }
    }
  }

  /// What is implausible in it; nil when nothing is.
  func doubt(_ name: String) -> String? {
    let bounds = InputDeclaration.bounds(name)
    for (key, value) in numbers {
      if case .implausible(let message) = bounds.verdict(on: value) {
        return "check \(name) (\(origin.description)): \(key): \(message)"
      }
    }
    return nil
  }
}
