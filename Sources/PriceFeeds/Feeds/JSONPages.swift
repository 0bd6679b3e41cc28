import Catalog

/// Answers of an interface that hands out a long list page by page.
enum JSONPages {
  /// Calls `body` at each element of a list that stands in one or more documents: one page, pages
  /// written one after the other, or an array of pages.
  ///
  /// - Parameters:
  ///   - list: the key of the list.
  ///   - next: the key that names the next page; empty or absent on the last.
  ///   - mayBeBare: whether an array may hold the elements themselves, as `--query` writes them.
  /// - Returns: whether the last page names one that follows, so that rows are missing.
  /// - Throws: `Fault` when there is no such list, or whatever `body` throws.
  static func read(
    _ json: inout JSONScanner, list: String, next: String,
    mayBeBare: Bool = false, _ body: (inout JSONScanner) throws -> Void
  ) throws -> Bool {
    var hasMore = false
    repeat {
      if try json.kind() == .array {
        let bare = try mayBeBare && !json.source.hasNext(key: list)
        try json.beginArray()
        while try json.nextElement() {
          if bare { try body(&json) } else { hasMore = try page(&json, list, next, body) }
        }
      } else {
        hasMore = try page(&json, list, next, body)
      }
    } while try !json.isAtEnd()
    return hasMore
  }

  /// One page; returns whether another follows.
  private static func page(
    _ json: inout JSONScanner, _ list: String, _ next: String,
    _ body: (inout JSONScanner) throws -> Void
  ) throws -> Bool {
    var hasMore = false
    var hasList = false
    try json.beginObject()
    while try json.nextKey() {
      switch json.key {
      case list:
        hasList = true
        try json.beginArray()
        while try json.nextElement() { try body(&json) }
      case next: hasMore = !(try json.text() ?? "").isEmpty
      default: try json.skip()
      }
    }
    guard hasList else { throw json.fault("“\(list)” is missing") }
    return hasMore
  }
}

extension PriceCollector {
  /// Notes that the file is not the whole list.
  mutating func passFollowingPages(line: Int) {
    pass(
      .unrecognised, "further pages, which the last page names, are not in the file", "", line: line
    )
  }
}
