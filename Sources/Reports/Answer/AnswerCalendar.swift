import Planning
import Quantities

/// When each route waits, prepares and trains: a line for each, over months.
struct AnswerCalendar {
  let page: AnswerPage
  let layout: AnswerLayout
  private let label = 16

  init(_ page: AnswerPage, _ layout: AnswerLayout) {
    self.page = page
    self.layout = layout
  }

  private var cells: Int { max(1, layout.width - label) }

  var lines: [AnswerLine] {
    let shown = page.columns.filter { !$0.stretches.isEmpty }
    guard !shown.isEmpty else { return [] }
    let title = "When"
    let gap = String(repeating: " ", count: label - title.count)
    return [AnswerLine([.init(title, .strong), .init(gap + axis, .soft)])]
      + shown.map { column in
        let name = column.route.columnTitle + (column.isAnswer ? " *" : "")
        return AnswerLine(
          [
            .init(name + String(repeating: " ", count: max(1, label - name.count))),
            .init(strip(column), .route(column.route)),
          ], route: column.route)
      } + AnswerLine.wrapped(legend, width: layout.width, indent: 0, .soft)
  }

  private var legend: String {
    AnswerPage.Stage.allCases.compactMap { stage in
      layout.glyphs.stages[stage].map { "\($0) \(stage.label)" }
    }.joined(separator: "   ")
  }

  /// The months over the cells, as many as have room.
  private var axis: String {
    var text = ""
    for (first, words) in page.months {
      let place = Int(page.share(first) * Double(cells))
      if place >= text.count + (text.isEmpty ? 0 : 1), place + words.count <= cells {
        text += String(repeating: " ", count: place - text.count) + words
      }
    }
    return text
  }

  private func strip(_ column: AnswerPage.Column) -> String {
    String(
      (0..<cells).map { cell -> Character in
        let day =
          Double(page.start.daysSinceEpoch) + (Double(cell) + 0.5) / Double(cells)
          * page.calendarDays
        let stretch = column.stretches.first {
          Double($0.start.daysSinceEpoch) <= day && day < Double($0.end.daysSinceEpoch)
        }
        return stretch.flatMap { layout.glyphs.stages[$0.stage] } ?? " "
      })
  }
}

extension AnswerPage {
  /// Days from the start of the calendars to the end of the last.
  var calendarDays: Double { Double(max(1, end.daysSinceEpoch - start.daysSinceEpoch)) }

  /// How far a date is on the way from the start to the end, 0 to 1.
  func share(_ date: CalendarDate) -> Double {
    Double(date.daysSinceEpoch - start.daysSinceEpoch) / calendarDays
  }

  /// The first day, and the first of every month after it, with its name; the year stands where it
  /// is a new one.
  var months: [(date: CalendarDate, words: String)] {
    var found = [(start, AnswerWords.month(start))]
    var (year, month, _) = start.parts
    while true {
      (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
      guard let date = CalendarDate(year: year, month: month, day: 1), date < end else {
        return found
      }
      let (name, _) = AnswerWords.parts(date)
      found.append((date, month == 1 ? "\(name) \(year)" : name))
    }
  }
}
