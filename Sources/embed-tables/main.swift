import Foundation

// embed-tables OUTPUT.swift TABLE.csv...: writes the tables as raw string literals.
// embed-tables --commit OUTPUT.swift REPOSITORY: writes the commit that is checked out, or nothing.
//
// A literal, not a resource bundle: the program then starts without looking for files, and runs
// from any folder. A file that is not UTF-8 or holds the closing delimiter stops the build.

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("embed-tables: \(message)\n".utf8))
  exit(1)
}

/// Leaves a file that says this already as it is, so that nothing is compiled anew.
func write(_ source: String, to output: String) {
  if FileManager.default.contents(atPath: output) == Data(source.utf8) { return }
  do {
    try source.write(toFile: output, atomically: true, encoding: .utf8)
  } catch {
    fail("\(output): \(error)")
  }
}

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "--commit", arguments.count == 3 {
  let (output, repository) = (
    arguments[arguments.startIndex + 1], arguments[arguments.endIndex - 1]
  )
  write(
    """
    // Made at build time; do not edit.

    /// The commit that is checked out, in hexadecimal; empty outside a git checkout.
    enum EmbeddedCommit {
      static let text = "\(Checkout(of: repository)?.commit ?? "")"
    }

    """, to: output)
  exit(0)
}
guard let output = arguments.first else { fail("usage: embed-tables OUTPUT.swift TABLE.csv...") }

let delimiter = "\"\"\"####"
var source = """
  // Made at build time from tables and texts; do not edit.

  /// The files built into this module: name and text, in order of name.
  enum EmbeddedTables {
    static let files: [(name: String, text: String)] = [

  """
for path in arguments.dropFirst() {
  guard let data = FileManager.default.contents(atPath: path) else { fail("\(path): unreadable") }
  guard let text = String(data: data, encoding: .utf8) else { fail("\(path): not UTF-8") }
  guard !text.contains(delimiter) else { fail("\(path): holds the delimiter \(delimiter)") }
  let name = URL(fileURLWithPath: path).lastPathComponent
  source += "    (\"\(name)\", ####\"\"\"\n\(text)\n\"\"\"####),\n"
}
source += "  ]\n}\n"
write(source, to: output)
