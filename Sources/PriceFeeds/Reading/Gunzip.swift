import Catalog

/// Unpacks a gzip stream (RFC 1951, RFC 1952) piece by piece, with the last 32 KiB kept and nothing else.
///
/// The checksum and the length at its end are checked, so that a file cut off anywhere is found out.
public final class Gunzip {
  private let source: ByteSource
  private var bits: UInt64 = 0
  private var bitCount = 0
  /// Unpacked bytes: a ring of twice the furthest distance that a copy may reach back.
  private let ring: UnsafeMutablePointer<UInt8>
  private var made = 0
  private var taken = 0
  private var state = State.header
  private var isLastBlock = false
  private var stored = 0
  private var lengths = HuffmanTable()
  private var distances = HuffmanTable()
  private var checksum: UInt32 = 0xFFFF_FFFF
  private var size: UInt32 = 0

  private enum State { case header, block, stored, codes, trailer, done }

  private static let ringSize = 1 << 16
  private static let mask = ringSize - 1
  /// What may wait in the ring without being overwritten.
  private static let most = 1 << 15

  private init(_ source: ByteSource) {
    self.source = source
    ring = .allocate(capacity: Self.ringSize)
    ring.initialize(repeating: 0, count: Self.ringSize)
  }

  deinit { ring.deallocate() }

  /// The stream itself, or what it unpacks to where it begins as gzip does.
  ///
  /// - Throws: what reading throws; reading on throws `Fault` where the stream is cut or damaged.
  public static func unpacking(_ source: ByteSource) throws -> ByteSource {
    guard try source.peek(2) == [0x1F, 0x8B] else { return source }
    let gunzip = Gunzip(source)
    return ByteSource(name: source.name) { buffer in try gunzip.read(into: buffer) }
  }

  private func damaged(_ message: String) -> Fault {
    Fault(file: source.name, message: "the gzip file \(message); copy or fetch it again")
  }

  private func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while made == taken {
      if state == .done { return 0 }
      try unpack()
    }
    let count = min(buffer.count, made - taken)
    let place = taken & Self.mask
    let first = min(count, Self.ringSize - place)
    if let base = buffer.baseAddress {
      base.copyMemory(from: ring + place, byteCount: first)
      (base + first).copyMemory(from: ring, byteCount: count - first)
    }
    taken += count
    return count
  }

  /// Unpacks until the ring is half full or the stream ends.
  private func unpack() throws {
    while made - taken < Self.most - 258, state != .done {
      let start = made
      switch state {
      case .header: try readHeader()
      case .block: try readBlock()
      case .stored: try copyStored()
      case .codes:
        if try !readCodesQuickly() { try readCodes() }
      case .trailer: try readTrailer()
      case .done: return
      }
      if made > start { account(since: start) }
    }
  }

  private func put(_ byte: UInt8) {
    ring[made & Self.mask] = byte
    made += 1
  }

  /// Takes what was unpacked since a place into the checksum and the length.
  private func account(since start: Int) {
    var sum = checksum
    DeflateTables.checksum.withUnsafeBufferPointer { table in
      for place in start..<made {
        sum = table[Int((sum ^ UInt32(ring[place & Self.mask])) & 0xFF)] ^ (sum >> 8)
      }
    }
    checksum = sum
    size &+= UInt32(truncatingIfNeeded: made - start)
  }

  // MARK: Bits

  private func byte() throws -> UInt8 {
    while source.start == source.end {
      guard try source.fill() else { throw damaged("ends early") }
    }
    let byte = source.window[source.start]
    source.start += 1
    return byte
  }

  private func need(_ count: Int) throws {
    while bitCount < count {
      bits |= UInt64(try byte()) << UInt64(bitCount)
      bitCount += 8
    }
  }

  private func take(_ count: Int) throws -> Int {
    guard count > 0 else { return 0 }
    try need(count)
    let value = Int(bits & ((1 << UInt64(count)) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  /// A symbol: as many bits as its code has; near the end there are no more than that.
  private func symbol(_ table: HuffmanTable) throws -> Int {
    var code = 0
    var first = 0
    var index = 0
    if bitCount < 15, source.end - source.start >= 2 { try need(15) }
    if bitCount >= 9 {
      let entry = table.quick[Int(bits & 511)]
      if entry > 0 {
        let length = Int(entry & 15)
        bits >>= UInt64(length)
        bitCount -= length
        return Int(entry >> 4)
      }
    }
    for length in 1...15 {
      code |= try take(1)
      let count = Int(table.counts[length])
      if code - count < first { return Int(table.symbols[index + (code - first)]) }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw damaged("is damaged")
  }

  // MARK: Parts

  private func readHeader() throws {
    let magic = [try byte(), try byte(), try byte()]
    guard magic == [0x1F, 0x8B, 8] else { throw damaged("is damaged at its head") }
    let flags = try byte()
    for _ in 0..<6 { _ = try byte() }
    if flags & 4 != 0 {
      let count = Int(try byte()) | Int(try byte()) << 8
      for _ in 0..<count { _ = try byte() }
    }
    for flag in [UInt8(8), 16] where flags & flag != 0 { while try byte() != 0 {} }
    if flags & 2 != 0 { (_, _) = (try byte(), try byte()) }
    (checksum, size) = (0xFFFF_FFFF, 0)
    state = .block
  }

  private func readBlock() throws {
    if isLastBlock {
      isLastBlock = false
      state = .trailer
      return
    }
    isLastBlock = try take(1) == 1
    switch try take(2) {
    case 0:
      _ = try take(bitCount & 7)
      stored = try take(16)
      guard try take(16) == stored ^ 0xFFFF else { throw damaged("is damaged") }
      state = .stored
    case 1:
      (lengths, distances) = (.fixedLengths, .fixedDistances)
      state = .codes
    case 2:
      try readTables()
      state = .codes
    default: throw damaged("is damaged")
    }
  }

  private func copyStored() throws {
    while stored > 0, made - taken < Self.most {
      put(UInt8(try take(8)))
      stored -= 1
    }
    if stored == 0 { state = .block }
  }

  private func readTables() throws {
    let (literals, far, codes) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var widths = [UInt8](repeating: 0, count: 19)
    for index in 0..<codes { widths[order[index]] = UInt8(try take(3)) }
    let table = HuffmanTable(widths)
    var all: [UInt8] = []
    while all.count < literals + far {
      let symbol = try self.symbol(table)
      switch symbol {
      case 0...15: all.append(UInt8(symbol))
      case 16:
        guard let last = all.last else { throw damaged("is damaged") }
        let more = try take(2)
        all += [UInt8](repeating: last, count: 3 + more)
      case 17:
        let more = try take(3)
        all += [UInt8](repeating: 0, count: 3 + more)
      default:
        let more = try take(7)
        all += [UInt8](repeating: 0, count: 11 + more)
      }
    }
    guard all.count == literals + far else { throw damaged("is damaged") }
    lengths = HuffmanTable(Array(all[..<literals]))
    distances = HuffmanTable(Array(all[literals...]))
  }

  private func readCodes() throws {
    // The careful way, for the last bytes of the window: one code, then the quick way is tried again.
    do {
      let symbol = try self.symbol(lengths)
      if symbol < 256 {
        put(UInt8(symbol))
        return
      }
      guard symbol != 256 else {
        state = .block
        return
      }
      let at = symbol - 257
      guard at < DeflateTables.lengthBase.count else { throw damaged("is damaged") }
      let more = try take(DeflateTables.lengthBits[at])
      let length = DeflateTables.lengthBase[at] + more
      let far = try self.symbol(distances)
      guard far < DeflateTables.distanceBase.count else { throw damaged("is damaged") }
      let further = try take(DeflateTables.distanceBits[far])
      let distance = DeflateTables.distanceBase[far] + further
      guard distance <= made else { throw damaged("is damaged") }
      for _ in 0..<length { put(ring[(made - distance) & Self.mask]) }
    }
  }

  /// Unpacks codes while the window has bytes enough for one of each kind.
  ///
  /// - Returns: false when it has too few to begin with.
  private func readCodesQuickly() throws -> Bool {
    let window = source.window
    let end = source.end - 16
    var at = source.start
    guard at < end else { return false }
    var (bits, count, made) = (self.bits, self.bitCount, self.made)
    let limit = taken + Self.most - 258
    let ring = self.ring
    var isDamaged = false
    var isEnd = false
    while at < end, made < limit, !isEnd {
      while count <= 48 {
        bits |= UInt64(window[at]) << UInt64(count)
        at += 1
        count += 8
      }
      guard let (symbol, length) = lengths.symbol(bits) else {
        isDamaged = true
        break
      }
      bits >>= UInt64(length)
      count -= length
      if symbol < 256 {
        ring[made & Self.mask] = UInt8(truncatingIfNeeded: symbol)
        made += 1
        continue
      }
      if symbol == 256 {
        isEnd = true
        break
      }
      let place = symbol - 257
      guard place < DeflateTables.lengthBase.count else {
        isDamaged = true
        break
      }
      let more = DeflateTables.lengthBits[place]
      let run = DeflateTables.lengthBase[place] + Int(bits & ((1 << UInt64(more)) - 1))
      bits >>= UInt64(more)
      count -= more
      guard let (far, width) = distances.symbol(bits), far < DeflateTables.distanceBase.count else {
        isDamaged = true
        break
      }
      bits >>= UInt64(width)
      count -= width
      let further = DeflateTables.distanceBits[far]
      let distance = DeflateTables.distanceBase[far] + Int(bits & ((1 << UInt64(further)) - 1))
      bits >>= UInt64(further)
      count -= further
      guard distance <= made else {
        isDamaged = true
        break
      }
      for _ in 0..<run {
        ring[made & Self.mask] = ring[(made - distance) & Self.mask]
        made += 1
      }
    }
    source.start = at
    (self.bits, self.bitCount, self.made) = (bits, count, made)
    if isDamaged { throw damaged("is damaged") }
    if isEnd { state = .block }
    return true
  }

  private func readTrailer() throws {
    _ = try take(bitCount & 7)
    var sum: UInt32 = 0
    var count: UInt32 = 0
    for index in 0..<4 { sum |= UInt32(try take(8)) << UInt32(8 * index) }
    for index in 0..<4 { count |= UInt32(try take(8)) << UInt32(8 * index) }
    guard sum == checksum ^ 0xFFFF_FFFF, count == size else {
      throw damaged("is damaged: its checksum is another")
    }
    // Another member may follow; bits are used up at a byte's end.
    if source.start == source.end, try !source.fill() {
      state = .done
    } else {
      state = .header
    }
  }
}
