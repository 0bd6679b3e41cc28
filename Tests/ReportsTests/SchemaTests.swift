import Foundation
import Planning
import Testing

@testable import Reports

@Suite("JSON Schema")
struct SchemaTests {
  @Test("every document keeps to the schema, and the schema knows every key of every document")
  func documents() throws {
    let schema = try Schema(PlanDocument.schema)
    for plan in try Samples.plans() {
      let text = PlanDocument(plan).json.document
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(schema.faults(value).prefix(5) == [])
    }
  }

  @Test("the schema refuses documents that break it")
  func refusals() throws {
    let schema = try Schema(PlanDocument.schema)
    let text = PlanDocument(try Samples.given.get()).json.document
    let breaks: [(String, String)] = [
      ("\"schema_version\": \"2.0\"", "\"schema_version\": \"1.0\""),
      ("\"feasible\": true", "\"feasible\": \"yes\""),
      ("\"evidence\": \"C\"", "\"evidence\": \"E\""),
      ("\"chips\":", "\"chip\":"), ("\"route\": \"rent-tpu\"", "\"route\": \"rent\""),
      ("\"term\": \"accelerator_rent\"", "\"term\": \"rent\""),
    ]
    for (good, bad) in breaks {
      try #require(text.contains(good), "\(good)")
      let value = try JSONSerialization.jsonObject(
        with: Data(text.replacing(good, with: bad).utf8))
      #expect(!schema.faults(value).isEmpty, "\(bad)")
    }
  }
}

/// As much of JSON Schema 2020-12 as our schema uses. Unknown keywords are faults, so that nothing
/// in the schema goes unchecked; so are keys that the schema does not list.
private struct Schema {
  private let root: [String: Any]

  init(_ text: String) throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    root = try #require(parsed as? [String: Any])
  }

  func faults(_ value: Any) -> [String] { check(value, root, "$") }

  private func check(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    var faults: [String] = []
    for (keyword, rule) in schema {
      switch keyword {
      case "$schema", "$defs", "title", "description", "required", "additionalProperties": break
      case "$ref":
        let name = (rule as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
        let definitions = root["$defs"] as? [String: Any] ?? [:]
        guard let found = definitions[name] as? [String: Any] else {
          faults.append("\(path): no definition \(name)")
          continue
        }
        faults += check(value, found, path)
      case "type":
        let types = (rule as? [String]) ?? [(rule as? String) ?? ""]
        if !types.contains(where: { Self.isType(value, $0) }) {
          faults.append("\(path): \(value) is no \(types)")
        }
      case "enum":
        if let text = value as? String, !(rule as? [String] ?? []).contains(text) {
          faults.append("\(path): \(text) is not allowed")
        }
      case "pattern":
        if let text = value as? String, let pattern = rule as? String,
          text.range(of: pattern, options: .regularExpression) == nil
        {
          faults.append("\(path): \(text) is not \(pattern)")
        }
      case "minimum", "maximum", "exclusiveMinimum":
        guard let number = value as? Double, let bound = rule as? Double else { continue }
        let holds =
          keyword == "minimum"
          ? number >= bound : keyword == "maximum" ? number <= bound : number > bound
        if !holds { faults.append("\(path): \(number) breaks \(keyword) \(bound)") }
      case "items":
        for (index, item) in ((value as? [Any]) ?? []).enumerated() {
          faults += check(item, rule as? [String: Any] ?? [:], "\(path)[\(index)]")
        }
      case "propertyNames":
        for key in ((value as? [String: Any]) ?? [:]).keys {
          faults += check(key, rule as? [String: Any] ?? [:], "\(path).\(key)")
        }
      case "properties":
        faults += checkMembers(value, schema, path)
      default: faults.append("\(path): unknown keyword \(keyword)")
      }
    }
    if schema["properties"] == nil, let rule = schema["additionalProperties"] as? [String: Any] {
      for (key, member) in (value as? [String: Any]) ?? [:] {
        faults += check(member, rule, "\(path).\(key)")
      }
    }
    return faults
  }

  private func checkMembers(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let members = value as? [String: Any] else { return [] }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    let required = schema["required"] as? [String] ?? []
    var faults = required.filter { members[$0] == nil }.map { "\(path): \($0) is missing" }
    for (key, member) in members {
      if let rule = properties[key] as? [String: Any] {
        faults += check(member, rule, "\(path).\(key)")
      } else if let rule = schema["additionalProperties"] as? [String: Any] {
        faults += check(member, rule, "\(path).\(key)")
      } else {
        faults.append("\(path): the schema does not list \(key)")
      }
    }
    return faults
  }

  private static func isType(_ value: Any, _ type: String) -> Bool {
    // Foundation's truths are numbers too; only their own type tells them apart.
    let isTruth = value is Bool && "\(Swift.type(of: value))".contains("Bool")
    switch type {
    case "null": return value is NSNull
    case "string": return value is String
    case "boolean": return isTruth
    case "number": return !isTruth && value is NSNumber
    case "integer":
      guard !isTruth, let number = value as? Double else { return false }
      return number == number.rounded()
    case "array": return value is [Any]
    case "object": return value is [String: Any]
    default: return false
    }
  }
}
