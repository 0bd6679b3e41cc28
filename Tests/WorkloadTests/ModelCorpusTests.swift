import Foundation
import Testing

@testable import Workload

/// A configuration with its reference counts, from `Fixtures/models.txt`.
struct CorpusEntry: Sendable, CustomStringConvertible {
  var name: String
  var total: Int
  var active: Int
  var leftOut: Int
  var text: String

  var description: String { name }

  /// Reads a file of figures and configurations in turn.
  static func read(_ file: String) -> [CorpusEntry] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return stride(from: 0, to: lines.count - 1, by: 2).map { index in
      let parts = lines[index].split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let figures = parts.dropFirst().compactMap { Int($0) }
      return CorpusEntry(
        name: parts[0], total: figures[0], active: figures[1], leftOut: figures[2],
        text: String(lines[index + 1]))
    }
  }
}

@Suite struct ModelCorpusTests {
  static let corpus = CorpusEntry.read("models.txt")

  @Test("the corpus has a configuration of each family and variant")
  func size() { #expect(Self.corpus.count >= 130) }

  // Counts of Hugging Face Transformers 5.24.0 on torch's meta device; see the head of the file.
  @Test("counts are those of the reference implementation, exactly", arguments: corpus)
  func counts(entry: CorpusEntry) throws {
    let shape = try ModelConfiguration.read(entry.text, file: "config.json", name: "x")
      .architecture
    #expect(shape.parameterCount == entry.total)
    #expect(shape.activeParameters == Double(entry.active))
    for part in shape.partsLeftOut {
      if let counted = part.parameters { #expect(counted == entry.leftOut) }
    }
    #expect((entry.leftOut > 0) == !shape.partsLeftOut.isEmpty)
  }
}
