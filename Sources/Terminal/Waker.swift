/// Wakes the loop that waits for keys, from any thread and from signal handlers.
///
/// A pipe whose reading end is waited on together with the keyboard. Whoever holds a waker keeps
/// its pipe open, so a late call can never write into a file opened since under the same number.
public final class Waker: Sendable {
  let readingEnd: Int32
  let writingEnd: Int32

  init() throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw TerminalError("No pipe could be opened.") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    self.readingEnd = ends[0]
    self.writingEnd = ends[1]
  }

  deinit {
    _ = close(readingEnd)
    _ = close(writingEnd)
  }

  /// Makes the loop come round once more.
  public func wake() {
    var byte: UInt8 = 1
    // A full pipe will wake the loop as well, so a failed write loses nothing.
    _ = write(writingEnd, &byte, 1)
  }

  /// Takes everything out of the pipe.
  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readingEnd, &bytes, bytes.count) > 0 {}
  }
}
