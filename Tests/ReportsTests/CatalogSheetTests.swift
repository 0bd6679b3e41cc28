import Reports
import Testing
import Workload

@Suite struct CatalogSheetTests {
  /// The cells of the row whose first is `id`, by column.
  private func row(_ id: String, of sheet: Sheet) throws -> [String: JSONValue] {
    let cells = try #require(sheet.rows.first { $0.first == .string(id) })
    return Dictionary(uniqueKeysWithValues: zip(sheet.columns.map(\.name), cells))
  }

  @Test("models show total, active, tokens, compute and year, each part with its grade")
  func models() throws {
    let sheet = CatalogSheets.models()
    #expect(sheet.rows.count == ModelPresets.all.count)
    #expect(sheet.rows.allSatisfy { $0.count == sheet.columns.count })
    let known = try row("deepseek-v3", of: sheet)
    #expect(known["tokens"] == .number("14800000000000"))
    #expect(known["tokens_per_active_parameter"] == .number("400"))
    #expect(known["released"] == .string("2024-12"))
    #expect(known["tokens_grade"] == .string("C"))
    #expect(known["experts_per_token"] == .number("8"))
    let unknown = try row("gpt-oss-120b", of: sheet)
    #expect(unknown["tokens"] == .null && unknown["training_flops"] == .null)
    #expect(unknown["experts"] == .number("128"))
  }

  @Test("laws show what each is for and one default of each kind")
  func laws() throws {
    let sheet = CatalogSheets.laws()
    #expect(sheet.rows.allSatisfy { $0.count == sheet.columns.count })
    #expect(try row("besiroglu", of: sheet)["default"] == .string("yes"))
    let leverage = try row("leverage", of: sheet)
    #expect(leverage["default"] == .string("yes"))
    #expect(leverage["for"] == .string("mixtures"))
    #expect(try row("joint", of: sheet)["default"] == .string("no"))
  }
}
