import CNcurses
import Screen

/// Something that happened while waiting.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// Somebody called `Waker.wake`.
  case wake
  /// There will be no more keys: the terminal has gone.
  case inputEnded
}

/// How to use a terminal.
public struct TerminalOptions: Hashable, Sendable {
  public var usesColor: Bool
  /// Mouse reports keep the terminal from selecting text, so they are off unless asked for.
  public var usesMouse: Bool
  /// Sends nothing but ASCII, whatever the locale says.
  public var forcesAscii: Bool

  public init(usesColor: Bool = true, usesMouse: Bool = false, forcesAscii: Bool = false) {
    self.usesColor = usesColor
    self.usesMouse = usesMouse
    self.forcesAscii = forcesAscii
  }
}

/// A terminal taken over for full-screen drawing: the one door to ncurses, which is global to the
/// process and not safe across threads; hence the main actor.
///
///     let session = try TerminalSession.open()
///     defer { session.close() }
///     session.paint(grid)
///     for event in session.waitForEvents() { … }
///
/// While it is open, standard error is collected if it goes to the terminal too, and printed once
/// the screen has been given back.
@MainActor
public final class TerminalSession {
  /// Lets other threads wake the loop.
  public let waker: Waker
  private var painter: Painter
  private let screen: OpaquePointer
  private let input: Int32
  private let output: Int32
  private let shellMode: termios?
  private let handlesSignals: Bool
  private var isOpen = true
  private var keyboard: Keyboard
  /// What is to be known about how it was opened; nil for nothing.
  public let remark: String?

  /// Opens the terminal on standard input and output.
  ///
  /// - Throws: `TerminalError` with a sentence when the kind of terminal is unknown; nothing is
  ///   changed then.
  public static func open(
    _ options: TerminalOptions = TerminalOptions()
  ) throws(TerminalError) -> TerminalSession {
    guard let input = plan_standard_input(), let output = plan_standard_output() else {
      throw TerminalError("Standard input or output is closed.")
    }
    return try TerminalSession(
      type: nil, input: input, output: output, options: options, handlesSignals: true)
  }

  /// Opens a terminal on any two files.
  ///
  /// - Parameters:
  ///   - type: a terminfo name; nil for what `TERM` says.
  ///   - locale: whose character set to use; empty for what the environment says.
  ///   - handlesSignals: whether signals give this terminal back; for the one real terminal only.
  init(
    type: String?, input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>,
    options: TerminalOptions, locale: String = "", handlesSignals: Bool
  ) throws(TerminalError) {
    let waker = try Waker()
    setlocale(LC_CTYPE, locale)
    var mode = termios()
    let hasMode = tcgetattr(fileno(input), &mode) == 0
    if handlesSignals { EmergencyRestore.installHandlers(rememberPrevious: true) }
    let name = type ?? getenv("TERM").map { String(cString: $0) } ?? ""
    guard let (screen, known) = Self.newScreen(name, input, output) else {
      if handlesSignals { EmergencyRestore.removeHandlers() }
      throw TerminalError("This system does not know terminals of the kind TERM=\(name).")
    }
    remark =
      known == name
      ? nil : "This system does not know TERM=\(name); the terminal is used as \(known)."
    keyboard = Keyboard(fileno(input), usesMouse: options.usesMouse)
    plan_forget_character_sets()
    self.waker = waker
    self.screen = screen
    self.input = fileno(input)
    self.output = fileno(output)
    self.shellMode = hasMode ? mode : nil
    self.handlesSignals = handlesSignals
    let codeset = plan_codeset().map { String(cString: $0) }
    self.painter = Painter(
      drawsUnicode: codeset == "UTF-8" && !options.forcesAscii,
      colorCount: CursesModes.startColors(wanted: options.usesColor))
    CursesModes.enter(usesMouse: options.usesMouse)
    if handlesSignals, hasMode { arm(shellMode: mode, usesMouse: options.usesMouse) }
    send(CursesModes.pasteOn)
    adoptSize()
  }

  /// Opens a screen; kinds of xterm that the system does not know are taken for the usual one.
  ///
  /// - Returns: the screen and the name it is known by.
  private static func newScreen(
    _ name: String, _ input: UnsafeMutablePointer<FILE>, _ output: UnsafeMutablePointer<FILE>
  ) -> (OpaquePointer, String)? {
    let others = name.hasPrefix("xterm-") ? ["xterm-256color", "xterm"] : []
    for known in [name] + others {
      if let screen = newterm(known, output, input) { return (screen, known) }
    }
    return nil
  }

  /// Columns and rows of the screen.
  public var size: Size {
    guard isOpen, let window = plan_standard_screen() else { return Size(width: 0, height: 0) }
    return Size(width: Int(getmaxx(window)), height: Int(getmaxy(window)))
  }

  /// Whether anything but ASCII can be shown.
  public var drawsUnicode: Bool { painter.drawsUnicode }

  /// Colours there are to draw with; 0 for none, or none wanted.
  public var colorCount: Int { painter.colorCount }

  /// Brings the screen to show a grid, writing what changed in one go.
  ///
  /// - Parameters:
  ///   - cursor: where the cursor is parked.
  ///   - showsCursor: whether it can be seen.
  public func paint(_ grid: Grid, cursor: Point? = nil, showsCursor: Bool = false) {
    guard isOpen else { return }
    painter.paint(grid, cursor: cursor, showsCursor: showsCursor)
  }

  /// Hands a text to the clipboard of the terminal, where it takes that (OSC 52 of xterm's control
  /// sequences); no terminal says whether it did.
  public func copy(_ text: String) {
    guard isOpen else { return }
    send("\u{1B}]52;c;\(Base64.text(Array(text.utf8)))\u{07}")
  }

  /// Writes to the terminal past curses.
  private func send(_ text: String) {
    let bytes = Array(text.utf8)
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
      guard written > 0 || errno == EINTR else { return }
      offset += max(0, written)
    }
  }

  /// Makes the next `paint` write everything, whatever is thought to be on the screen.
  public func repaintAll() {
    guard isOpen else { return }
    painter.forget()
    clearok(plan_current_screen(), true)
  }

  /// Waits for keys or a wake-up, and returns all that there is.
  ///
  /// - Parameter timeoutMilliseconds: how long at most; nil for as long as it takes.
  /// - Returns: empty when the time was up.
  public func waitForEvents(timeoutMilliseconds: Int32? = nil) -> [TerminalEvent] {
    guard isOpen else { return [.inputEnded] }
    let end = timeoutMilliseconds.map { Keyboard.now + Int($0) }
    while true {
      let events = waitOnce(until: [end, keyboard.deadline].compactMap { $0 }.min())
      if !events.isEmpty { return events }
      if let end, Keyboard.now >= end { return [] }
    }
  }

  /// Waits until something comes or the time is up.
  private func waitOnce(until end: Int?) -> [TerminalEvent] {
    var sources = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker.readingEnd, events: Int16(POLLIN), revents: 0),
    ]
    poll(&sources, 2, end.map { Int32(clamping: max(0, $0 - Keyboard.now)) } ?? -1)
    var events: [TerminalEvent] = []
    if sources[1].revents != 0 {
      waker.drain()
      events.append(.wake)
    }
    let wasResumed = takeBackAfterStop()
    if adoptSize() || wasResumed { events.append(.key(.resize)) }
    let (keys, hasEnded) = keyboard.read(sources[0])
    events += keys.map { .key($0) }
    if hasEnded { events.append(.inputEnded) }
    return events
  }

  /// Stops the process as Ctrl-Z does in other programs; the shell can continue it. The terminal
  /// is given back first; `waitForEvents` takes it again afterwards and reports a resize, upon
  /// which everything is to be painted.
  public func suspend() {
    guard isOpen, handlesSignals else { return }
    EmergencyRestore.stopEveryone()
  }

  /// Gives the terminal back as it was. Does nothing the second time.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    endwin()
    send(CursesModes.pasteOff)
    if var mode = shellMode { tcsetattr(input, TCSADRAIN, &mode) }
    delscreen(screen)
    if handlesSignals { disarm() }
  }

  /// Takes the size the terminal has now; true when it is a new one.
  @discardableResult
  private func adoptSize() -> Bool {
    var (rows, columns): (Int32, Int32) = (0, 0)
    guard plan_window_size(output, &rows, &columns) != 0 else { return false }
    guard size != Size(width: Int(columns), height: Int(rows)) else { return false }
    resizeterm(rows, columns)
    painter.forget()
    return true
  }

  /// Sets the size of a screen that has no terminal behind it.
  func resize(to size: Size) {
    resizeterm(Int32(size.height), Int32(size.width))
    painter.forget()
  }

  /// Takes the terminal again after a stop; true when there was one.
  private func takeBackAfterStop() -> Bool {
    guard handlesSignals, EmergencyRestore.state.pointee.wasResumed else { return false }
    EmergencyRestore.state.pointee.wasResumed = false
    // Curses enters its modes anew at the first update after `endwin`.
    endwin()
    send(CursesModes.pasteOn)
    repaintAll()
    return true
  }

  private func arm(shellMode: termios, usesMouse: Bool) {
    let bytes = RestoreBytes.forCurrentTerminal(usesMouse: usesMouse)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    copy.initialize(from: bytes, count: bytes.count)
    let state = EmergencyRestore.state
    state.pointee.input = input
    state.pointee.output = output
    state.pointee.drawingThread = pthread_self()
    state.pointee.wakingEnd = waker.writingEnd
    state.pointee.shellMode = shellMode
    state.pointee.bytes = copy
    state.pointee.byteCount = bytes.count
    state.pointee.wasResumed = false
    StandardErrorHold.start()
    state.pointee.isArmed = true
    EmergencyRestore.installHandlers(rememberPrevious: false)
  }

  private func disarm() {
    let state = EmergencyRestore.state
    state.pointee.isArmed = false
    EmergencyRestore.removeHandlers()
    StandardErrorHold.end()
    state.pointee.wakingEnd = -1
    state.pointee.bytes?.deallocate()
    state.pointee.bytes = nil
    state.pointee.byteCount = 0
  }
}
