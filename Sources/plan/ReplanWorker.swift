import Dashboard
import Planning
import Synchronization
import Terminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Works out plans away from the thread that answers keys.
///
/// One at a time: while one is being made, only the latest request is kept, so holding a key down
/// never piles up work.
final class ReplanWorker: Sendable {
  /// What became of a request.
  struct Reply: Sendable {
    let generation: Int
    let result: Result<PlanFace, any Error>
    /// Whether a better one follows.
    let isDraft: Bool
  }

  /// Makes the plan of a scenario. It may hand out a draft first, and is done without a plan when that
  /// says, or `isWanted` does later, that there is something else to do.
  typealias Maker =
    @Sendable (
      _ scenario: Scenario, _ draft: (PlanFace) -> Bool, _ isWanted: @escaping @Sendable () -> Bool
    ) throws -> PlanFace?

  private struct Request: Sendable {
    let scenario: Scenario
    let generation: Int
  }

  private struct Pending: Sendable {
    var isBusy = false
    var next: Request?
    var reply: Reply?
  }

  private let pending = Mutex(Pending())
  private let planner: Maker
  private let waker: Waker

  init(waker: Waker, planner: @escaping Maker) {
    self.waker = waker
    self.planner = planner
  }

  /// Asks for a plan; a request not yet begun is replaced by this one.
  func ask(_ scenario: Scenario, generation: Int) {
    let request = Request(scenario: scenario, generation: generation)
    let starts = pending.withLock { pending in
      guard !pending.isBusy else {
        pending.next = request
        return false
      }
      pending.isBusy = true
      return true
    }
    if starts { Task.detached(priority: .userInitiated) { self.work(on: request) } }
  }

  /// The latest reply, once.
  func takeReply() -> Reply? {
    pending.withLock { pending in
      let reply = pending.reply
      pending.reply = nil
      return reply
    }
  }

  private func work(on first: Request) {
    var request: Request? = first
    while let current = request {
      let result = Result {
        try planner(
          current.scenario,
          { draft in
            hand(.success(draft), of: current, isDraft: true)
            return isQuiet()
          }, { [self] in pending.withLock { $0.next == nil } })
      }
      switch result {
      case .success(nil): break
      case .success(let face?): hand(.success(face), of: current, isDraft: false)
      case .failure(let error): hand(.failure(error), of: current, isDraft: false)
      }
      request = pending.withLock { pending in
        let next = pending.next
        pending.next = nil
        pending.isBusy = next != nil
        return next
      }
    }
  }

  /// Whether nothing else is asked for within a moment: the next of a row of edits should find nobody
  /// busy with the one before.
  private func isQuiet() -> Bool {
    for _ in 0..<Self.quietMilliseconds / 10 {
      guard pending.withLock({ $0.next == nil }) else { return false }
      usleep(10_000)
    }
    return pending.withLock { $0.next == nil }
  }

  private static let quietMilliseconds = 150

  private func hand(_ result: Result<PlanFace, any Error>, of request: Request, isDraft: Bool) {
    let reply = Reply(generation: request.generation, result: result, isDraft: isDraft)
    pending.withLock { $0.reply = reply }
    waker.wake()
  }
}
