import Catalog

/// A window on a stream of bytes, read in large pieces and never held whole.
///
/// Readers look at the bytes between `start` and `end`, move `start` on as they use them up, and ask
/// for more with `fill`. A price list of any length is so read in constant memory.
public final class ByteSource {
  /// The stream's name in messages: a path, or `standard input`.
  public let name: String
  /// Takes bytes from the stream into a buffer; 0 means that it has ended.
  private let read: (UnsafeMutableRawBufferPointer) throws -> Int
  private var storage: UnsafeMutableRawBufferPointer
  /// The first byte not used up yet, counted from `base`.
  var start = 0
  /// Behind the last byte read.
  private(set) var end = 0
  private(set) var hasEnded = false
  /// Bytes of the stream that lie before `base`.
  private var bytesBefore = 0
  /// Line breaks of the stream that lie before `base`.
  private var breaksBefore = 0
  /// Where line breaks were last counted up to, since lines are asked for in ascending order.
  private var counted = (offset: 0, breaks: 0)

  /// What must stand in the window at once, such as one record, may be this long.
  static let longest = 16 << 20

  /// A stream that is read by a closure, with a window of so many bytes to begin with.
  public init(
    name: String, windowBytes: Int = 1 << 20,
    read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) {
    self.name = name
    self.read = read
    storage = .allocate(byteCount: max(16, windowBytes), alignment: 16)
  }

  /// Bytes at hand, handed out in pieces of at most `piece`.
  public convenience init(name: String, bytes: [UInt8], piece: Int = 1 << 20) {
    var rest = bytes[...]
    self.init(name: name, windowBytes: min(piece, bytes.count + 1)) { buffer in
      let taken = rest.prefix(min(buffer.count, piece))
      buffer.copyBytes(from: taken)
      rest = rest.dropFirst(taken.count)
      return taken.count
    }
  }

  deinit {
    storage.deallocate()
  }

  /// The window; good until the next `fill`.
  var window: UnsafeRawBufferPointer { UnsafeRawBufferPointer(storage) }

  /// Reads more bytes behind those not used up, which move to the front of the window.
  ///
  /// - Returns: false when the stream has ended.
  /// - Throws: `Fault` when the window may not grow any more, or what the stream throws.
  func fill() throws -> Bool {
    guard !hasEnded else { return false }
    if start > 0 { dropUsed() }
    if end == storage.count { try grow() }
    let count = try read(UnsafeMutableRawBufferPointer(rebasing: storage[end...]))
    guard count > 0 else {
      hasEnded = true
      return false
    }
    end += count
    return true
  }

  /// At least so many bytes from the stream's current place, fewer when it ends before.
  public func peek(_ count: Int) throws -> [UInt8] {
    while end - start < count, try fill() {}
    return [UInt8](storage[start..<min(end, start + count)])
  }

  /// The line, from 1, that a place in the window stands on.
  func line(at offset: Int) -> Int {
    if offset < counted.offset { counted = (0, 0) }
    counted.breaks += Self.lineBreaks(storage[counted.offset..<offset])
    counted.offset = offset
    return breaksBefore + counted.breaks + 1
  }

  /// The byte of the stream, from 0, that a place in the window is.
  func byte(at offset: Int) -> Int {
    bytesBefore + offset
  }

  /// A fault of the stream at a place in the window.
  func fault(_ message: String, at offset: Int) -> Fault {
    Fault(file: name, line: line(at: offset), message: "\(message), at byte \(byte(at: offset))")
  }

  private func dropUsed() {
    breaksBefore = line(at: start) - 1
    counted = (0, 0)
    bytesBefore += start
    let kept = UnsafeRawBufferPointer(rebasing: storage[start..<end])
    storage.copyMemory(from: kept)
    (start, end) = (0, end - start)
  }

  private func grow() throws {
    guard storage.count < Self.longest else {
      throw fault("one record is longer than \(Self.longest >> 20) MiB", at: start)
    }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: storage.count * 2, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<end]))
    storage.deallocate()
    storage = larger
  }

  private static func lineBreaks(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Int {
    UnsafeRawBufferPointer(rebasing: bytes).reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
  }
}

extension ByteSource {
  /// All that is left of the stream, for readers that hold a file whole.
  public func rest() throws -> [UInt8] {
    var bytes: [UInt8] = []
    repeat {
      bytes += window[start..<end]
      start = end
    } while try fill()
    return bytes
  }
}

extension ByteSource {
  /// Whether a key stands in quotes within the next 64 KiB.
  func hasNext(key: String) throws -> Bool {
    let front = try peek(1 << 16)
    return String(decoding: front, as: UTF8.self).contains("\"\(key)\"")
  }
}
