import Quantities
import Testing

@testable import Dashboard

@Suite struct TypedFormsTests {
  @Test(
    "Amounts and counts as people type them",
    arguments: [
      ("20m", "20M"), ("$20M", "20M"), ("20 million", "20M"), ("$1.5 billion", "1.5B"),
      ("50,000,000", "50000000"), ("15t", "15T"), ("20 million dollars", "20M"), ("750k", "750k"),
      ("20 M", "20M"), ("USD 20M", "20M"), ("US$20m", "20M"), ("$ 20 million", "20M"),
      ("US$ 20 mn", "20M"),
      ("20mn", "20M"), ("2.5bn", "2.5B"), ("20 MILLION USD", "20M"), ("50 000 000", "50000000"),
      ("15 trillion tokens", "15T"), ("1,500.5k", "1500.5k"), ("$50,000,000", "50000000"),
      ("20 30", "20 30"), ("€20M", "€20M"), ("million", "million"),
      ("20 x million", "20 x million"),
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
      ("March 2027", true, "2027-03-31"), ("Mar 2027", false, "2027-03-01"),
      ("Dec 2027", true, "2027-12-31"), ("February 2028", true, "2028-02-29"),
      ("2027-Q1", true, "2027-03-31"), ("2027 q4", true, "2027-12-31"),
      ("Q5 2027", true, "Q5 2027"),
      ("31st March 2027", true, "2027-03-31"), ("31. Mar. 2027", true, "2027-03-31"),
      ("12months", true, "12mo"), ("2 years", true, "2y"),
      ("x31 March 2027", true, "x31 March 2027"),
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
