import Dashboard
import Planning
import Synchronization
import Terminal

/// Works out plans away from the thread that answers keys.
///
/// One at a time: while one is being made, only the latest wish is kept, so holding a key down
/// never piles up work.
final class ReplanWorker: Sendable {
  /// What became of a wish.
  struct Reply: Sendable {
    let generation: Int
    let result: Result<PlanFace, any Error>
  }

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
  private let planner: @Sendable (Scenario) throws -> PlanFace
  private let waker: Waker

  init(waker: Waker, planner: @escaping @Sendable (Scenario) throws -> PlanFace) {
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
      let result = Result { try planner(current.scenario) }
      wish = desk.withLock { desk in
        desk.reply = Reply(generation: current.generation, result: result)
        let next = desk.next
        desk.next = nil
        desk.isBusy = next != nil
        return next
      }
      waker.wake()
    }
  }
}
