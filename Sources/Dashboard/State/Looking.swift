import Quantities
import Screen

// How the options are looked at: order, filter, search, arrangement, words to take along.
extension DashboardState {
  mutating func sort(by key: SortKey) {
    relist {
      $0.sort = key
      $0.isReversed = false
    }
    message = Message(key == .rank ? "In the order of the ranking." : "Ordered by \(key.rawValue).")
  }

  mutating func editFilter() {
    prompt = Prompt(
      purpose: .filter, label: "Show", hint: "words, all of them; !word for without; Esc shows all",
      field: TextField(view.filter.text))
  }

  /// Shows only options with the words.
  mutating func filter(_ text: String) {
    relist { $0.filter = Filter(text) }
  }

  /// Moves among the options found, round and round.
  mutating func moveToMatch(by steps: Int) -> [Effect] {
    let count = list.options.count
    guard count > 0 else { return [] }
    let index = ((selectedIndex ?? 0) + steps + count) % count
    selectedID = list.options[index].id
    message = Message("\(index + 1) of \(count) with “\(view.filter.text)”.")
    keepInView()
    return []
  }

  mutating func editSearch() {
    prompt = Prompt(
      purpose: .search, label: "Look for", hint: "words in this text; n and N go on",
      field: TextField(search))
  }

  /// Scrolls to the next line with the words looked for, round and round; by 0 to the first from
  /// the top of what is in view.
  mutating func scrollToMatch(by steps: Int) -> [Effect] {
    let lines = pageLines
    let wanted = search.lowercased()
    let found = lines.indices.filter { lines[$0].lowercased().contains(wanted) }
    guard let first = found.first, let last = found.last else {
      message = Message("“\(search)” is not in this text.")
      return []
    }
    let target: Int
    switch steps {
    case 0: target = found.first { $0 >= documentTop } ?? first
    case 1...: target = found.first { $0 > searchLine } ?? first
    default: target = found.last { $0 < searchLine } ?? last
    }
    searchLine = target
    scroll(by: target - 2 - documentTop)
    let place = (found.firstIndex(of: target) ?? 0) + 1
    message = Message("\(place) of \(found.count) lines with “\(search)”.")
    return []
  }

  /// The lines of the page of text as they are on the screen.
  private var pageLines: [String] {
    pageDocument.lines(width: documentRoom.width, theme: appearance.theme)
      .map { $0.map(\.text).joined() }
  }

  /// The page of text as it is on the screen.
  var pageText: String {
    pageLines.joined(separator: "\n") + "\n"
  }

  mutating func arrange(_ preset: Preset) {
    self.preset = preset
    (slot, focus, isZoomed) = (nil, .options, false)
    documentTop = 0
    message = Message(
      preset == .answer ? "The answer." : "Panes arranged for: \(preset.rawValue).")
    keepInView()
  }

  /// Takes back one thing that keeps options or panes out of sight.
  mutating func goBack() -> [Effect] {
    if offer != nil { return refuseDraft() }
    if isZoomed {
      isZoomed = false
      keepInView()
    } else if !view.filter.isEmpty {
      filter("")
      message = Message("All options are shown.")
    } else if view.sort != .rank || view.isReversed {
      sort(by: .rank)
    } else if face.page != nil {
      arrange(.answer)
    }
    return []
  }

  /// The option under the cursor in one sentence.
  var sentence: String? {
    guard let option = selected else { return nil }
    let place = option.rank.map { "#\($0)" } ?? "Ruled out"
    let head = "\(place) \(option.route.title): \(option.title)"
    if let reason = option.reason { return "\(head): \(reason)" }
    let cost = option.cost(view)
    let unit = view.unit == .total ? "" : " \(view.unit.title)"
    return [
      "\(head): \(FigureText.money(cost?.p50)) \(view.costKind.rawValue) cost\(unit) "
        + "(\(FigureText.money(cost?.p10)) to \(FigureText.money(cost?.p90)))",
      "\(FigureText.days(option.days?.p50)) days on \(FigureText.whole(option.chips)) chips",
      "MFU \(FigureText.percent(option.utilization?.p50))",
      "loss \(FigureText.loss(option.loss?.p50))",
      "\(FigureText.percent(option.chance)) chance to fit", "evidence \(option.evidence)",
    ].joined(separator: ", ") + (option.isClaimed ? ", if the claims taken for true hold" : "")
  }

  /// Takes news from the loop: what became of something it was asked to do.
  public mutating func tell(_ text: String, isError: Bool = false) {
    message = Message(text, isError: isError)
  }
}

extension CostKind {
  /// What it counts.
  var meaning: String {
    switch self {
    case .economic: "economic: what the job uses up, cash less what is left at the end"
    case .cash: "cash: what leaves the account until the job ends"
    case .usage: "by usage: economic, with own servers charged for their share of a busy life"
    }
  }
}

extension Percentile {
  /// What it says.
  var meaning: String {
    switch self {
    case .p50: "The middle, p50: as likely more as less"
    case .p10: "p10: one time in ten it is less"
    case .p90: "p90: nine times in ten it is less"
    }
  }
}
