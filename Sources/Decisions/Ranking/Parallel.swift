import Dispatch

/// The same work for many places, on all cores; results stand in the order of the places, so that
/// threads change nothing.
enum Parallel {
  static func map<Result: Sendable>(
    _ count: Int, _ work: @Sendable (Int) -> Result
  ) -> [Result] {
    guard count > 1 else { return (0..<count).map(work) }
    let slots = Slots<Result>(count)
    DispatchQueue.concurrentPerform(iterations: count) { slots.set($0, work($0)) }
    return slots.all
  }

  /// Each place is written by one thread only, and read when all are done.
  private final class Slots<Result: Sendable>: @unchecked Sendable {
    private let storage: UnsafeMutableBufferPointer<Result?>

    init(_ count: Int) {
      storage = .allocate(capacity: count)
      storage.initialize(repeating: nil)
    }

    deinit {
      storage.deinitialize()
      storage.deallocate()
    }

    func set(_ place: Int, _ result: Result) { storage[place] = result }

    var all: [Result] { storage.compactMap { $0 } }
  }
}
