import Foundation

// embed-tables OUTPUT.swift TABLE.csv...: writes the tables as raw string literals.
//
// A literal, not a resource bundle: the program then starts without looking for files, and runs
// from any folder. A file that is not UTF-8 or holds the closing delimiter stops the build.

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("embed-tables: \(message)\n".utf8))
  exit(1)
}

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else { fail("usage: embed-tables OUTPUT.swift TABLE.csv...") }

let delimiter = "\"\"\"####"
var source = """
  // Made at build time from the CSV tables; do not edit.

  /// The CSV tables built into this module: file name and text, in order of name.
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
do {
  try source.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  fail("\(output): \(error)")
}
