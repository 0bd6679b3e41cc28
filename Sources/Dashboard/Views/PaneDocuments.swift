import Planning
import Quantities
import Screen

// Panes that are text to read.
extension DashboardState {
  /// What a pane of text shows.
  func document(of pane: Pane) -> Document {
    switch pane {
    case .options, .chart, .breakdown, .inputs, .details: detailsDocument
    case .tornado: tornadoDocument
    case .sources: sourcesDocument(isWhole: false)
    case .warnings: warningsDocument
    case .months: monthsDocument
    case .step: stepDocument
    }
  }

  /// How the selected option's numbers came to be.
  var detailsDocument: Document {
    guard let option = selected else { return Self.nothingSelected }
    return Document(face.explain(option.id))
  }

  private static let nothingSelected = Document([.paragraph("No option is selected.")])

  /// What to know: of the plan, of the selected option, and what would change the answer.
  var warningsDocument: Document {
    func numbered(_ texts: [String]) -> [Document.Item] {
      texts.enumerated().map { .field(label: "\($0 + 1)", value: $1) }
    }
    func section(_ title: String, _ texts: [String]) -> [Document.Item] {
      texts.isEmpty ? [] : [.heading(title)] + numbered(texts) + [.blank]
    }
    let own = selected.map { face.detail($0.id).warnings } ?? []
    let title = selected.map { "About \($0.title)" } ?? ""
    let answer: [Document.Item] =
      page == .warnings ? [.heading("Answer"), .paragraph(face.answer), .blank] : []
    let items =
      answer + section("Settings", page == .warnings ? faults : [])
      + section("Claims taken for true", face.claimNotes)
      + section("Warnings", face.warnings) + section(title, own)
      + section("What would change the answer", face.flips)
    return Document(items.isEmpty ? [.paragraph("There is nothing to warn of.")] : items)
  }

  // MARK: Sources

  /// Every figure behind the selected option with its date, age, grade and source.
  ///
  /// - Parameter isWhole: with full addresses and notes, for a page of its own.
  func sourcesDocument(isWhole: Bool) -> Document {
    guard let option = selected else { return Self.nothingSelected }
    let detail = face.detail(option.id)
    let gaps: [Document.Item] =
      detail.notIncluded.isEmpty
      ? []
      : [.blank, .heading("Not included in the cost")]
        + detail.notIncluded.map { .text("  " + $0) }
    guard !detail.sources.isEmpty else {
      return Document([.paragraph("No figure from outside went into it.")] + gaps)
    }
    let theme = planTheme
    let isNarrow = size.width < 80
    let table = Table(
      columns: [
        TableColumn("FIGURE", priority: 0, flexibleMinimum: isNarrow ? 18 : 28),
        TableColumn("VALUE", align: .right, priority: 1),
        TableColumn("AS OF", priority: 2), TableColumn("AGE", align: .right, priority: 3),
        TableColumn("EV", priority: 0), TableColumn("SOURCE", priority: 4, flexibleMinimum: 18),
      ],
      rows: detail.sources.map { source in
        let age = age(of: source)
        let isOld = (age ?? 0) > Self.oldDays
        let isWeak = source.grade == "D"
        return .cells([
          Span(source.figure, theme.label), Span(source.value, theme.label),
          Span(source.asOf.isEmpty ? "-" : source.asOf, isOld ? theme.warning : theme.label),
          Span(ageText(age), isOld ? theme.warning : theme.label),
          Span(source.grade + (isOld ? "!" : ""), isWeak ? theme.warning : theme.label),
          Span(Self.host(source.address), theme.muted),
        ])
      })
    guard isWhole else { return Document([.table(table)] + gaps) }
    let grades = Document.grades
    let records = detail.sources.flatMap { source -> [Document.Item] in
      let note: [Document.Item] =
        source.note.isEmpty ? [] : [.field(label: "  note", value: source.note)]
      return [
        .blank, .heading(source.figure), .field(label: "  value", value: source.value),
        .field(
          label: "  as of", value: source.asOf.isEmpty ? "no date" : source.asOf,
          note: age(of: source).map { "\($0) days old" } ?? ""),
        .field(label: "  evidence", value: source.grade),
        .field(label: "  source", value: source.address.isEmpty ? "-" : source.address),
      ] + note
    }
    return Document([.table(table)] + records + gaps + [.blank, .heading("Evidence")] + grades)
  }

  /// An address as far as a table needs it: what is alike in all of them tells nothing.
  private static func host(_ address: String) -> String {
    let rest = address.hasPrefix("https://") ? String(address.dropFirst(8)) : address
    return rest.isEmpty ? "-" : rest
  }

  /// Days after which a price is called old.
  private static let oldDays = 90

  /// Days since a figure was true; nil when it has no full date.
  private func age(of source: PlanFace.Detail.Source) -> Int? {
    guard let date = try? CalendarDate(parsing: source.asOf) else { return nil }
    return max(0, today.daysSinceEpoch - date.daysSinceEpoch)
  }

  private func ageText(_ age: Int?) -> String {
    age.map { "\($0) d" } ?? "-"
  }

  // MARK: Cash by month

  private var monthsDocument: Document {
    guard let option = selected else { return Self.nothingSelected }
    let months = face.detail(option.id).months
    guard !months.isEmpty, let cash = option.cash else {
      return Document([.paragraph(option.reason.map { "Ruled out: \($0)" } ?? "No cost is known.")])
    }
    let lines = months.map { month in
      BreakdownChart.Line(
        "\(month.year)-\(month.month < 10 ? "0" : "")\(month.month)",
        amount: month.amount.dollars, text: FigureText.exact(month.amount))
    }
    let total = BreakdownChart.Line(
      "cash", amount: cash.p50.dollars, text: FigureText.exact(cash.p50))
    var items: [Document.Item] = [
      .bars(
        BreakdownChart(lines: lines, total: total), style: planTheme.style(of: option.route),
        level: appearance.chartLevel)
    ]
    if let economic = option.economic {
      // To the cent, so that nothing is left as `$0.00` and not as a hair below it.
      let left = Double(cash.p50.cents - economic.p50.cents) / 100
      items += [
        .blank,
        .field(
          label: "left at the end", value: FigureText.exact(Money(dollars: left)),
          note: "what can be sold or used again, discounted to the start"),
        .field(label: "economic cost", value: FigureText.exact(economic.p50)),
      ]
    }
    return Document(items)
  }

  // MARK: Step time

  private var stepDocument: Document {
    guard let option = selected else { return Self.nothingSelected }
    let detail = face.detail(option.id)
    guard !detail.step.isEmpty else {
      return Document([.paragraph(option.reason.map { "Ruled out: \($0)" } ?? "Nothing is known.")])
    }
    let style = planTheme.style(of: option.route)
    func seconds(_ value: Double) -> String { Decimals.significant(value, 3) + " s" }
    func sum(_ parts: [PlanFace.Detail.StepPart]) -> Double { parts.reduce(0) { $0 + $1.seconds } }
    var lines: [BreakdownChart.Line] = []
    for activity in PlanFace.Detail.StepActivity.allCases {
      let parts = detail.step.filter { $0.activity == activity }
      guard !parts.isEmpty else { continue }
      lines.append(.init(activity.rawValue, amount: sum(parts), text: seconds(sum(parts))))
      lines += parts.map { .init("  \($0.label)", amount: $0.seconds, text: seconds($0.seconds)) }
    }
    let step = detail.stepSeconds
    let needed = detail.memory.reduce(0) { $0 + $1.gibibytes }
    func gibibytes(_ value: Double) -> String { Decimals.fixed(value, 1) + " GiB" }
    let memory = detail.memory.map {
      BreakdownChart.Line($0.label, amount: $0.gibibytes, text: gibibytes($0.gibibytes))
    }
    let use = FigureText.percent(option.utilization?.p50)
    let hardware = FigureText.percent(detail.hardwareUtilization)
    return Document([
      .paragraph(detail.strategy),
      .paragraph("MFU \(use) of the peak rate; \(hardware) with what is recomputed"), .blank,
      .bars(
        BreakdownChart(
          lines: lines, total: .init("one step", amount: step, text: seconds(step))),
        style: style, level: appearance.chartLevel),
      .blank, .heading("Memory of a chip"),
      .bars(
        BreakdownChart(
          lines: memory, total: .init("needed", amount: needed, text: gibibytes(needed))),
        style: style, level: appearance.chartLevel),
    ])
  }
}

extension Document {
  /// What the grades of evidence mean.
  static let grades: [Item] = [
    .field(label: "A", value: "measured by you"),
    .field(label: "B", value: "published measurement"),
    .field(label: "C", value: "vendor's or analyst's figure"),
    .field(label: "D", value: "estimate or recalled"),
  ]
}
