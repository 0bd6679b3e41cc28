import ArgumentParser
import Planning
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why output could not be written.
struct OutputError: Error {
  let status: Int32
  let message: String
}

/// Where the plan goes, and in what form.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "table, plain, csv, json or markdown.",
    completion: choices(ReportFormat.self), transform: { try choice($0) })
  var format: ReportFormat?

  @Flag(help: "Short for --format json.")
  var json = false

  @Flag(help: "Begin CSV with a byte-order mark, without which Excel misreads UTF-8.")
  var excel = false

  @OptionGroup var place: TextOutputOptions

  /// The form asked for; a table when none was.
  var chosen: ReportFormat { json ? .json : format ?? .table }

  /// Writes a text to the chosen place.
  func emit(_ text: String) throws {
    try place.emit(excel && chosen == .csv ? "\u{FEFF}" + text : text)
  }

  /// Writes a table in the chosen form to the chosen place.
  func emit(_ sheet: Sheet) throws {
    try emit(sheet.render(chosen, style: style))
  }

  /// How a table looks where it goes.
  var style: TextStyle { place.style }

  /// Columns of the terminal stdout is, or nil when it is none: then output depends on no width.
  static var terminalWidth: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// Where a text goes.
struct TextOutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to FILE, replacing it in one step; - is stdout.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var common: CommonOptions

  /// How a table looks where it goes.
  var style: TextStyle { common.style(output: output) }

  /// Writes a text to the chosen place.
  func emit(_ text: String) throws {
    try emitText(text, to: output)
  }
}

/// Writes a text to a file, or to stdout when there is none or it is `-`.
func emitText(_ text: String, to path: String?) throws {
  if let path, path != "-" {
    try AtomicFile.write(text, to: path)
  } else {
    try StandardOutput.write(text)
  }
}

/// Writes to stdout and notices when it can't.
enum StandardOutput {
  /// Writes all bytes.
  ///
  /// - Throws: `OutputError` 74 when the device is full or gone.
  static func write(_ text: String) throws {
    try writeAll(Array(text.utf8), to: STDOUT_FILENO, name: "standard output")
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) throws {
    var offset = 0
    try bytes.withUnsafeBytes { buffer in
      while offset < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
        guard let address = rest.baseAddress else { return }
        #if canImport(Darwin)
          let written = Darwin.write(descriptor, address, rest.count)
        #elseif canImport(Musl)
          let written = Musl.write(descriptor, address, rest.count)
        #else
          let written = Glibc.write(descriptor, address, rest.count)
        #endif
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else {
          let why = String(cString: strerror(errno))
          throw OutputError(status: ExitStatus.cannotWrite, message: "\(name): \(why)")
        }
        offset += written
      }
    }
  }
}
