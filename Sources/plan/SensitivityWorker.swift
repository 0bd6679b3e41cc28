import Dashboard
import Synchronization
import Terminal

/// Works out what moves options away from the thread that answers keys; one at a time, the latest
/// request next.
final class SensitivityWorker: Sendable {
  /// What moves an option of the plan of a generation.
  struct Reply: Sendable {
    let id: String
    let generation: Int
    let sensitivity: PlanFace.Sensitivity?
  }

  private struct Request: Sendable {
    let id: String
    let generation: Int
    let sensitivity: @Sendable (String) -> PlanFace.Sensitivity?
  }

  private struct Pending: Sendable {
    var isBusy = false
    var next: Request?
    var reply: Reply?
  }

  private let pending = Mutex(Pending())
  private let waker: Waker

  init(waker: Waker) {
    self.waker = waker
  }

  func ask(
    _ id: String, generation: Int,
    _ sensitivity: @escaping @Sendable (String) -> PlanFace.Sensitivity?
  ) {
    let request = Request(id: id, generation: generation, sensitivity: sensitivity)
    let starts = pending.withLock { pending in
      if pending.isBusy { pending.next = request }
      defer { pending.isBusy = true }
      return !pending.isBusy
    }
    if starts { Task.detached(priority: .utility) { self.work(on: request) } }
  }

  /// The latest reply, once.
  func take() -> Reply? {
    pending.withLock { pending in
      defer { pending.reply = nil }
      return pending.reply
    }
  }

  private func work(on first: Request) {
    var request: Request? = first
    while let current = request {
      let found = current.sensitivity(current.id)
      request = pending.withLock { pending in
        pending.reply = Reply(
          id: current.id, generation: current.generation, sensitivity: found)
        let next = pending.next
        pending.next = nil
        pending.isBusy = next != nil
        return next
      }
      waker.wake()
    }
  }
}
