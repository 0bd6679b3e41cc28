import Foundation
import Planning
import Testing
import Throughput

@testable import Reports

@Suite("HTML report")
struct HTMLTests {
  private func text(_ plan: Plan) -> String {
    PlanHTML(plan, validation: .builtIn, sensitivity: Self.sensitivity).text
  }

  static let sensitivity = SensitivityBars(
    result: "Economic cost, US dollars", base: 38e6,
    bars: [
      .init(input: "speed", low: "0.8", high: "1.2", lowResult: 47e6, highResult: 32e6),
      .init(input: "<price>", low: "1", high: "2", lowResult: 30e6, highResult: .infinity),
    ])

  @Test("every element is closed, every attribute quoted, and no text opens markup")
  func wellFormed() throws {
    for plan in try Samples.plans() {
      var hostile = plan
      for index in hostile.assessments.indices {
        hostile.assessments[index].offer = "<script>alert('x')</script>\"&"
        hostile.assessments[index].warnings = ["</td><img src=x onerror=y>"]
      }
      hostile.warnings = ["</style><b>"]
      for html in [text(plan), text(hostile)] {
        #expect(Tags.fault(in: html) == nil)
        #expect(!html.contains("<script") && !html.contains("<img"))
      }
    }
  }

  @Test("nothing is loaded from anywhere: addresses stand in links alone")
  func noNetwork() throws {
    let html = text(try Samples.given.get())
    for word in ["src=", "@import", "url(", "<link", "<script", "<iframe", "<object"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
  }

  @Test("no coordinate is missing, infinite or outside its drawing")
  func coordinates() throws {
    for plan in try Samples.plans() {
      let html = text(plan)
      for word in ["nan", "inf\"", "NaN"] { #expect(!html.contains("=\"\(word)"), "\(word)") }
      for match in html.matches(of: /\s(x|y|x1|y1|x2|y2|cx|cy)="([^"]*)"/) {
        let value = try #require(Double(match.output.2), "\(match.output.0)")
        #expect((-1...4000).contains(value))
      }
    }
  }

  @Test("every mark leads to a footnote, every footnote is led to and names its source")
  func footnotes() throws {
    for plan in [try Samples.sized.get(), try Samples.given.get()] {
      let html = text(plan)
      var marks: Set<String> = []
      for match in html.matches(of: /href="#source-(\d+)">(\d+)(?:–(\d+))?</) {
        let first = try #require(Int(match.output.2))
        let last = try match.output.3.map { try #require(Int($0)) } ?? first
        #expect(match.output.1 == match.output.2 && first <= last)
        marks.formUnion((first...last).map { String($0) })
      }
      let notes = html.matches(of: /id="source-(\d+)"/).map { String($0.output.1) }
      #expect(marks == Set(notes) && notes.count == Set(notes).count && notes.count > 5)
      let markdown = PlanMarkdown(plan).text
      let used = Set(markdown.matches(of: /\[\^(\d+)\](?!:)/).map { String($0.output.1) })
      let given = Set(markdown.matches(of: /(?m)^\[\^(\d+)\]: \S/).map { String($0.output.1) })
      #expect(used == given && given.count > 5)
    }
  }

  @Test("light and dark, narrow screens and paper are all provided for")
  func media() {
    for word in ["prefers-color-scheme:dark", "max-width:640px", "@media print", "@page"] {
      #expect(Stylesheet.text.contains(word))
    }
  }

  @Test("the plots are all there, each with words for those who can't see it")
  func plots() throws {
    let html = text(try Samples.given.get())
    let labels = html.matches(of: /aria-label="([^"]*)"/).map { String($0.output.1) }
    // Each is drawn twice: for wide and for narrow screens.
    #expect(labels.count == 14 && Set(labels).count == 7)
  }

  @Test("the built-in validation is what predicts the README's errors")
  func validation() throws {
    let report = ValidationReport.builtIn
    #expect(report.rows.count == PublishedRun.builtIn.count)
    #expect(report.rows.allSatisfy { $0.predicted != nil })
  }
}

/// Checks that tags nest.
private enum Tags {
  private static let empty: Set<Substring> = ["meta", "line", "polyline", "wbr"]

  /// The first thing that is wrong, or nil.
  static func fault(in html: String) -> String? {
    var open: [Substring] = []
    let body = html.replacing("<!DOCTYPE html>", with: "")
    let tag = /<(\/?)([a-zA-Z0-9]+)((?:\s+[a-zA-Z0-9:-]+="[^"<>]*")*)\s*(\/?)>/
    var rest = body[...]
    while let start = rest.firstIndex(of: "<") {
      guard let match = rest[start...].prefixMatch(of: tag) else {
        return "no tag: \(rest[start...].prefix(60))"
      }
      let name = match.output.2
      if match.output.1 == "/" {
        guard open.popLast() == name else { return "\(name) closes what is not open" }
      } else if match.output.4.isEmpty && !empty.contains(name) {
        open.append(name)
      }
      rest = rest[match.range.upperBound...]
    }
    return open.isEmpty ? nil : "\(open) stay open"
  }
}
