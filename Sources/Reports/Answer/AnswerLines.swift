import Planning

extension AnswerPage {
  /// The page as lines of text.
  public func lines(_ layout: AnswerLayout) -> [AnswerLine] {
    var parts: [[AnswerLine]] = []
    let width = layout.width
    let isWide = !columns.isEmpty && width / columns.count >= Self.leastColumn
    let hasFigures = columns.contains { $0.id != nil }
    let table =
      isWide ? AnswerColumns(self, layout).lines : hasFigures ? AnswerTable(self, layout).lines : []
    let said = verdict.flatMap { AnswerLine.wrapped($0, width: width, indent: 2) }
    let head = AnswerLine.wrapped(headline, width: width, indent: 2, .strong)
    parts.append(layout.isLow ? head : head + said)
    parts += layout.isLow ? [table, said] : [table]
    if !isWide { parts.append(endStrip(width)) }
    parts.append(AnswerLine.wrapped(ifGranted, width: width, indent: 2))
    parts.append(Self.section("What it turns on", turns, width))
    if !isWide { parts.append(routeLines(width)) }
    let calendar = AnswerCalendar(self, layout)
    if isWide {
      let right = endLines
      let column = width - (right.map(\.width).max() ?? 0) - 2
      var narrow = layout
      narrow.width = column - 2
      parts.append(AnswerLine.beside(AnswerCalendar(self, narrow).lines, right, at: column))
    } else {
      parts.append(calendar.lines)
    }
    parts += [stepLines(width), Self.section("What is trained", trained, width), tieLines(width)]
    return Array(parts.filter { !$0.isEmpty }.joined(separator: [AnswerLine()]))
  }

  /// Columns that a route needs to stand beside others.
  private static let leastColumn = 30

  private static func section(_ title: String, _ texts: [String], _ width: Int) -> [AnswerLine] {
    guard !texts.isEmpty else { return [] }
    return [AnswerLine(title, .strong)]
      + texts.flatMap { AnswerLine.wrapped($0, width: width - 2, indent: 2).map(\.indented) }
  }

  /// What the table has no room for, route by route.
  private func routeLines(_ width: Int) -> [AnswerLine] {
    columns.flatMap { column -> [AnswerLine] in
      guard column.id != nil else {
        return AnswerLine.wrapped(
          "\(column.route.columnTitle): \(column.risk).", width: width, indent: 2)
      }
      var parts = ["\(column.what), \(column.terms)"]
      if let price = column.values[.price] { parts.append("\(price) a chip-hour") }
      if let price = column.values[.wins] {
        let verb = column.isAnswer ? "holds to" : "wins at"
        parts.append(price.hasPrefix("$") ? "\(verb) \(price)" : "wins at no price (\(price))")
      }
      if let same = column.values[.same], same.hasPrefix("$"), !column.isAnswer {
        parts.append("the answer’s model costs \(same) here")
      }
      if let grant = column.values[.granted] { parts.append("grant: \(grant)") }
      if let back = column.values[.back] { parts.append("worth \(back) afterwards") }
      let text =
        "\(column.route.columnTitle): \(parts.joined(separator: "; ")). Risk: \(column.risk)."
      return AnswerLine.wrapped(text, width: width, indent: 2).map {
        AnswerLine($0.pieces, route: column.route)
      }
    }
  }

  // MARK: Ends, steps, ties

  private var endLines: [AnswerLine] {
    guard ends.contains(where: { $0.route != nil }) else { return noEnd(40) }
    let names = ends.map { $0.route?.noun ?? "none" }
    let longest = names.map(\.count).max() ?? 0
    return [AnswerLine("Best route for an end within", .strong)]
      + zip(ends, names).map { end, name in
        let months = AnswerWords.count(end.months, "month")
        let gap = String(repeating: " ", count: max(1, 10 - months.count))
        let after = String(repeating: " ", count: longest - name.count + 2)
        let role: AnswerLine.Role = end.route.map { .route($0) } ?? .soft
        return AnswerLine([
          .init(gap + months + "  ", .soft), .init(name, role), .init(after + end.chance),
        ])
      }
  }

  /// What is said where no route ends in time.
  private func noEnd(_ width: Int) -> [AnswerLine] {
    guard let last = ends.map(\.months).max() else { return [] }
    return AnswerLine.wrapped(
      "No route can be done within \(AnswerWords.count(last, "month")).", width: width, indent: 2)
  }

  private func endStrip(_ width: Int) -> [AnswerLine] {
    guard ends.contains(where: { $0.route != nil }) else { return noEnd(width) }
    let words = ends.map { end in
      let name = end.route?.noun ?? "none"
      return "\(end.months) \(name)\(end.chance.isEmpty ? "" : " (\(end.chance))")"
    }
    let text = words.joined(separator: ", ") + "."
    return [AnswerLine("Best route by months until the end", .strong)]
      + AnswerLine.wrapped(text, width: width - 2, indent: 0).map(\.indented)
  }

  private func stepLines(_ width: Int) -> [AnswerLine] {
    guard !steps.isEmpty else { return [] }
    return [AnswerLine("On Monday", .strong)]
      + steps.enumerated().flatMap { index, step in
        AnswerLine.wrapped(
          "\(index + 1) \(step.action) (\(step.money), \(step.by)).", width: width - 2, indent: 2
        ).map(\.indented)
      }
  }

  private func tieLines(_ width: Int) -> [AnswerLine] {
    guard !ties.isEmpty else { return [] }
    return AnswerLine.wrapped(
      "Within 10 % of the answer: \(ties.joined(separator: "; ")).", width: width, indent: 2)
  }
}

extension AnswerLine {
  /// Two blanks further to the right.
  var indented: AnswerLine { AnswerLine([Piece("  ")] + pieces, route: route) }
}
