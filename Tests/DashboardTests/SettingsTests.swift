import Mutations
import Screen
import Testing

@testable import Dashboard

@Suite struct SettingsTests {
  @Test("Settings are read with their remarks, headings and lists")
  func reading() {
    let settings = Settings(
      reading: """
        # mine
        theme = "light"   # on paper
        charts = "block"
        mouse = false

        [keys]
        row.next = ["n", "Down"]
        "row.previous" = "b"
        """, file: "config.toml")
    #expect(settings.faults == [])
    #expect(settings.theme == "light" && settings.charts == .block && !settings.usesMouse)
    #expect(settings.keys.map(\.action) == ["row.next", "row.previous"])
    #expect(settings.keys.map(\.keys) == [[.character("n"), .down], [.character("b")]])
  }

  @Test(
    "What is wrong is named with file, line and the nearest right word; the rest holds",
    arguments: [
      ("theme = light", "f:1: a value is true, false"), ("thme = \"light\"", "did you mean theme?"),
      ("theme = true", "theme takes a name"), ("mouse = \"no\"", "mouse takes true or false"),
      ("charts = \"brail\"", "one of braille"), ("theme", "expected name = value"),
      ("= \"x\"", "expected name"), ("theme = \"light", "no closing quote"),
      ("theme = \"light\" x", "left over"), ("[keys", "no ]"), ("[kes]\nx = true", "[keys]"),
      ("[keys]\nrow.nxt = \"j\"", "f:2: there is no action “row.nxt”; did you mean row.next?"),
      ("[keys]\nrow.next = \"PgDwn\"", "did you mean PgDn?"),
      ("[keys]\nrow.next = true", "a key in quotes"), ("[keys]\nrow.next = [\"j\"", "no ]"),
      ("[keys]\nrow.next = \"j\"\nrow.last = \"j\"", "f:3: j is given to row.next"),
      ("theme = \"a\\nb\"", "after \\ only"),
      ("[keys]\nrow.next = [\"n\", \"n\"]", "f:2: n stands there twice"),
      ("theme = \"light\"\ntheme = \"safe\"", "f:2: theme is set in line 1 already"),
      ("[keys]\nrow.next = \"n\"\n\"row.next\" = \"b\"", "f:3: row.next is set in line 2"),
      ("\u{FEFF}theme = 1", "f:1: a value is true, false"),
    ])
  func faults(text: String, expected: String) {
    let settings = Settings(reading: text + "\n[ ]\n", file: "f")
    #expect(settings.faults.contains { $0.contains(expected) }, "\(settings.faults)")
    #expect(settings.usesMouse)
  }

  @Test("A key given to an action is taken from the one that had it; the rest stays")
  func keymap() {
    let settings = Settings(reading: "[keys]\nrow.explain = \"x\"\nrow.next = \"k\"", file: "f")
    #expect(settings.faults.count == 1)
    let keymap = Keymap(settings.keys)
    #expect(keymap[.main].action(for: .character("k"))?.name == "row.next")
    #expect(keymap[.main].action(for: .character("j")) == nil)
    #expect(keymap[.main].action(for: .up)?.name == "row.previous")
    #expect(keymap[.reading].action(for: .character("k"))?.name == "line.previous")
    var state = FaceFixture.state(80, 24, settings: settings)
    state.press("k k")
    #expect(state.selectedID == "o1")
  }

  @Test("What is wrong with the settings stands on the first screen")
  func told() {
    let settings = Settings(reading: "thme = \"x\"\nmouse = 3", file: "config.toml")
    var state = FaceFixture.state(100, 24, settings: settings)
    #expect(
      Frame(of: state).grid.lines[22]
        == " config.toml:1: there is no setting “thme”; did you mean theme? (and 1 more: w)")
    state.press("w")
    #expect(Frame(of: state).grid.text.contains("config.toml:2: a value is true"))
  }

  @Test("No text breaks the reader", arguments: 0..<200)
  func fuzz(seed: Int) {
    var random = UInt64(seed) &+ 1
    var text = ""
    let letters = Array("abk=[]\"\\#\n \t,.é漢row.nextkeys")
    for _ in 0..<40 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text.append(letters[Int(random >> 33) % letters.count])
    }
    _ = Settings(reading: text, file: "f")
    _ = NamedTheme.read(text, name: "x", file: "f")
  }
}

@Suite struct ThemeTests {
  @Test("A theme file sets some roles, by colour names, numbers or hex, and attributes")
  func reading() {
    let (theme, faults) = NamedTheme.read(
      """
      warning = "magenta bold"
      title = "#0072b2 on white underline"
      trainium = "214"
      titl = "red"
      bad = "redd"
      """, name: "mine", file: "mine.toml")
    #expect(theme.name == "mine")
    #expect(theme.theme.warning == Style(.magenta, .bold))
    #expect(theme.theme.title == Style(.palette(25), on: .white, .underline))
    #expect(theme.theme.trainium == Style(.palette(214)))
    #expect(theme.theme.good == Theme.standard.good)
    #expect(
      faults == [
        "mine.toml:4: there is no role “titl”; did you mean title?",
        "mine.toml:5: “redd” is no colour or attribute; did you mean red?",
      ])
  }

  @Test("T goes round the themes, and only colours change")
  func next() {
    var state = FaceFixture.state(80, 24)
    let text = Frame(of: state).grid.lines.dropLast(2)
    var names: [String] = []
    for _ in 0..<4 {
      state.press("T")
      names.append(state.themeName)
      #expect(Frame(of: state).grid.lines.dropLast(2) == text)
    }
    #expect(names == ["light", "safe", "plain", "terminal"])
  }

  /// Hex codes of Okabe and Ito's colours and their neighbours in xterm's cube (0, 95, 135, 175,
  /// 215, 255) and greys (8 + 10 n).
  @Test(
    "24-bit colours become the nearest of 256",
    arguments: [
      (0xFF, 0xFF, 0xFF, 231), (0, 0, 0, 16), (0x80, 0x80, 0x80, 244), (0xE6, 0x9F, 0, 178),
      (0x56, 0xB4, 0xE9, 74), (0, 0x72, 0xB2, 25), (0x5F, 0x87, 0xAF, 67),
    ])
  func nearest(red: Int, green: Int, blue: Int, index: Int16) {
    #expect(Color.nearest(red: red, green: green, blue: blue).index == index)
  }
}

@Suite struct PaletteTests {
  @Test(
    "A few letters find what was meant",
    arguments: [
      ("undo", "change.undo"), ("exlp", nil), ("cbm", nil), ("next pane", "pane.next"),
      ("edit tokens", "input.tokens"), ("quit", "program.quit"), ("theme sa", "theme.safe"),
      ("zzz", nil),
    ] as [(String, String?)])
  func finding(text: String, name: String?) {
    var state = FaceFixture.state(120, 40)
    state.press("+ :")
    for character in text { _ = state.handle(.character(character)) }
    if let name { #expect(state.picker?.selected?.name == name) }
  }

  @Test(
    "What has another name, and options, are found by the words people use",
    arguments: [
      ("price", "input.discount"), ("price", "input.tariff"), ("quote", "input.quotes"),
      ("trainium", "input.routes"), ("trainium", "option.t1"), ("electricity", "input.tariff"),
      ("v5p near", "option.g1"), ("TRAINIUM", "option.t1"),
    ])
  func otherWords(text: String, name: String) {
    var state = FaceFixture.state(120, 40)
    state.press(":")
    for character in text { _ = state.handle(.character(character)) }
    #expect(state.picker?.shown.prefix(12).contains { $0.name == name } == true)
  }

  @Test("An option that is picked gets the cursor")
  func options() {
    var state = FaceFixture.state(120, 40)
    state.press("P : o n Space d e m a n d Enter")
    #expect(state.picker == nil && state.selectedID == "r1" && state.focus == .options)
  }

  @Test("Letters in their order are found; beginnings of words and neighbours count more")
  func scores() throws {
    #expect(FuzzyMatch.score("abc", in: "xaxbxc") != nil)
    #expect(FuzzyMatch.score("abc", in: "acb") == nil)
    #expect(FuzzyMatch.score("", in: "x") == 0)
    let start = try #require(FuzzyMatch.score("un", in: "undo the last"))
    let inside = try #require(FuzzyMatch.score("un", in: "run again"))
    #expect(start > inside)
    // The beginning of a later word is no use when the rest comes before it.
    #expect(FuzzyMatch.score("rx", in: "arx r") != nil)
  }

  @Test("What is picked is done as by its key; what can't be done now says why")
  func running() {
    var state = FaceFixture.state(120, 40)
    state.press("+ : u n d o Enter")
    #expect(state.picker == nil && state.scenario.budgetDollars == 50e6)
    state.press(": u n d o Enter")
    #expect(state.picker != nil && state.message?.text == "Not now: nothing to undo.")
    state.press("Esc : e d i t Space t o k Enter")
    #expect(state.prompt?.label == "Tokens tokens")
    state.press("Esc : t h e m e Space l i g Enter")
    #expect(state.themeName == "light")
    let effects = state.press(": q u i t Enter")
    #expect(effects == [.quit])
    state.press("? : z o o m")
    #expect(state.picker?.shown.contains { $0.name == "pane.zoom" } == false)
  }
}

@Suite struct PointingTests {
  private func click(_ column: Int, _ row: Int, _ state: inout DashboardState) {
    _ = state.handle(.mouse(MouseEvent(.press, at: Point(column: column, row: row))))
  }

  @Test("A click selects a row or an input, and goes to a pane")
  func clicking() {
    var state = FaceFixture.state(160, 48)
    click(60, 8, &state)
    #expect(state.selectedID == "o1" && state.focus == .options)
    // The line between ranked and ruled out is no option.
    click(60, 10, &state)
    #expect(state.selectedID == "o1")
    click(4, 16, &state)
    #expect(state.focus == .inputs && state.field.name == "tokens")
    click(100, 40, &state)
    #expect(state.focus == .sources)
    click(159, 47, &state)
    click(0, 0, &state)
    #expect(state.focus == .sources)
  }

  @Test("A click on a heading orders by it, a second one the other way round")
  func headings() throws {
    var state = FaceFixture.state(160, 48)
    let heading = Array(Frame(of: state).grid.lines[5])
    let starts = heading.indices.filter { String(heading[$0...].prefix(4)) == "DAYS" }
    let column = try #require(starts.first)
    click(column, 5, &state)
    #expect(state.view.sort == .days && !state.view.isReversed)
    click(column, 5, &state)
    #expect(state.view.isReversed && Frame(of: state).grid.lines[5].contains("DAYS▼"))
  }

  @Test("The wheel moves what is under it")
  func wheel() {
    var state = FaceFixture.state(160, 48)
    let down = Key.mouse(MouseEvent(.wheelDown, at: Point(column: 60, row: 8)))
    _ = state.handle(down)
    #expect(state.selectedID == "g1")
    _ = state.handle(.mouse(MouseEvent(.wheelUp, at: Point(column: 60, row: 8))))
    #expect(state.selectedID == "t1")
    state.press("?")
    _ = state.handle(down)
    #expect(state.documentTop == 3)
  }

  @Test("In a list a click ticks or picks, and beside it closes the list")
  func lists() {
    var state = FaceFixture.state(160, 48)
    state.press("@regions e")
    guard let picker = state.picker else { return }
    let box = PickerView.box(picker, in: Rect(column: 0, row: 0, width: 160, height: 46))
    click(box.column + 3, box.row + 2, &state)
    #expect(state.picker?.ticked == ["us-east-1", "us-west4"])
    click(0, 0, &state)
    #expect(state.picker == nil && state.scenario.regions.isEmpty)
  }
}

@Suite struct SettingsMutationTests {
  @Test("No mutated settings and no mutated theme stop the dashboard; what is wrong is said")
  func mutated() {
    let samples = [
      "# Mine.\ntheme = \"safe\"\ncharts = \"braille\"\n\n[keys]\n\"row.next\" = [\"n\", \"Down\"]\n",
      "title = \"bold 25\"\ntrainium = \"#ffaf00\"\nwarning = \"red on white underline\"\n",
    ].map { Array($0.utf8) }
    let trouble = Mutations.run(samples, seed: 61, isFault: { _ in false }) { bytes, _ in
      let text = String(decoding: bytes, as: UTF8.self)
      let settings = Settings(reading: text, file: "config.toml")
      #expect(settings.faults.allSatisfy { !$0.isEmpty })
      _ = Keymap(settings.keys)
      _ = NamedTheme.read(text, name: "mine", file: "mine.toml")
    }
    #expect(trouble == nil)
  }
}
