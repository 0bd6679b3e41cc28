import Planning
import Quantities
import Screen

/// The first lines: what was asked, and the answer.
enum HeaderView {
  /// Budget, job, date of the prices and evidence; the job gives way where room is short.
  static func spans(_ state: DashboardState, width: Int) -> [Span] {
    let theme = state.appearance.theme
    let face = state.face
    let file = state.file.flatMap { $0.path.split(separator: "/").last }.map { "  \($0)" } ?? ""
    let changed = file + (state.isUnsaved ? "*" : "")
    let count = state.changed.count
    let edits = count > 0 && width >= 120 ? "(\(count) changed, u undoes)  " : ""
    let budget = Money(dollars: state.scenario.budgetDollars).short.filter { $0 != "$" }
    let deadline = state.scenario.deadlineDate.map {
      [Span("   by ", theme.muted), Span($0.iso, theme.title)]
    }
    let head =
      [Span(" plan\(changed)" + (changed.isEmpty ? "  " : " "), theme.title)]
      + claimBadge(state, width: width)
      + [
        Span(edits, theme.muted), Span("budget ", theme.muted), Span("USD " + budget, theme.title),
      ] + (deadline ?? [])
    let prices = [Span("   prices ", theme.muted), Span(face.catalogDate, state.planTheme.label)]
    let evidence = [
      Span("   evidence ", theme.muted), Span(face.evidence, state.planTheme.label), Span(" "),
    ]
    func columns(_ spans: [Span]) -> Int {
      spans.map { DisplayWidth.of($0.text) }.reduce(0, +)
    }
    // What a page of its own says as well gives way first.
    let tail = columns(head + prices + evidence) <= width ? prices + evidence : evidence
    let room = width - columns(head + tail) - 3
    let whole = [face.job, face.shortJob].first { !$0.isEmpty && DisplayWidth.of($0) <= room }
    let job = room < 12 ? "" : whole ?? DisplayWidth.clip(face.job, to: room)
    return head + (job.isEmpty ? [] : [Span("   "), Span(job, state.planTheme.label)]) + tail
  }

  /// Says that what is shown rests on claims, wherever there is anything else on the line.
  private static func claimBadge(_ state: DashboardState, width: Int) -> [Span] {
    let claims = state.scenario.claims
    guard let first = claims.first else { return [] }
    let style = state.appearance.theme.warning.with(.reverse)
    let more = claims.count > 1 ? " and \(claims.count - 1) more" : ""
    let text: String
    switch width {
    case 140...: text = "† if \(first.badge)\(more)"
    case 100...: text = "† if \(first.id)\(more)"
    default: text = claims.count == 1 ? "† claim" : "† \(claims.count) claims"
    }
    return [Span(" \(text) ", style), Span("  ")]
  }

  /// What stands before the answer.
  static func answerMark(_ state: DashboardState) -> String {
    let letter = state.face.answerRoute.map { String($0.letter) }
    return letter.map { "BEST \($0)" } ?? (state.isStale ? "..." : "NONE")
  }

  /// The recommendation, with the letter of its route.
  static func drawAnswer(_ state: DashboardState, on grid: inout Grid, in rect: Rect) {
    let theme = state.planTheme
    let mark = answerMark(state)
    let (left, right) = rect.inset(columns: 1, rows: 0).split(left: mark.count + 2)
    let style = state.face.answerRoute.map { theme.style(of: $0) } ?? theme.warning
    grid.write(mark, in: left, style: style.with(state.isStale ? [] : .bold))
    grid.writeParagraph(answer(state, in: right), in: right, style: theme.answer)
  }

  /// The whole sentence where there is room for it, else its figures first.
  private static func answer(_ state: DashboardState, in room: Rect) -> String {
    let face = state.face
    guard let best = face.ranked.first, let cash = best.cash, face.answerRoute != nil,
      Paragraph.lines(face.answer, width: room.width).count > room.height
    else { return face.answer }
    let loss = best.loss.map {
      "loss \(FigureText.loss($0.p50)) (\(FigureText.loss($0.p10)) to \(FigureText.loss($0.p90)))"
    }
    let figures = [
      "\(FigureText.money(cash.p50)) cash "
        + "(\(FigureText.money(cash.p10)) to \(FigureText.money(cash.p90)))",
      "\(FigureText.days(best.days?.p50)) days", loss,
      "\(FigureText.percent(best.chance)) chance to fit",
    ]
    return figures.compactMap { $0 }.joined(separator: ", ") + ": " + best.title
  }
}

extension HeaderView {
  /// The best option of each route, side by side.
  static func drawRoutes(_ state: DashboardState, on grid: inout Grid, in rect: Rect) {
    let theme = state.planTheme
    let routes = state.face.routes
    guard !routes.isEmpty, !state.face.ranked.isEmpty else { return }
    var room = rect.inset(columns: 1, rows: 0)
    // Each takes its share of the line, so that they stay in place as their values change.
    let share = min(44, room.width / routes.count)
    for route in routes {
      let (cell, rest) = room.split(left: share)
      let letter = Span("\(route.letter) ", theme.style(of: route).with(.bold))
      let text = best(of: route, state).first { DisplayWidth.of($0) + 3 <= cell.width }
      let inside = Rect(column: cell.column, row: cell.row, width: cell.width - 1, height: 1)
      grid.write([letter, Span(text ?? "", theme.label)], in: inside)
      room = rest
    }
  }

  /// What is said of a route's best option, from the fullest to the shortest.
  private static func best(of route: Route, _ state: DashboardState) -> [String] {
    guard let option = state.face.ranked.first(where: { $0.route == route }) else {
      return ["nothing fits", "none"]
    }
    let rank = "#\(option.rank ?? 0)"
    let cost = FigureText.money(option.cost(state.view)?[state.view.percentile])
    let days = FigureText.days(option.days?[state.view.percentile])
    let value = FigureText.loss(option.loss?[state.view.percentile])
    let loss = state.face.isSizedFromBudget ? " loss \(value)" : ""
    let short = state.face.isSizedFromBudget ? " \(value)" : ""
    return [
      "\(rank)\(loss) \(cost) \(days) days", "\(rank)\(short) \(cost) \(days)d",
      "\(rank)\(short) \(cost)", "\(rank) \(cost)", rank,
    ]
  }
}

extension Theme {
  /// The style of a route's letter, mark and bar.
  func style(of route: Route) -> Style {
    switch route {
    case .rentTrainium: return trainium
    case .rentTPU: return googleTPU
    case .buyGPU: return ownServers
    case .rentGPU: return rentedGPU
    }
  }
}

/// The line above the keys.
enum StatusLine {
  /// What to press first, as long as nothing was.
  private static func welcome(_ state: DashboardState) -> String {
    let texts = [
      "Press e to change the budget, Enter to see why an option costs what it does, 7 to change any "
        + "other input, ? for all keys.",
      "Press e to change the budget, Enter to explain an option, 7 for other inputs.",
      "Press e to change the budget, Enter to explain.",
    ]
    return texts.first { DisplayWidth.of($0) <= state.size.width - 2 } ?? ""
  }

  /// The answer to the last key; else that a plan is being made; else the warnings.
  static func spans(_ state: DashboardState) -> [Span] {
    let theme = state.appearance.theme
    if let message = state.message {
      return [Span(message.text, message.isError ? theme.bad.with(.bold) : theme.label)]
    }
    if case .values(let index)? = state.picker?.purpose {
      return [Span(state.inputs[index].help, theme.label)]
    }
    if state.isWelcoming, let fault = state.faults.first {
      let more = state.faults.count > 1 ? " (and \(state.faults.count - 1) more: w)" : ""
      return [Span(fault + more, theme.bad.with(.bold))]
    }
    if let draft = state.offer, state.page == .main {
      return [
        Span("A draft was found: \(state.difference(of: draft)). ", theme.warning),
        Span("o", theme.key), Span(" takes it up, ", theme.label), Span("Esc", theme.key),
        Span(" lets it go.", theme.label),
      ]
    }
    if state.isStale {
      return [Span("Working out the plan …", theme.warning)]
    }
    if state.isWelcoming, state.page == .main {
      return [Span(Self.welcome(state), theme.label)]
    }
    if state.focus == .inputs, state.page == .main {
      let field = state.field
      return [Span(field.help + " ", theme.label), Span(field.hint, theme.muted)]
    }
    guard let first = state.face.warnings.first, state.page != .warnings else { return [] }
    let count = state.face.warnings.count
    let noun = count == 1 ? "warning" : "warnings"
    return [Span("! \(count) \(noun): ", theme.warning), Span(first, theme.label)]
  }
}
