import Quantities

/// A drawing in SVG with axes; drawn once for wide screens and paper, once for narrow screens, so
/// that letters keep their size.
struct Plot {
  let width: Double
  let height: Double
  /// Room for the axes' words.
  var left = 62.0
  var bottom = 44.0
  var top = 30.0
  var right = 14.0
  private(set) var body = ""

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  var isNarrow: Bool { width < 500 }

  /// Both drawings of a plot.
  static func both(_ title: String, _ draw: (Double) -> Plot) -> String {
    [("wide", 760.0), ("narrow", 360.0)].map { style, width in
      let plot = draw(width)
      return Markup.element(
        "svg",
        [
          ("class", style), ("viewBox", "0 0 \(n(plot.width)) \(n(plot.height))"),
          ("role", "img"), ("aria-label", title),
        ], "\n" + plot.body)
    }.joined(separator: "\n")
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
  ) {
    body += Markup.shape(
      "line",
      [
        ("x1", Self.n(x1)), ("y1", Self.n(y1)), ("x2", Self.n(x2)), ("y2", Self.n(y2)),
        ("class", style),
      ])
  }

  mutating func path(_ points: [(Double, Double)], _ style: String) {
    let text = points.map { "\(Self.n($0.0)),\(Self.n($0.1))" }.joined(separator: " ")
    body += Markup.shape("polyline", [("points", text), ("class", style)])
  }

  /// A bar; `title` is shown when pointed at.
  mutating func bar(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, title: String
  ) {
    body +=
      Markup.element(
        "rect",
        [
          ("x", Self.n(x)), ("y", Self.n(y)), ("width", Self.n(max(0, width))),
          ("height", Self.n(max(0, height))), ("class", style),
        ], Markup.text("title", title)) + "\n"
  }

  mutating func dot(_ x: Double, _ y: Double, _ radius: Double, _ style: String, title: String) {
    body +=
      Markup.element(
        "circle", [("cx", Self.n(x)), ("cy", Self.n(y)), ("r", Self.n(radius)), ("class", style)],
        Markup.text("title", title)) + "\n"
  }

  mutating func words(
    _ x: Double, _ y: Double, _ text: String, anchor: String = "start", _ style: String = "label"
  ) {
    body +=
      Markup.element(
        "text", [("x", Self.n(x)), ("y", Self.n(y)), ("text-anchor", anchor), ("class", style)],
        Markup.escaped(text)) + "\n"
  }

  /// Grid, marks and names of both axes.
  mutating func axes(
    _ x: Scale, _ y: Scale, xName: String, yName: String, xText: (Double) -> String,
    yText: (Double) -> String
  ) {
    for tick in y.ticks() {
      line(left, y.place(tick), width - right, y.place(tick), "grid")
      words(left - 6, y.place(tick) + 4, yText(tick), anchor: "end", "tick")
    }
    for tick in x.ticks(isNarrow ? 4 : 8) {
      line(x.place(tick), top, x.place(tick), height - bottom, "grid")
      words(x.place(tick), height - bottom + 16, xText(tick), anchor: "middle", "tick")
    }
    words((left + width - right) / 2, height - 8, xName, anchor: "middle")
    words(4, 13, yName)
  }

  /// A coordinate: a tenth of a unit is finer than any screen shows.
  static func n(_ value: Double) -> String {
    let text = Decimals.fixed(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
