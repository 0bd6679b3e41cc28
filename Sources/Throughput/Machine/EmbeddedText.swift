extension EmbeddedTables {
  /// The text of a built-in table; empty when there is none.
  static func text(_ name: String) -> String { files.first { $0.name == name }?.text ?? "" }
}
