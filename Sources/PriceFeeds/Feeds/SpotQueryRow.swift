import Catalog
import Quantities

/// One element of `describe-spot-price-history` as `--query` may shape it: an object with the answer's keys
/// or shorter ones, or a bare list of values.
struct SpotEntry {
  var zone = ""
  var instance = ""
  var system = ""
  var price = ""
  var time = ""
  var line = 0

  /// - Throws: `Fault` with line and byte where the text is mangled.
  static func read(_ json: inout JSONScanner) throws -> SpotEntry {
    var entry = SpotEntry()
    entry.line = json.line
    if try json.kind() == .array {
      try json.beginArray()
      while try json.nextElement() { entry.take(try json.text() ?? "") }
      return entry
    }
    try json.beginObject()
    entry.line = json.line
    while try json.nextKey() {
      let key = json.key.lowercased()
      if key.contains("zoneid") {
        try json.skip()
      } else if key.contains("zone") || key == "az" {
        entry.zone = try json.text() ?? ""
      } else if key.contains("instance") || key == "type" {
        entry.instance = try json.text() ?? ""
      } else if key.contains("product") || key == "os" || key == "description" {
        entry.system = try json.text() ?? ""
      } else if key.contains("price") {
        entry.price = try json.text() ?? ""
      } else if key.contains("time") || key == "date" || key == "when" {
        entry.time = try json.text() ?? ""
      } else {
        try json.skip()
      }
    }
    return entry
  }

  /// Takes a value without a name by what it looks like.
  private mutating func take(_ text: String) {
    if Region.ofAWSZone(text) != nil {
      zone = text
    } else if text.count >= 10, (try? CalendarDate(parsing: String(text.prefix(10)))) != nil {
      time = text
    } else if DecimalText.parse(text) != nil {
      price = text
    } else if ["Linux", "Windows", "SUSE", "Red Hat"].contains(where: { text.hasPrefix($0) }) {
      system = text
    } else if text.contains(".") {
      instance = text
    }
  }
}
