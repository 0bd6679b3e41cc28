import Planning
import Reports
import Screen

/// A scenario file that was read or written.
public struct OpenedFile: Sendable {
  public var path: String
  public var text: String
  /// What the text gives.
  public var scenario: Scenario
  /// What it sets, claims and ranges included.
  public var settings: ScenarioSettings

  public init(path: String, text: String, scenario: Scenario, settings: ScenarioSettings) {
    self.path = path
    self.text = text
    self.scenario = scenario
    self.settings = settings
  }
}

/// The plan of a scenario file, to hold another one against.
struct OtherPlan: Sendable {
  let path: String
  let face: PlanFace
}

/// What an earlier dashboard left behind when it was ended from outside.
public struct Draft: Sendable {
  public var path: String
  public var scenario: Scenario

  public init(path: String, scenario: Scenario) {
    self.path = path
    self.scenario = scenario
  }
}

// Exports, scenario files and drafts. What touches a disk is for the loop to do.
extension DashboardState {
  // MARK: Export

  mutating func openExport() -> [Effect] {
    let items = PlanFormat.allCases.map { format in
      Picker.Item(name: format.rawValue, label: format.rawValue, note: format.meaning)
    }
    picker = Picker(.exports, title: "Export the plan as", items: items)
    return []
  }

  /// Asks where to write a form of the plan.
  mutating func promptExport(_ format: PlanFormat) {
    prompt = Prompt(
      purpose: .export(format), label: "Export to",
      hint: "a file; the same bytes as --format \(format.rawValue)",
      field: TextField("plan.\(format.fileEnding)"))
  }

  mutating func write(_ write: FileWrite) -> [Effect] {
    guard !write.path.isEmpty else {
      prompt?.note = Message("The file needs a name.", isError: true)
      return []
    }
    // The line stays until the file is written, for what may be wrong with its name.
    return [.write(write)]
  }

  /// Takes the news that a file to be written is there already.
  public mutating func receiveExisting(_ write: FileWrite) {
    prompt = nil
    var again = write
    again.replaces = true
    question = Question(
      subject: .write(again), text: "\(write.path) is there already. Replace it?")
  }

  /// Takes the news that the scenario's file was changed by another program since it was read: what is
  /// there now is kept but for the values on the screen, if that is wanted.
  ///
  /// - Parameter text: the file as it is now.
  public mutating func receiveChanged(_ write: FileWrite, text: String) {
    file?.text = text
    var again = write
    again.overwrites = true
    question = Question(
      subject: .write(again),
      text: "\(write.path) was changed by another program. Put the inputs on the screen into it?")
  }

  /// Takes the news that a file was written.
  public mutating func receiveWritten(_ write: FileWrite, text: String) {
    prompt = nil
    switch write.content {
    case .report(let format):
      message = Message("The plan as \(format.rawValue) is in \(write.path).")
    case .scenario(let scenario):
      let settings = file?.settings ?? ScenarioSettings()
      file = OpenedFile(path: write.path, text: text, scenario: scenario, settings: settings)
      saved = scenario
      message = Message("Saved in \(write.path); plan dashboard \(write.path) opens it again.")
    }
  }

  // MARK: Scenario files

  /// Saves to the scenario's file, or asks for one.
  mutating func save() -> [Effect] {
    if let file, file.path != "-" {
      return [.write(FileWrite(.scenario(scenario), path: file.path, replaces: true))]
    }
    prompt = Prompt(
      purpose: .save, label: "Save as", hint: "a file for the inputs, to be opened again",
      field: TextField("scenario.toml"))
    return []
  }

  /// Whether a path is the scenario's file and holds another text than when it was read or written.
  public func isChanged(_ path: String, _ text: String) -> Bool {
    file?.path == path && file?.text != text
  }

  /// The text that a scenario's file is to have: the file as it was with what changed, or a new one.
  ///
  /// - Parameter reading: the scenario that a file's text gives; what is written is read again.
  /// - Throws: `NotSaved` when the text would not give the scenario.
  public func fileText(
    of scenario: Scenario, path: String, reading: (String) throws -> Scenario
  ) throws -> String {
    guard let file, file.path == path else {
      return try ScenarioText.checked(scenario, reading: reading)
    }
    return try ScenarioText.updated(file.text, to: scenario, reading: reading)
  }

  mutating func promptOpen() -> [Effect] {
    prompt = Prompt(
      purpose: .open, label: "Open", hint: "a scenario file", field: TextField(file?.path ?? ""))
    return []
  }

  /// Takes a file that was opened; undo goes back to the inputs before it.
  public mutating func receiveOpened(_ opened: OpenedFile) -> [Effect] {
    let old = file?.path ?? "as at the start"
    prompt = nil
    file = opened
    saved = opened.scenario
    message = Message("Opened \(opened.path).")
    return change("All inputs", from: old, to: opened.path, opened.scenario)
  }

  // MARK: Differences

  mutating func promptDifference() -> [Effect] {
    prompt = Prompt(
      purpose: .difference, label: "Against", hint: "a scenario file; its plan against this one",
      field: TextField(other?.path ?? ""))
    return []
  }

  /// Takes the news that the plan of another file is being worked out.
  public mutating func receiveHolding(_ path: String) {
    prompt = nil
    message = Message("Working out the plan of \(path) …")
  }

  /// Takes the plan of another file, and shows how this one differs from it.
  public mutating func receiveOther(_ face: PlanFace, path: String) {
    other = OtherPlan(path: path, face: face)
    message = nil
    _ = open(.difference)
  }

  /// Takes the news that something asked for could not be done.
  public mutating func refuse(_ text: String) {
    let note = Message(text, isError: true)
    if prompt == nil { message = note } else { prompt?.note = note }
  }

  // MARK: Drafts

  /// Takes up what an earlier dashboard left behind.
  mutating func takeDraft() -> [Effect] {
    guard let draft = offer else { return [] }
    offer = nil
    message = Message("The draft is taken up; u goes back, Ctrl-S saves it.")
    return change("All inputs", from: "as at the start", to: "the draft", draft.scenario)
      + [.dropDraft(draft.path)]
  }

  /// Lets go of what an earlier dashboard left behind.
  mutating func refuseDraft() -> [Effect] {
    guard let draft = offer else { return [] }
    offer = nil
    message = Message("The draft is let go.")
    return [.dropDraft(draft.path)]
  }

  /// How a draft differs from the scenario, in a few words.
  func difference(of draft: Draft) -> String {
    let changed = inputs.filter { $0.text(draft.scenario) != $0.text(scenario) }
    let parts = changed.prefix(3).map { "\($0.label) \($0.text(draft.scenario))" }
    return parts.joined(separator: ", ") + (changed.count > 3 ? ", …" : "")
  }

  // MARK: Leaving

  /// Leaves, after a question where something is not saved.
  mutating func quit() -> [Effect] {
    guard isUnsaved else { return [.quit] }
    question = Question(
      subject: .quit, text: "Not saved. Leave without saving? (Ctrl-S saves)")
    return []
  }
}

extension PlanFormat {
  /// The form that a file's name asks for by its ending; this one where it asks for none or for it.
  func or(ending path: String) -> PlanFormat {
    func asks(for format: PlanFormat) -> Bool { path.hasSuffix("." + format.fileEnding) }
    return asks(for: self) ? self : Self.allCases.last { asks(for: $0) } ?? self
  }

  /// What a file of the form is called after its point.
  var fileEnding: String {
    switch self {
    case .table, .plain: "txt"
    case .markdown: "md"
    case .focus: "focus.csv"
    default: rawValue
    }
  }

  /// Who it is for.
  var meaning: String {
    switch self {
    case .table: "for people"
    case .plain: "a line for each option, for grep"
    case .csv: "for spreadsheets"
    case .json: "for programs"
    case .markdown: "for a document"
    case .html: "with plots, for the board"
    case .focus: "the best option's payments, for finance"
    }
  }
}
