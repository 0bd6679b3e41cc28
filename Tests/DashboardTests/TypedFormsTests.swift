import Quantities
import Testing

@testable import Dashboard

@Suite struct TypedFormsTests {
  @Test(
    "Amounts and counts as people type them",
    arguments: [
      ("20m", "20M"), ("$20M", "20M"), ("20 million", "20M"), ("$1.5 billion", "1.5B"),
      ("50,000,000", "50000000"), ("15t", "15T"), ("20 million dollars", "20M"), ("750k", "750k"),
      ("5e7", "5e7"), ("50,00", "50,00"), ("1,000,00", "1,000,00"), ("much", "much"), ("", ""),
    ])
  func numbers(text: String, plain: String) {
    #expect(TypedForms.number(text) == plain)
  }

  @Test(
    "Dates and lengths of time as people type them",
    arguments: [
      ("2027-03-31", true, "2027-03-31"), ("31 March 2027", true, "2027-03-31"),
      ("March 31, 2027", true, "2027-03-31"), ("1 sep 2027", true, "2027-09-01"),
      ("Q1 2027", true, "2027-03-31"), ("Q1 2027", false, "2027-01-01"),
      ("q4 2026", true, "2026-12-31"), ("12 months", true, "12mo"), ("90 days", true, "90d"),
      ("90d", true, "90d"), ("31 February 2027", true, "31 February 2027"), ("soon", true, "soon"),
    ])
  func times(text: String, isEnd: Bool, plain: String) {
    #expect(TypedForms.time(text, isEnd: isEnd) == plain)
  }

  @Test("They are taken where a field is typed, and what can't be read stays with what can")
  func typed() {
    var state = FaceFixture.state(120, 40)
    state.press("e Ctrl-U")
    _ = state.handle(.paste("20 million"))
    state.press("Enter")
    #expect(state.scenario.budgetDollars == 20e6)
    state.press("e")
    _ = state.handle(.paste("much"))
    state.press("Enter")
    #expect(
      state.prompt?.field.text.contains("much") == true && state.prompt?.note?.isError == true)
  }

  @Test("Typing replaces what stood there; after an arrow it is edited")
  func replaces() {
    var state = FaceFixture.state(120, 40)
    state.press("e 7 M Enter")
    #expect(state.scenario.budgetDollars == 7e6)
    state.press("e Left 5 Enter")
    #expect(state.scenario.budgetDollars == 75e6)
    state.press("e")
    _ = state.handle(.paste("8M"))
    #expect(state.prompt?.field.text == "8M")
  }
}
