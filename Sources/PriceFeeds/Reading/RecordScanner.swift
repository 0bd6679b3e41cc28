import Catalog

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads the records of an RFC 4180 text from a stream, several hundred megabytes a second.
///
/// A record's fields are places in the stream's window; nothing is copied and no text is made before
/// one is asked for. Blank lines are skipped, LF and CRLF both end a line.
struct RecordScanner {
  let source: ByteSource
  /// Fields in the current record.
  private(set) var count = 0
  /// Where each field starts and ends in the window, quotes not counted in.
  private var places: [Place] = Array(repeating: Place(start: 0, end: 0), count: 128)
  /// Whether a quote is doubled somewhere in the record.
  private var hasDoubledQuotes = false
  /// Where the record starts in the window.
  private var recordStart = 0
  private var isFirst = true

  private struct Place {
    var start: Int
    var end: Int
  }

  /// More fields than any price list has.
  private static let mostFields = 4096

  /// What stands between fields: a comma, or the bar of Slurm.
  private let separator: UInt8

  init(_ source: ByteSource, separator: UInt8 = UInt8(ascii: ",")) {
    self.source = source
    self.separator = separator
  }

  /// Goes on to the next record; false at the end of the stream.
  ///
  /// - Throws: `Fault` with the line where the text is no CSV.
  mutating func next() throws -> Bool {
    if isFirst { try skipByteOrderMark() }
    while true {
      recordStart = source.start
      guard source.start < source.end else {
        guard try source.fill() else { return false }
        continue
      }
      guard let next = try scan() else {
        if try source.fill() { continue }
        // The stream has ended: scanning again takes its end for the record's.
        recordStart = source.start
        guard let last = try scan() else { return false }
        try checkEnd(last)
        source.start = last
        return !isBlank
      }
      try checkEnd(next)
      source.start = next
      if !isBlank { return true }
    }
  }

  /// The line the current record starts on, from 1.
  var line: Int { source.line(at: recordStart) }

  /// A fault of the current record.
  func fault(_ message: String, column: String? = nil) -> Fault {
    Fault(file: source.name, line: line, column: column, message: message)
  }

  /// The bytes of a field as they stand between the quotes; good until the next record.
  func field(_ index: Int) -> UnsafeRawBufferPointer {
    let place = places[index]
    return UnsafeRawBufferPointer(rebasing: source.window[place.start..<place.end])
  }

  /// A field as text; what is not UTF-8 becomes U+FFFD.
  func text(_ index: Int) -> String {
    let text = String(decoding: field(index), as: UTF8.self)
    guard hasDoubledQuotes else { return text }
    var out = ""
    var wasQuote = false
    for scalar in text.unicodeScalars {
      wasQuote = scalar == "\"" && !wasQuote
      if !wasQuote { out.unicodeScalars.append(scalar) }
    }
    return out
  }

  /// Checks that the record which ends before a place ends its line as well: a number cut in two would
  /// else pass for a whole one.
  private func checkEnd(_ place: Int) throws {
    guard place > 0, !isBlank else { return }
    if let base = source.window.baseAddress,
      memchr(base + recordStart, 0, place - recordStart) != nil
    {
      throw fault("holds a NUL: the file is damaged, or no text (UTF-16?)")
    }
    let last = source.window[place - 1]
    guard last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") else {
      throw fault(
        "the file ends inside this line: it is cut off; fetch it again, or end the line if it is whole"
      )
    }
  }

  private var isBlank: Bool {
    count == 1 && places[0].start == places[0].end && places[0].start == recordStart
  }

  private mutating func skipByteOrderMark() throws {
    isFirst = false
    if try source.peek(3) == [0xEF, 0xBB, 0xBF] { source.start += 3 }
  }

  /// Finds the fields of the record at the start of the window.
  ///
  /// - Returns: where the next record starts, or nil when the record's end is not in the window.
  private mutating func scan() throws -> Int? {
    count = 0
    hasDoubledQuotes = false
    let window = source.window
    let end = source.end
    var at = source.start
    while true {
      let place: Place
      if at < end, hasQuotes, window[at] == UInt8(ascii: "\"") {
        guard let close = try closingQuote(from: at + 1) else { return nil }
        place = Place(start: at + 1, end: close)
        at = close + 1
      } else {
        let start = at
        while at < end, !endsBareField(window[at]) { at += 1 }
        place = Place(start: start, end: at)
      }
      guard at < end || source.hasEnded else { return nil }
      try append(place)
      guard at < end else { return at }
      switch window[at] {
      case separator: at += 1
      case UInt8(ascii: "\n"): return at + 1
      case UInt8(ascii: "\r"):
        guard at + 1 < end || source.hasEnded else { return nil }
        return at + 1 < end && window[at + 1] == UInt8(ascii: "\n") ? at + 2 : at + 1
      default:
        throw source.fault(
          place.end < at
            ? "text follows a closing quote" : "a quote stands inside an unquoted field", at: at)
      }
    }
  }

  /// Slurm writes names as they are.
  private var hasQuotes: Bool { separator == UInt8(ascii: ",") }

  private func endsBareField(_ byte: UInt8) -> Bool {
    byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\"") && hasQuotes
  }

  /// Where the quoted field that starts here is closed, or nil when that is not in the window.
  private mutating func closingQuote(from start: Int) throws -> Int? {
    guard let base = source.window.baseAddress else { return nil }
    var at = start
    while at < source.end {
      guard let found = memchr(base + at, Int32(UInt8(ascii: "\"")), source.end - at) else { break }
      let quote = base.distance(to: UnsafeRawPointer(found))
      if quote + 1 == source.end { return source.hasEnded ? quote : nil }
      guard source.window[quote + 1] == UInt8(ascii: "\"") else { return quote }
      hasDoubledQuotes = true
      at = quote + 2
    }
    if source.hasEnded { throw source.fault("a quoted field is never closed", at: start - 1) }
    return nil
  }

  private mutating func append(_ place: Place) throws {
    if count == places.count {
      guard count < Self.mostFields else {
        throw source.fault("more than \(Self.mostFields) fields stand on a line", at: place.start)
      }
      places += places
    }
    places[count] = place
    count += 1
  }
}
