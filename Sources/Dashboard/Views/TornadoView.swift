import Quantities
import Screen

// What moves the selected option, and what would change the choice.
extension DashboardState {
  var tornadoDocument: Document {
    guard let option = selected else {
      return Document([.paragraph("No option is selected.")])
    }
    let flips = section("What would change the answer", face.flips)
    guard let known = sensitivities[option.id] else {
      let text =
        face.sensitivityOf == nil
        ? "What moves it was not worked out." : "Working out what moves it …"
      return Document([.paragraph(text)] + flips)
    }
    guard let known else {
      return Document([.paragraph(option.reason.map { "Ruled out: \($0)" } ?? "Nothing is known.")])
    }
    let signs = TornadoChart.signs(appearance.chartLevel)
    let bars = known.bars.map { bar in
      TornadoChart.Bar(
        bar.label, low: bar.low.dollars, high: bar.high.dollars, lowText: bar.low.short,
        highText: bar.high.short,
        notes: [bar.range, FigureText.percent(bar.share), bar.grade])
    }
    let chart: [Document.Item] =
      bars.isEmpty
      ? [.paragraph("Nothing uncertain moves its cost.")]
      : [
        .paragraph(
          "Economic cost \(known.middle.short), one input at a time: \(signs.low) at its p10, "
            + "\(signs.high) at its p90."),
        .tornado(
          TornadoChart(
            bars: bars, middle: known.middle.dollars, noteTitles: ["RANGE", "VARIANCE", "EV"]),
          style: planTheme.style(of: option.route), level: appearance.chartLevel),
      ]
    return Document(
      chart
        + section("What would change the answer", known.flips.isEmpty ? face.flips : known.flips)
        + section("What it is worth to know more", known.worth))
  }

  private func section(_ title: String, _ texts: [String]) -> [Document.Item] {
    guard !texts.isEmpty else { return [] }
    return [.blank, .heading(title)]
      + texts.enumerated().map { .field(label: "\($0 + 1)", value: $1) }
  }

  /// What is on the screen and has to be worked out first, once for each option of a plan.
  public mutating func wants() -> [Effect] {
    guard face.sensitivityOf != nil, isSettled, page == .main, let option = selected,
      sensitivities[option.id] == nil, senseAsked != option.id,
      Layout(self).panes[.tornado] != nil
    else { return [] }
    senseAsked = option.id
    return [.sensitivity(id: option.id, generation: generation)]
  }

  /// Takes what moves an option; late replies about another plan change nothing.
  public mutating func receive(_ found: PlanFace.Sensitivity?, of id: String, generation: Int) {
    guard generation == self.generation else { return }
    if senseAsked == id { senseAsked = nil }
    sensitivities[id] = .some(found)
  }
}
