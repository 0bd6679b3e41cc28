import Screen
import Testing

@Suite struct KeyTests {
  @Test(
    "Keys have names that read back as the same key",
    arguments: [
      (Key.character("j"), "j"), (.character("?"), "?"), (.character(" "), "Space"),
      (.control("l"), "Ctrl-L"), (.enter, "Enter"), (.escape, "Esc"), (.backTab, "Shift-Tab"),
      (.pageDown, "PgDn"), (.function(12), "F12"), (.character("F"), "F"), (.resize, "Resize"),
    ])
  func names(key: Key, name: String) {
    #expect(key.name == name)
    #expect(Key(named: name) == key)
  }

  @Test("Words that name no key are refused", arguments: ["", "F0", "F99", "Ctrl-", "Hyper-X"])
  func unknown(name: String) {
    #expect(Key(named: name) == nil)
  }
}
