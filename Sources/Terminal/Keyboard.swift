import Screen

/// The keyboard of a terminal: its bytes, and the clock that tells an Esc from a sequence.
struct Keyboard {
  private let descriptor: Int32
  private var decoder: KeyDecoder

  init(_ descriptor: Int32, usesMouse: Bool) {
    self.descriptor = descriptor
    decoder = KeyDecoder(usesMouse: usesMouse)
  }

  /// When to look again although nothing was typed, by `now`; nil for never.
  var deadline: Int? { decoder.deadline }

  /// Everything that has been typed.
  ///
  /// - Parameter source: the keyboard as `poll` left it.
  /// - Returns: the keys, and whether the keyboard has gone.
  mutating func read(_ source: pollfd) -> (keys: [Key], hasEnded: Bool) {
    var source = source
    var bytes: [UInt8] = []
    var hasEnded = false
    // A flood is taken in pieces, so that the screen keeps up.
    while !hasEnded, bytes.count < 1 << 16, source.revents != 0 {
      hasEnded = readOnce(&bytes)
      poll(&source, 1, 0)
    }
    return (decoder.take(bytes, at: Self.now), hasEnded)
  }

  /// Reads what is there; true where there will be no more.
  private func readOnce(_ bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    #if canImport(Darwin)
      let count = Darwin.read(descriptor, &chunk, chunk.count)
    #elseif canImport(Musl)
      let count = Musl.read(descriptor, &chunk, chunk.count)
    #else
      let count = Glibc.read(descriptor, &chunk, chunk.count)
    #endif
    if count < 0, errno == EINTR || errno == EAGAIN { return false }
    bytes += chunk.prefix(max(0, count))
    return count <= 0
  }

  /// Milliseconds of a clock that nobody sets.
  static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
