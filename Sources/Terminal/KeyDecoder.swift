import Screen

/// Turns the bytes of a keyboard into keys.
///
/// Sequences are read by their grammar (ECMA-48, section 5.4; xterm's ctlseqs), so that one which means
/// nothing here is swallowed as a whole, however it was cut: reports of focus, attributes and colours
/// that a terminal sends unasked never act as keys. Pure: the time is told from outside.
struct KeyDecoder {
  /// Milliseconds after which an Esc without anything behind it is the key Esc.
  static let escapeDelay = 100
  /// Milliseconds after an Esc in which the rest of an arrow key's sequence still belongs to it.
  static let latestRest = 300
  /// Milliseconds without a byte after which a text or a paste that never ended has ended.
  static let longestPause = 1000
  /// No paste is meant to be longer; the rest is let go.
  static let longestPaste = 1 << 16

  private enum State {
    case ground
    /// After Esc, which may have been told as a key already.
    case escape(isTold: Bool)
    /// After Esc `[`, with what followed so far.
    case control([UInt8], isTold: Bool)
    /// After Esc `O`, with what followed so far.
    case single(isTold: Bool)
    /// Within a text for programs: OSC, DCS and their like; after an Esc inside it.
    case string(afterEscape: Bool)
    /// Three bytes of a mouse report in the old form.
    case mouse([UInt8])
    /// Within a bracketed paste.
    case paste
    /// Within a character of several bytes.
    case character([UInt8], length: Int)
  }

  private var state = State.ground
  /// When the last byte came, and the last Esc.
  private var lastByte = 0
  private var lastEscape = 0
  private var keys: [Key] = []
  private var pasted: [UInt8] = []
  /// Whether reports of the mouse were asked for.
  private let usesMouse: Bool

  init(usesMouse: Bool) {
    self.usesMouse = usesMouse
  }

  /// When something is to be decided although nothing comes; nil when there is nothing to decide.
  var deadline: Int? {
    switch state {
    case .ground: nil
    case .escape(isTold: false): lastEscape + Self.escapeDelay
    case .escape(isTold: true): lastEscape + Self.latestRest
    case .control, .single, .mouse, .character: lastByte + Self.latestRest
    case .string, .paste: lastByte + Self.longestPause
    }
  }

  /// The keys that bytes make, none of which may have come, and those that time alone makes.
  ///
  /// - Parameter now: milliseconds from any fixed time on.
  mutating func take(_ bytes: some Sequence<UInt8>, at now: Int) -> [Key] {
    // What comes while an Esc waits may have come in time, however late it is looked at.
    if case .escape(isTold: false) = state {} else { pass(now) }
    for byte in bytes {
      lastByte = now
      take(byte)
    }
    pass(now)
    return takeKeys()
  }

  private mutating func takeKeys() -> [Key] {
    defer { keys = [] }
    return keys
  }

  // MARK: Time

  private mutating func pass(_ now: Int) {
    while let deadline, now >= deadline {
      switch state {
      case .escape(isTold: false):
        keys.append(.escape)
        state = .escape(isTold: true)
      // Typed by hand after an Esc.
      case .control([], isTold: true): end(.character("["))
      case .single(isTold: true): end(.character("O"))
      case .paste: endPaste()
      default: state = .ground
      }
    }
  }

  // MARK: Bytes

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeFirst(byte)
    case .escape(let isTold): takeAfterEscape(byte, isTold: isTold)
    case .control(let before, let isTold): takeControl(byte, after: before, isTold: isTold)
    case .single: takeSingle(byte)
    case .string(let afterEscape): takeString(byte, afterEscape: afterEscape)
    case .mouse(let before):
      state = before.count < 2 ? .mouse(before + [byte]) : .ground
      if before.count == 2 { endMouse(before + [byte]) }
    case .paste: takePaste(byte)
    case .character(let before, let length):
      guard byte & 0xC0 == 0x80 else { return restart(byte) }
      let all = before + [byte]
      guard all.count == length else { return state = .character(all, length: length) }
      state = .ground
      if let text = String(validating: all, as: UTF8.self), let scalar = text.unicodeScalars.first {
        type(scalar)
      }
    }
  }

  private mutating func restart(_ byte: UInt8) {
    state = .ground
    takeFirst(byte)
  }

  private mutating func end(_ key: Key?) {
    state = .ground
    if let key { keys.append(key) }
  }

  private mutating func takeFirst(_ byte: UInt8) {
    switch byte {
    case 0x1B:
      lastEscape = lastByte
      state = .escape(isTold: false)
    case 0..<0x80: type(Unicode.Scalar(byte))
    case 0xC2..<0xE0: state = .character([byte], length: 2)
    case 0xE0..<0xF0: state = .character([byte], length: 3)
    case 0xF0..<0xF5: state = .character([byte], length: 4)
    default: break
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8, isTold: Bool) {
    switch byte {
    case UInt8(ascii: "["): state = .control([], isTold: isTold)
    case UInt8(ascii: "O"): state = .single(isTold: isTold)
    // OSC, DCS, SOS, PM and APC; `]` right after Esc by hand is later than this.
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      if isTold { restart(byte) } else { state = .string(afterEscape: false) }
    default:
      if !isTold { keys.append(.escape) }
      restart(byte)
    }
  }

  private mutating func takeControl(_ byte: UInt8, after before: [UInt8], isTold: Bool) {
    switch byte {
    case UInt8(ascii: "[") where before.isEmpty:
      // The Linux console's F1 to F5 have one more letter.
      state = .control([byte], isTold: isTold)
    case _ where before == [UInt8(ascii: "[")]:
      let number = Int(byte) - 0x40
      end((1...5).contains(number) ? .function(number) : nil)
    case 0x20...0x3F:
      // Longer than any that means something: what follows is let go.
      state = .control(before.count < 64 ? before + [byte] : before, isTold: isTold)
    case UInt8(ascii: "M") where before.isEmpty: state = .mouse([])
    case 0x40...0x7E:
      state = .ground
      if before == Array("200".utf8), byte == UInt8(ascii: "~") { return state = .paste }
      if let key = meaning(of: before, final: byte) { keys.append(key) }
    default: restart(byte)
    }
  }

  private mutating func takeSingle(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"): break
    case UInt8(ascii: "P")...UInt8(ascii: "S"): end(.function(Int(byte) - 0x4F))
    case UInt8(ascii: "M"): end(.enter)
    case 0x20...0x7E: end(Self.arrows[byte])
    default: restart(byte)
    }
  }

  private mutating func takeString(_ byte: UInt8, afterEscape: Bool) {
    if afterEscape {
      state = .ground
      // Esc `\` ends it; anything else is a sequence of its own.
      if byte != UInt8(ascii: "\\") {
        state = .escape(isTold: true)
        take(byte)
      }
      return
    }
    switch byte {
    case 0x07, 0x18, 0x1A: state = .ground
    case 0x1B: state = .string(afterEscape: true)
    default: break
    }
  }

  // MARK: Meanings

  private static let arrows: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
  ]

  /// Keys of the VT220 and its heirs by number; F1 begins at 11, with gaps where it had other keys.
  private static let numbered: [Int: Key] = {
    var keys: [Int: Key] = [
      1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]
    let functions = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
    for (index, number) in functions.enumerated() { keys[number] = .function(index + 1) }
    return keys
  }()

  /// What a control sequence means; nil for nothing.
  private func meaning(of parameters: [UInt8], final: UInt8) -> Key? {
    let text = String(decoding: parameters, as: UTF8.self)
    if text.hasPrefix("<") {
      return mouse(text.dropFirst(), final: final)
    }
    guard text.utf8.allSatisfy({ Self.isParameter($0) }) else { return nil }
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    switch final {
    case UInt8(ascii: "~"): return numbers.first.flatMap { $0 }.flatMap { Self.numbered[$0] }
    case UInt8(ascii: "Z"): return .backTab
    case UInt8(ascii: "P"), UInt8(ascii: "Q"), UInt8(ascii: "S"):
      return text.isEmpty || text.hasPrefix("1;") ? .function(Int(final) - 0x4F) : nil
    default:
      // With a held key the first number is 1; anything else is a report.
      return text.isEmpty || text.hasPrefix("1;") ? Self.arrows[final] : nil
    }
  }

  private static func isParameter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ";")
  }

  // MARK: Mouse

  /// A report in the form 1006: button, column and row; `m` ends it on release.
  private func mouse(_ text: Substring, final: UInt8) -> Key? {
    let numbers = text.split(separator: ";", omittingEmptySubsequences: false).compactMap {
      Int($0)
    }
    guard numbers.count == 3, final == UInt8(ascii: "M") else { return nil }
    return mouse(button: numbers[0], column: numbers[1], row: numbers[2])
  }

  /// The old form: three bytes, each 32 more than what it says.
  private mutating func endMouse(_ bytes: [UInt8]) {
    let numbers = bytes.map { Int($0) - 32 }
    if let key = mouse(button: numbers[0], column: numbers[1], row: numbers[2]) {
      keys.append(key)
    }
  }

  /// - Parameter button: with 4, 8 and 16 for keys held, 32 for a move, 64 for the wheel.
  private func mouse(button: Int, column: Int, row: Int) -> Key? {
    let actions: [Int: MouseEvent.Action] = [0: .press, 64: .wheelUp, 65: .wheelDown]
    guard usesMouse, button >= 0, let action = actions[button & ~0x1C], column > 0, row > 0 else {
      return nil
    }
    return .mouse(MouseEvent(action, at: Point(column: column - 1, row: row - 1)))
  }

  // MARK: Text

  /// A typed character; bytes that are none are let go.
  private mutating func type(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 10, 13: keys.append(.enter)
    case 9: keys.append(.tab)
    case 8, 127: keys.append(.backspace)
    case 1...26:
      if let letter = Unicode.Scalar(scalar.value + 96) { keys.append(.control(Character(letter))) }
    case 0..<32, 128..<160: break
    default: keys.append(.character(Character(scalar)))
    }
  }

  private mutating func takePaste(_ byte: UInt8) {
    let end = Array("\u{1B}[201~".utf8)
    pasted.append(byte)
    if byte == end.last, pasted.suffix(end.count).elementsEqual(end) {
      pasted.removeLast(end.count)
      return endPaste()
    }
    // Room for the end is always kept.
    if pasted.count > Self.longestPaste + end.count { pasted.remove(at: Self.longestPaste) }
  }

  private mutating func endPaste() {
    end(.paste(String(decoding: pasted.prefix(Self.longestPaste), as: UTF8.self)))
    pasted = []
  }
}
