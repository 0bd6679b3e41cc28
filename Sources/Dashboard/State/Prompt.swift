import Reports
import Screen

/// A line being typed, and what for.
struct Prompt: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    /// The input of an index.
    case input(Int)
    /// Words that options must have.
    case filter
    /// Words to look for in a page of text.
    case search
    /// A file to write a form of the plan to.
    case export(PlanFormat)
    /// A file to write the inputs to, or to read them from.
    case save, open
    /// A file whose plan is to be held against the one on the screen.
    case difference
  }

  let purpose: Purpose
  let label: String
  /// What can be typed.
  let hint: String
  /// Words that Tab completes to.
  var completions: [String] = []
  var field: TextField
  /// What is wrong with what was typed, or the words that go on as it began.
  var note: Message?

  /// Completes what is typed as far as all the words that begin so agree.
  mutating func complete() {
    let typed = field.text
    let matches = completions.filter { $0.hasPrefix(typed) }
    guard let first = matches.first else {
      note = completions.isEmpty ? nil : Message("Nothing known begins with that.")
      return
    }
    var common = first
    while !matches.allSatisfy({ $0.hasPrefix(common) }) { common.removeLast() }
    field = TextField(common)
    note = matches.count == 1 ? nil : Message(matches.joined(separator: "  "))
  }
}

/// A question that is answered with y, or with any other key for no.
struct Question: Hashable, Sendable {
  enum Subject: Hashable, Sendable {
    case resetScenario
    /// Leaving without saving.
    case quit
    /// Writing to a file that is there already.
    case write(FileWrite)
  }

  let subject: Subject
  let text: String
}
