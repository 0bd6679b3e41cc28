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
}
