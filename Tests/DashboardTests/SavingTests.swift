import Planning
import Quantities
import Testing

@testable import Dashboard

private struct Dice {
  var state: UInt64

  mutating func roll(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}

/// A scenario written in one of the many ways TOML allows.
private struct Writing {
  /// Pieces of the file, each with the fields whose values stand in it.
  var pieces: [(text: String, fields: Set<String>)] = []
  private var dice: Dice
  private let lineEnd: String

  /// Key, section, and ways to write one and the same value.
  private static let values: [(key: String, section: String, ways: [String])] = [
    (
      "budget", "goal",
      ["\"50M\"", "'50M'", "5e7", "50_000_000", "\"\"\"50M\"\"\"", "\"\\u0035\\U00000030M\""]
    ),
    ("deadline", "goal", ["\"180d\"", "'180d'", "\"\"\"\n180d\"\"\"", "'''180d'''"]),
    ("samples", "goal", ["4096", "\"4096\"", "4_096", "0x1000"]),
    ("params", "job", ["\"7B\"", "7e9", "7_000_000_000", "'7B'"]),
    ("tokens", "job", ["\"2T\"", "2e12", "'2T'", "+2.0E+12"]),
    (
      "deny_providers", "policy",
      ["\"gcp\"", "[\"gcp\"]", "[ 'gcp', ]", "[\n  # away from it\n  \"gcp\",\n]"]
    ),
    ("contains_user_data", "policy", ["false", "\"false\"", "\"no\""]),
    ("gap_hours", "renting", ["5", "5.0", "\"5\""]),
    ("discount", "renting", ["\"aws=0.1\"", "{ aws = 0.1 }", "{\"aws\"='10%'}", "[\"aws=0.1\"]"]),
  ]

  init(seed: UInt64) {
    dice = Dice(state: seed &* 7919 &+ 1)
    lineEnd = dice.roll(2) == 0 ? "\n" : "\r\n"
    var top: [(String, Set<String>)] = []
    var headed: [(String, Set<String>)] = []
    for section in shuffled(["goal", "job", "policy", "renting"]) {
      let fields = shuffled(Self.values.filter { $0.section == section })
      switch dice.roll(4) {
      case 0:
        headed.append(
          (line("\(blanks())[\(blanks())\(key(section))\(blanks())]\(blanks())\(remark())"), []))
        headed += fields.map { (line(entry([$0.key], $0.ways)), [$0.key]) }
      case 1:
        top += fields.map { (line(entry([section, $0.key], $0.ways)), [$0.key]) }
      case 2:
        let inner = fields.map { field in
          // An inline table is one line in TOML 1.0.
          let ways = field.ways.filter { !$0.contains("\n") }
          return "\(key(field.key))\(blanks())=\(blanks())\(ways[dice.roll(ways.count)])"
        }
        let text = inner.joined(separator: "\(blanks()),\(blanks())")
        top.append(
          (
            line("\(key(section)) = {\(blanks())\(text)\(blanks())}\(blanks())\(remark())"),
            Set(fields.map(\.key) + ["+\(section)"])
          ))
      default:
        top += fields.map { (line(entry([$0.key], $0.ways)), [$0.key]) }
      }
      if dice.roll(2) == 0 { headed.append((line("\(blanks())# about “\(section)” = [x]"), [])) }
      if dice.roll(2) == 0 { headed.append((line(blanks()), [])) }
    }
    pieces = shuffled(top) + headed
    if dice.roll(2) == 0 { pieces.insert((line("# Ours \"{'"), []), at: 0) }
    if dice.roll(3) == 0, let first = pieces.first {
      pieces[0] = ("\u{FEFF}" + first.text, first.fields)
    }
    if dice.roll(3) == 0, let last = pieces.last {
      let count = lineEnd.unicodeScalars.count
      pieces[pieces.count - 1].text = String(
        String.UnicodeScalarView(last.text.unicodeScalars.dropLast(count)))
    }
  }

  var text: String { pieces.map(\.text).joined() }

  private mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for index in elements.indices.dropFirst() { elements.swapAt(index, dice.roll(index + 1)) }
    return elements
  }

  private mutating func entry(_ path: [String], _ ways: [String]) -> String {
    let name = path.map { key($0) }.joined(separator: [".", " . ", "\t."][dice.roll(3)])
    let value = ways[dice.roll(ways.count)]
    return "\(blanks())\(name)\(blanks())=\(blanks())\(value)\(blanks())\(remark())"
  }

  private mutating func key(_ name: String) -> String {
    [name, name, "\"\(name)\"", "'\(name)'"][dice.roll(4)]
  }

  private mutating func blanks() -> String { ["", " ", "\t", "  "][dice.roll(4)] }

  private mutating func remark() -> String { ["", "# agreed, é漢 “#1”", "#"][dice.roll(3)] }

  private func line(_ text: String) -> String {
    String(text.map { $0 == "\n" ? Character(lineEnd) : $0 }) + lineEnd
  }
}

@Suite struct SavingTests {
  private func read(_ text: String) throws -> Scenario {
    try FaceFixture.reading(text, budgetDollars: 1)
  }

  /// Lines with their ends.
  private func lines(_ text: String) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    for byte in text.utf8 {
      lines[lines.count - 1].append(byte)
      if byte == 0x0A { lines.append([]) }
    }
    return lines.filter { !$0.isEmpty }
  }

  private static let changes: [(key: String, change: @Sendable (inout Scenario) -> Void)] = [
    ("budget", { $0.budgetDollars = 20e6 }), ("deadline", { $0.deadline = TimeSpan(days: 90) }),
    ("deadline", { $0.deadline = nil }), ("samples", { $0.samples = 8192 }),
    ("params", { $0.model = .parameters(8e9) }), ("tokens", { $0.tokens = 300e9 }),
    ("tokens", { $0.tokens = nil }),
    ("deny_providers", { $0.policy.deniedProviders = ["aws", "own"] }),
    ("deny_providers", { $0.policy.deniedProviders = [] }),
    ("contains_user_data", { $0.containsUserData = true }),
    ("gap_hours", { $0.renting.gapHours = 7.5 }),
    ("discount", { $0.renting.discounts = ["aws": 0.2, "gcp": 0.05] }),
    ("discount", { $0.renting.discounts = [:] }), ("+job", { $0.sequenceLength = 4096 }),
    ("+owning", { $0.owning.place = "us-texas" }),
    ("+policy", { $0.routes = [.rentTPU, .rentGPU] }),
  ]

  @Test(
    "However a scenario is written, what is saved reads as the screen and all other lines stay",
    arguments: 0..<60)
  func ways(seed: Int) throws {
    let writing = Writing(seed: UInt64(seed))
    let before = try read(writing.text)
    #expect(before.budgetDollars == 50e6 && before.tokens == 2e12 && before.samples == 4096)
    #expect(before.policy.deniedProviders == ["gcp"] && before.renting.discounts == ["aws": 0.1])
    var dice = Dice(state: UInt64(seed) + 1_000)
    var after = before
    var changed: Set<String> = []
    for _ in 0..<3 {
      let change = Self.changes[dice.roll(Self.changes.count)]
      change.change(&after)
      changed.insert(change.key)
    }
    let saved = try ScenarioText.updated(writing.text, to: after) { try read($0) }
    #expect(try read(saved) == after)
    // What stays, in its order.
    var rest = lines(saved)[...]
    let kept = writing.pieces.filter { $0.fields.isDisjoint(with: changed) }
    for line in kept.flatMap({ lines($0.text) }) {
      let isLast = line.last != 0x0A
      let place = rest.firstIndex { $0 == line || (isLast && $0.starts(with: line)) }
      guard let place else {
        Issue.record("\(String(decoding: line, as: UTF8.self)) is not in:\n\(saved)")
        return
      }
      rest = rest[(place + 1)...]
    }
    // A new value takes a line, or three with a heading of its own.
    #expect(lines(saved).count <= lines(writing.text).count + 3 * 3)
    #expect(try ScenarioText.updated(saved, to: after) { try read($0) } == saved)
  }

  @Test("Windows line ends stay, and nothing but the value differs")
  func windows() throws {
    let text = "budget = \"5M\"\r\n[job]\r\nparams = \"7B\"\r\ntokens = \"200B\" # agreed\r\n"
    var scenario = try read(text)
    scenario.budgetDollars = 20e6
    let saved = try ScenarioText.updated(text, to: scenario) { try read($0) }
    #expect(Array(saved.utf8) == Array(text.utf8).replacing("5M".utf8, with: "20M".utf8))
  }

  @Test("A deadline that is a date stays where it is when the start moves")
  func deadline() throws {
    let text = "start = 2027-01-01\ndeadline = 2027-03-31\n"
    var scenario = try read(text)
    scenario.start = try CalendarDate(parsing: "2027-01-31")
    let saved = try ScenarioText.updated(text, to: scenario) { try read($0) }
    #expect(try read(saved) == scenario)
    #expect(saved.hasPrefix("start = 2027-01-31\n"))
  }

  @Test("Claims and ranges change where they stand")
  func ranges() throws {
    let text = """
      claims = { apple-trn2-pretrain = 1.5 }
      [uncertain.experiments]
      low = 1.3   # ours
      high = 2
      [uncertain]
      throughput.h100-sxm = { low = 0.7, high = 1.1 }
      """
    var scenario = try read(text)
    scenario.claims = [
      try AppliedClaim(parsing: "apple-trn2-pretrain=1.6", catalog: FaceFixture.choices.catalog)
    ]
    scenario.spreads["experiments"]?.high = 2.5
    scenario.spreads["throughput.h100-sxm"]?.low = 0.8
    scenario.spreads["electricity"] = SettledRange(low: 0.06, high: 0.09, origin: .edit)
    let saved = try ScenarioText.updated(text, to: scenario) { try read($0) }
    #expect(
      saved == """
        claims = { apple-trn2-pretrain = 1.6 }
        [uncertain.experiments]
        low = 1.3   # ours
        high = 2.5
        [uncertain]
        throughput.h100-sxm = { low = 0.8, high = 1.1 }
        electricity = { low = 0.06, high = 0.09 }

        """)
  }

  @Test("What would not read as the screen is not written, and the reason is said")
  func refusal() throws {
    let text = "budget = \"5M\"\n"
    var scenario = try read(text)
    scenario.budgetDollars = 20e6
    #expect(throws: NotSaved.self) {
      try ScenarioText.updated(text, to: scenario) { _ in try read(text) }
    }
    struct Broken: Error {}
    #expect(throws: NotSaved.self) {
      try ScenarioText.updated(text, to: scenario) {
        guard $0 == text else { throw Broken() }
        return try read($0)
      }
    }
  }
}
