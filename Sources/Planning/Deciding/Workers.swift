import Dispatch
import Synchronization

/// Spreads work over the cores; each thread takes the next piece when it is done with one.
enum Workers {
  /// More than there are cores are never at work at once.
  private static let mostThreads = 16

  /// Whether anybody still waits for what is worked on; where nobody does, pieces are left out, and
  /// what came of the others is worth nothing. Once false it stays so.
  @TaskLocal static var isWanted: @Sendable () -> Bool = { true }

  /// - Parameters:
  ///   - count: pieces of work, from 0.
  ///   - threads: at most so many.
  ///   - work: called once a thread; asks for the next piece until there is none.
  static func run(
    _ count: Int, threads: Int? = nil, _ work: @Sendable (_ next: () -> Int?) -> Void
  ) {
    let turn = Atomic<Int>(0)
    let isWanted = Self.isWanted
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads ?? mostThreads, count))) { _ in
      work {
        let piece = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return piece < count && isWanted() ? piece : nil
      }
    }
  }
}
