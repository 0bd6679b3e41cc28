import Dispatch

/// Work spread over all cores.
enum Cores {
  /// What a function makes of each value, in the order of the values, whatever core does which.
  static func each<Value: Sendable, Made: Sendable>(
    _ values: [Value], _ make: @Sendable (Value) -> Made
  ) -> [Made] {
    let results = [Made?](unsafeUninitializedCapacity: values.count) { buffer, count in
      buffer.initialize(repeating: nil)
      count = values.count
      nonisolated(unsafe) let places = buffer
      // Neighbours go together, so that cores don't write beside one another all the time.
      let group = max(1, values.count / 64)
      let groups = (values.count + group - 1) / group
      DispatchQueue.concurrentPerform(iterations: groups) { number in
        for index in (number * group)..<min(values.count, (number + 1) * group) {
          places[index] = make(values[index])
        }
      }
    }
    return results.compactMap { $0 }
  }
}
