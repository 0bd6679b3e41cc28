import Mutations
import Quantities
import Testing

@testable import Catalog

/// Rows of the built-in tables with one number taken beyond its bounds.
@Suite("Numbers beyond their bounds")
struct NumberMutationTests {
  /// The rows of a built-in table, the header first.
  private func rows(_ name: String) throws -> [[String]] {
    let text = EmbeddedTables.files.first { $0.name == name }?.text ?? ""
    var rows: [[String]] = []
    var parser = CSVParser()
    try parser.feed(Array(text.utf8)) { record in
      rows.append((0..<record.count).map { record.text($0) })
    }
    try parser.finish { _ in }
    return rows
  }

  private func line(_ cells: [String]) -> String {
    cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
  }

  /// The first number out of bounds that a table took without a word.
  private func slipThrough<Record: CatalogTable>(
    _: Record.Type, seed: UInt64, unit: String? = nil,
    _ bounds: (String) -> Bounds = { _ in .fraction }
  ) throws -> String? {
    let all = try rows(Record.fileName)
    guard let header = all.first, all.count > 1 else { return "no rows" }
    let whole: Set<String> = [
      "scaleup_domain_chips", "scaleup_links", "chips_per_host", "cores_per_chip", "chips",
      "chips_per_instance", "max_instances", "max_instances_total", "multislice_max_chips", "runs",
    ]
    let columns = header.indices.filter { index in
      Record.bounds[header[index]] != nil || ["low", "high"].contains(header[index])
    }
    var mutator = Mutator(seed: seed)
    for _ in 0..<Mutations.countOfNumbers {
      guard var cells = all.dropFirst().randomElement(using: &mutator.random),
        let column = columns.randomElement(using: &mutator.random)
      else { continue }
      let name = header[column]
      let given = unit.flatMap { header.firstIndex(of: $0) }.map { bounds(cells[$0]) }
      guard let limits = given ?? Record.bounds[name],
        let value = mutator.beyond(limits, isWhole: whole.contains(name))
      else { continue }
      cells[column] = whole.contains(name) ? Decimals.fixed(value, 0) : "\(value)"
      var records = KeyedRecords<Record>()
      var faults: [Fault] = []
      let text = line(header) + line(cells)
      _ = records.read(path: "it.csv", bytes: Array(text.utf8), names: [:], faults: &faults)
      if faults.isEmpty, !records.doubts.contains(where: { $0.fault.column == name }) {
        return "\(name) = \(cells[column])"
      }
    }
    return nil
  }

  @Test("of every table are refused, or named with their column")
  func tables() throws {
    #expect(try slipThrough(Accelerator.self, seed: 31) == nil)
    #expect(try slipThrough(Offer.self, seed: 32) == nil)
    #expect(try slipThrough(ServerQuote.self, seed: 33) == nil)
    #expect(
      try slipThrough(OwnershipParameter.self, seed: 34, unit: "unit", UnitBounds.of(unit:)) == nil)
    #expect(try slipThrough(ServicePrice.self, seed: 35, unit: "unit", UnitBounds.of(unit:)) == nil)
    #expect(try slipThrough(Claim.self, seed: 36, unit: "metric", UnitBounds.of(metric:)) == nil)
  }

  @Test("of own measurements are refused, or named with their column")
  func measured() throws {
    var mutator = Mutator(seed: 37)
    for _ in 0..<Mutations.countOfNumbers {
      let name = ["speed_ratio", "log_deviation", "runs"].randomElement(using: &mutator.random)
      guard let name, let bounds = MeasuredThroughput.bounds[name],
        let value = mutator.beyond(bounds, isWhole: name == "runs")
      else { continue }
      let number = name == "runs" ? Decimals.fixed(value, 0) : "\(value)"
      let cells = ["speed_ratio": "1.1", "log_deviation": "0.2", "runs": "3"].merging([name: number]
      ) {
        $1
      }
      let text =
        "id,speed_ratio,log_deviation,runs,source_url,grade\n"
        + "trn2,\(cells["speed_ratio"] ?? ""),\(cells["log_deviation"] ?? ""),"
        + "\(cells["runs"] ?? ""),mine.csv,A\n"
      var records = KeyedRecords<MeasuredThroughput>()
      var faults: [Fault] = []
      _ = records.read(path: "it.csv", bytes: Array(text.utf8), names: [:], faults: &faults)
      #expect(!faults.isEmpty || records.doubts.contains { $0.fault.column == name }, "\(text)")
    }
  }
}
