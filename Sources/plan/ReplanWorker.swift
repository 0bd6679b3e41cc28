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
/// One at a time: while one is being made, only the latest wish is kept, so holding a key down
/// never piles up work.
final class ReplanWorker: Sendable {
  /// What became of a wish.
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

  private struct Wish: Sendable {
    let scenario: Scenario
    let generation: Int
  }

  private struct Desk: Sendable {
    var isBusy = false
    var next: Wish?
    var reply: Reply?
  }

  private let desk = Mutex(Desk())
  private let planner: Maker
  private let waker: Waker

  init(waker: Waker, planner: @escaping Maker) {
    self.waker = waker
    self.planner = planner
  }

  /// Asks for a plan; a wish not yet begun is replaced by this one.
  func ask(_ scenario: Scenario, generation: Int) {
    let wish = Wish(scenario: scenario, generation: generation)
    let starts = desk.withLock { desk in
      guard !desk.isBusy else {
        desk.next = wish
        return false
      }
      desk.isBusy = true
      return true
    }
    if starts { Task.detached(priority: .userInitiated) { self.work(on: wish) } }
  }

  /// The latest reply, once.
  func takeReply() -> Reply? {
    desk.withLock { desk in
      let reply = desk.reply
      desk.reply = nil
      return reply
    }
  }

  private func work(on first: Wish) {
    var wish: Wish? = first
    while let current = wish {
      let result = Result {
        try planner(
          current.scenario,
          { draft in
            hand(.success(draft), of: current, isDraft: true)
            return isQuiet()
          }, { [self] in desk.withLock { $0.next == nil } })
      }
      switch result {
      case .success(nil): break
      case .success(let face?): hand(.success(face), of: current, isDraft: false)
      case .failure(let error): hand(.failure(error), of: current, isDraft: false)
      }
      wish = desk.withLock { desk in
        let next = desk.next
        desk.next = nil
        desk.isBusy = next != nil
        return next
      }
    }
  }

  /// Whether nothing else is asked for within a moment: the next of a row of edits should find nobody
  /// busy with the one before.
  private func isQuiet() -> Bool {
    for _ in 0..<Self.quietMilliseconds / 10 {
      guard desk.withLock({ $0.next == nil }) else { return false }
      usleep(10_000)
    }
    return desk.withLock { $0.next == nil }
  }

  private static let quietMilliseconds = 150

  private func hand(_ result: Result<PlanFace, any Error>, of wish: Wish, isDraft: Bool) {
    let reply = Reply(generation: wish.generation, result: result, isDraft: isDraft)
    desk.withLock { $0.reply = reply }
    waker.wake()
  }
}
