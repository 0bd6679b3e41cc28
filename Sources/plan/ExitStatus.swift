import ArgumentParser
import Catalog
import Planning
import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The statuses scripts rely on, after sysexits(3).
enum ExitStatus {
  /// The question is valid and no option fits.
  static let nothingFits = ExitCode(3)
  static let usage: Int32 = 64
  static let badData: Int32 = 65
  static let missingInput: Int32 = 66
  static let unavailable: Int32 = 69
  static let bug: Int32 = 70
  static let cannotCreate: Int32 = 73
  static let cannotWrite: Int32 = 74

  /// What each status means, for the manual.
  static let meanings: [(status: Int32, meaning: String)] = [
    (0, "A plan was found, or the command did what it was asked."),
    (3, "The question is valid and no option fits; the plan with its reasons is still printed."),
    (usage, "The command line is wrong."),
    (badData, "A scenario, table or other input is wrong; every fault is named with its place."),
    (missingInput, "A file or folder is missing."),
    (unavailable, "curl or the server failed (plan prices fetch)."),
    (bug, "A fault of the program."),
    (cannotCreate, "The output could not be created."),
    (cannotWrite, "The output could not be written."),
    (130, "Interrupted by Ctrl-C."),
  ]

  /// The status an error ends the program with, and what to say on stderr; nil leaves it to the
  /// argument parser.
  static func describe(_ error: any Error) -> (status: Int32, message: String)? {
    switch error {
    case let error as QuantityError: (usage, error.description)
    case let error as ScenarioFault: (usage, error.description)
    case let error as UsageError: (usage, error.message)
    case let error as FaultList: (badData, error.description)
    case let error as Fault: (badData, error.description)
    case let error as MissingFile: (missingInput, error.description)
    case let error as OutputError: (error.status, error.message)
    case let error as FetchError: (unavailable, error.message)
    default: nil
    }
  }
}

/// A question that can't be asked that way.
struct UsageError: Error, CustomStringConvertible {
  let message: String

  /// What the argument parser shows of it.
  var description: String { message }

  init(_ message: String) {
    self.message = message
  }
}

/// Writes a message to stderr; a stderr that can't be written to is nothing to stop for.
func complain(_ message: String) {
  complain(plainly: "plan: \(message)")
}

/// Writes a text to stderr with nothing in it that a terminal would act upon: names of files and
/// words of the command line come from anywhere.
func complain(plainly text: String) {
  let safe = text.unicodeScalars.map { scalar -> Unicode.Scalar in
    switch scalar.properties.generalCategory {
    case .control where scalar != "\n" && scalar != "\t", .format, .surrogate: "\u{FFFD}"
    default: scalar
    }
  }
  let line = String(String.UnicodeScalarView(safe)) + "\n"
  try? StandardOutput.writeAll(Array(line.utf8), to: STDERR_FILENO, name: "standard error")
}
