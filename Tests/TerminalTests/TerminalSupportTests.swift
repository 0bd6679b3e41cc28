import Terminal
import Testing

@Suite struct TerminalSupportTests {
  @Test(
    "What can't show a dashboard is refused with the reason",
    arguments: [
      ("xterm", true, true, nil), ("dumb", true, true, "TERM=dumb"), ("", true, true, "TERM"),
      (nil, true, true, "TERM is not set"), ("xterm", false, true, "Standard input"),
      ("xterm", true, false, "Standard output"), ("dumb", false, false, "Standard output"),
    ] as [(String?, Bool, Bool, String?)])
  func refusals(type: String?, input: Bool, output: Bool, reason: String?) {
    var environment: [String: String] = [:]
    environment["TERM"] = type
    let refusal = TerminalSupport.refusal(
      environment: environment, inputIsTerminal: input, outputIsTerminal: output)
    #expect((refusal == nil) == (reason == nil))
    #expect((refusal ?? "").contains(reason ?? ""))
  }

  /// https://no-color.org: present and not empty, whatever its value; a flag may override.
  @Test(
    "Colour follows the flag, then NO_COLOR",
    arguments: [
      (nil, nil, true), (nil, "1", false), (nil, "0", false), (nil, "", true), (true, "1", true),
      (false, nil, false),
    ] as [(Bool?, String?, Bool)])
  func color(flag: Bool?, noColor: String?, expected: Bool) {
    var environment: [String: String] = [:]
    environment["NO_COLOR"] = noColor
    #expect(TerminalSupport.usesColor(flag: flag, environment: environment) == expected)
  }

  @Test(
    "Text is coloured by the flag, NO_COLOR, CLICOLOR_FORCE or FORCE_COLOR, then the terminal",
    arguments: [
      (nil, ["TERM": "xterm"], true, true), (nil, ["TERM": "xterm"], false, false),
      (nil, ["TERM": "dumb"], true, false), (nil, [:], true, false),
      (nil, ["TERM": "xterm", "NO_COLOR": "1"], true, false),
      (nil, ["CLICOLOR_FORCE": "1"], false, true), (nil, ["FORCE_COLOR": "3"], false, true),
      (nil, ["CLICOLOR_FORCE": "0"], false, false),
      (nil, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false, false),
      (true, ["NO_COLOR": "1"], false, true), (false, ["CLICOLOR_FORCE": "1"], true, false),
    ] as [(Bool?, [String: String], Bool, Bool)])
  func text(flag: Bool?, environment: [String: String], isTerminal: Bool, expected: Bool) {
    let found = TerminalSupport.colorsText(
      flag: flag, environment: environment, isTerminal: isTerminal)
    #expect(found == expected)
  }
}
