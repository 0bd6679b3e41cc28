import Catalog
import Planning
import Quantities

/// Numbers the sources of a document's figures in the order they are first referred to.
///
/// Figures from one source of one day and grade share a footnote, which names them all.
struct Footnotes {
  /// One source and the figures taken from it.
  struct Note {
    let number: Int
    let provenance: Provenance
    var figures: [String]
  }

  private(set) var notes: [Note] = []
  private var places: [Provenance: Int] = [:]

  /// The footnote's number for a figure.
  mutating func number(_ figure: String, _ provenance: Provenance) -> Int {
    var key = provenance
    key.note = ""
    let place = places[key] ?? notes.count
    if place == notes.count {
      places[key] = place
      notes.append(Note(number: place + 1, provenance: key, figures: []))
    }
    // Within a sentence the same figure may begin with a small letter.
    let isKnown = notes[place].figures.contains { $0.lowercased() == figure.lowercased() }
    if !isKnown { notes[place].figures.append(figure) }
    return place + 1
  }

  /// The footnotes' numbers for figures with values, ascending, each once.
  mutating func numbers(_ figures: [SourcedFigure]) -> [Int] {
    Set(figures.map { number(Self.words($0.figure, $0.value, $0.unit), $0.provenance) }).sorted()
  }

  /// A figure with its value and unit.
  static func words(_ figure: String, _ value: Double, _ unit: String) -> String {
    let number = value == value.rounded() ? Decimals.grouped(value) : Decimals.significant(value, 6)
    return "\(figure): \(number)\(unit.isEmpty ? "" : " \(MachineWords.of(unit))")"
  }

  /// What stands behind the predictions, which no price list holds.
  static let lossLaw = Provenance(
    source: "https://arxiv.org/abs/2404.10102", asOf: "2024", grade: .b)
  static let ownModel = Provenance(
    source: "plan's step-time model, calibrated on published runs; plan validate shows each",
    asOf: "", grade: .b)
}
