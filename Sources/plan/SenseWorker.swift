import Dashboard
import Synchronization
import Terminal

/// Works out what moves options away from the thread that answers keys; one at a time, the latest
/// wish next.
final class SenseWorker: Sendable {
  /// What moves an option of the plan of a generation.
  struct Reply: Sendable {
    let id: String
    let generation: Int
    let sensitivity: PlanFace.Sensitivity?
  }

  private struct Wish: Sendable {
    let id: String
    let generation: Int
    let sense: @Sendable (String) -> PlanFace.Sensitivity?
  }

  private struct Desk: Sendable {
    var isBusy = false
    var next: Wish?
    var reply: Reply?
  }

  private let desk = Mutex(Desk())
  private let waker: Waker

  init(waker: Waker) {
    self.waker = waker
  }

  func ask(
    _ id: String, generation: Int, _ sense: @escaping @Sendable (String) -> PlanFace.Sensitivity?
  ) {
    let wish = Wish(id: id, generation: generation, sense: sense)
    let starts = desk.withLock { desk in
      if desk.isBusy { desk.next = wish }
      defer { desk.isBusy = true }
      return !desk.isBusy
    }
    if starts { Task.detached(priority: .utility) { self.work(on: wish) } }
  }

  /// The latest reply, once.
  func take() -> Reply? {
    desk.withLock { desk in
      defer { desk.reply = nil }
      return desk.reply
    }
  }

  private func work(on first: Wish) {
    var wish: Wish? = first
    while let current = wish {
      let found = current.sense(current.id)
      wish = desk.withLock { desk in
        desk.reply = Reply(
          id: current.id, generation: current.generation, sensitivity: found)
        let next = desk.next
        desk.next = nil
        desk.isBusy = next != nil
        return next
      }
      waker.wake()
    }
  }
}
