import Screen

/// A list that lies over the page, to pick from.
struct Picker: Hashable, Sendable {
  enum Purpose: Hashable, Sendable {
    /// Values of the input of an index, each ticked or not.
    case values(Int)
  }

  struct Item: Hashable, Sendable {
    let name: String
    let label: String
    var note = ""
  }

  let purpose: Purpose
  let title: String
  let items: [Item]
  /// Names of the items ticked; nil where one is picked by itself.
  var ticked: Set<String>?
  /// Place of the cursor among `items`.
  var selection = 0
  var top = 0

  mutating func move(by steps: Int) {
    selection = max(0, min(selection + steps, items.count - 1))
  }

  /// Ticks or unticks the item under the cursor.
  mutating func toggle() {
    guard items.indices.contains(selection) else { return }
    let name = items[selection].name
    if ticked?.remove(name) == nil { ticked?.insert(name) }
  }

  /// Ticks all, or none when all were.
  mutating func toggleAll() {
    let all = Set(items.map(\.name))
    ticked = ticked == all ? [] : all
  }
}
