/// The checksum by which reports and downloads name the files they are of (FIPS 180-4, section 6.2).
///
/// Written out because the cryptography package would take longer to build than all else together,
/// and nothing here has to keep a secret.
///
///     var checksum = SHA256()
///     while let piece = next() { checksum.add(piece) }
///     print(checksum.hexadecimal())
public struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var schedule = [UInt32](repeating: 0, count: 64)
  /// Bytes that don't fill a block of 64 yet.
  private var rest: [UInt8] = []
  private var byteCount: UInt64 = 0

  public init() {}

  /// The 64 hexadecimal digits of a message's checksum, lower case.
  public static func hexadecimal(of message: [UInt8]) -> String {
    var checksum = SHA256()
    checksum.add(message)
    return checksum.hexadecimal()
  }

  /// Takes the next piece of the message.
  public mutating func add(_ piece: [UInt8]) {
    byteCount += UInt64(piece.count)
    var start = 0
    if !rest.isEmpty {
      start = min(64 - rest.count, piece.count)
      rest += piece[..<start]
      guard rest.count == 64 else { return }
      take(rest, from: 0)
      rest.removeAll(keepingCapacity: true)
    }
    while start + 64 <= piece.count {
      take(piece, from: start)
      start += 64
    }
    rest += piece[start...]
  }

  /// The 64 hexadecimal digits of what was taken so far, lower case.
  public func hexadecimal() -> String {
    var last = self
    // A 1 bit, zeros, and the length in bits, to a multiple of 64 bytes (section 5.1.1).
    var padding: [UInt8] = [0x80]
    while (rest.count + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: (byteCount * 8) >> UInt64(shift)))
    }
    last.add(padding)
    return last.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func take(_ bytes: [UInt8], from start: Int) {
    Self.fill(&schedule, from: bytes, at: start)
    Self.compress(schedule, into: &state)
  }

  private static func fill(_ schedule: inout [UInt32], from bytes: [UInt8], at start: Int) {
    for index in 0..<16 {
      let at = start + index * 4
      let high = UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16
      schedule[index] = high | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
    for index in 16..<64 {
      let early = schedule[index - 15]
      let late = schedule[index - 2]
      let small0 = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
      let small1 = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
      schedule[index] = schedule[index - 16] &+ small0 &+ schedule[index - 7] &+ small1
    }
  }

  private static func compress(_ schedule: [UInt32], into state: inout [UInt32]) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = e & f ^ ~e & g
      let first = h &+ big1 &+ choice &+ constants[index] &+ schedule[index]
      let big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = a & b ^ a & c ^ b & c
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ big0 &+ majority)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() {
      state[index] = state[index] &+ word
    }
  }

  private static func rotated(_ word: UInt32, _ by: UInt32) -> UInt32 {
    word >> by | word << (32 - by)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes, reckoned
  /// rather than typed: whole-number cube roots of p · 2^96 by bisection.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      var low: UInt64 = 0
      var high: UInt64 = 1 << 35
      while high - low > 1 {
        let middle = (low + high) / 2
        let square = middle.multipliedFullWidth(by: middle)
        // middle³ ≤ prime · 2^96, compared in 128 bits after a division that keeps the order.
        let cube = UInt128(square.high) << 64 | UInt128(square.low)
        if cube <= (UInt128(prime) << 96) / UInt128(middle) { low = middle } else { high = middle }
      }
      return UInt32(truncatingIfNeeded: low)
    }
  }()
}
