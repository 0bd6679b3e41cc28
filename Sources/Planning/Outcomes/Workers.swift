import Dispatch
import Synchronization

/// Spreads work over the cores; each thread takes the next piece when it is done with one.
enum Workers {
  /// More than there are cores are never at work at once.
  private static let mostThreads = 16

  /// - Parameters:
  ///   - count: pieces of work, from 0.
  ///   - threads: at most so many.
  ///   - isWanted: whether anybody still waits for it; where nobody does, the rest is left out.
  ///   - work: called once a thread; asks for the next piece until there is none.
  static func run(
    _ count: Int, threads: Int? = nil, while isWanted: @escaping @Sendable () -> Bool = { true },
    _ work: @Sendable (_ next: () -> Int?) -> Void
  ) {
    let turn = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads ?? mostThreads, count))) { _ in
      work {
        let piece = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return piece < count && isWanted() ? piece : nil
      }
    }
  }
}
