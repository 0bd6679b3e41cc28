import Screen

/// A list that lies over the page, to pick from.
struct Picker: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    /// Values of the input of an index, each ticked or not.
    case values(Int)
    /// Everything that can be done.
    case commands
    /// Forms that the plan can be written in.
    case exports
  }

  struct Item: Hashable, Sendable {
    let name: String
    let label: String
    /// Stands at the right.
    var note = ""
    /// Why it can't be picked now; empty when it can.
    var refusal = ""
    /// More words by which it is found, with what stands in no line of the list.
    var words = ""
  }

  let purpose: Purpose
  let title: String
  let items: [Item]
  /// Names of the items ticked; nil where one is picked by itself.
  var ticked: Set<String>?
  /// What is typed to find an item; nil where all are shown.
  var query: TextField?
  /// Place of the cursor among `shown`.
  var selection = 0

  init(
    _ purpose: Purpose, title: String, items: [Item], ticked: Set<String>? = nil,
    query: TextField? = nil
  ) {
    self.purpose = purpose
    self.title = title
    self.items = items
    self.ticked = ticked
    self.query = query
  }

  /// The items that were not sorted out by what is typed, the best first.
  var shown: [Item] {
    guard let query, !query.text.isEmpty else { return items }
    let scored = items.enumerated().compactMap { index, item -> (Int, Int, Item)? in
      let scores = [
        FuzzyMatch.score(query.text, in: "\(item.label) \(item.name)"),
        FuzzyMatch.score(query.text, amongWords: item.words),
      ]
      return scores.compactMap { $0 }.max().map { ($0, index, item) }
    }
    return scored.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.map(\.2)
  }

  var selected: Item? {
    let shown = shown
    return shown.indices.contains(selection) ? shown[selection] : nil
  }

  mutating func move(by steps: Int) {
    selection = max(0, min(selection + steps, shown.count - 1))
  }

  /// Ticks or unticks the item under the cursor.
  mutating func toggle() {
    guard let name = selected?.name else { return }
    if ticked?.remove(name) == nil { ticked?.insert(name) }
  }

  /// Ticks all, or none when all were.
  mutating func toggleAll() {
    let all = Set(items.map(\.name))
    ticked = ticked == all ? [] : all
  }

  /// Takes a text that was pasted to find an item.
  mutating func paste(_ text: String) {
    query?.insert(text)
    selection = 0
  }

  /// Takes a key of what is typed to find an item.
  mutating func type(_ key: Key) {
    let before = query?.text
    _ = query?.handle(key)
    if query?.text != before { selection = 0 }
  }
}
