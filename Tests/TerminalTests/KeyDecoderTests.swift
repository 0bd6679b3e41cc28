import Screen
import Testing

@testable import Terminal

/// Sequences after ECMA-48 and xterm's ctlseqs; the keyboard protocol after kitty's documentation.
@Suite struct KeyDecoderTests {
  /// The keys of bytes that all come at once, and of the silence after them.
  private func keys(_ bytes: String, usesMouse: Bool = true) -> [Key] {
    var decoder = KeyDecoder(usesMouse: usesMouse)
    return decoder.take(bytes.utf8, at: 0) + decoder.take([], at: 10_000)
  }

  @Test(
    "A report that a terminal sends unasked is swallowed as a whole, however it is cut",
    arguments: [
      "\u{1B}[I", "\u{1B}[O", "\u{1B}[?62;22c", "\u{1B}[>0;276;0c", "\u{1B}[?997;1n", "\u{1B}[0n",
      "\u{1B}[24;80R", "\u{1B}[1;1R", "\u{1B}[?2004;2$y", "\u{1B}[97u", "\u{1B}[97;5u",
      "\u{1B}[57441;2:3u", "\u{1B}[?1u", "\u{1B}[27;5;106~", "\u{1B}[8;24;80t", "\u{1B}[201~",
      "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", "\u{1B}]4;1;rgb:cd/00/00\u{7}",
      "\u{1B}]52;c;aGVsbG8=\u{1B}\\", "\u{1B}P>|xterm(390)\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
      "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}OE", "\u{1B}Oj", "\u{1B}[<0;3;4m",
      "\u{1B}[<35;3;4M", "\u{1B}[M###", "\u{1B}[[Z",
    ])
  func reports(report: String) {
    #expect(keys(report + "j") == [.character("j")])
    let bytes = Array(report.utf8)
    for cut in bytes.indices.dropFirst() {
      var decoder = KeyDecoder(usesMouse: true)
      let found =
        decoder.take(bytes[..<cut], at: 0) + decoder.take([], at: 40)
        + decoder.take(bytes[cut...], at: 40) + decoder.take("j".utf8, at: 80)
      #expect(found == [.character("j")], "cut at \(cut)")
    }
  }

  @Test(
    "An arrow key in two pieces stays an arrow key",
    arguments: [("\u{1B}", "[A"), ("\u{1B}[", "A"), ("\u{1B}", "OA"), ("\u{1B}O", "A")])
  func pieces(first: String, second: String) {
    var decoder = KeyDecoder(usesMouse: false)
    #expect(decoder.take(first.utf8, at: 0) == [])
    #expect(decoder.take([], at: 40) == [])
    #expect(decoder.take(second.utf8, at: 40) == [.up])
    #expect(decoder.deadline == nil)
  }

  @Test("After Esc was told as a key, the rest of a sequence still types nothing")
  func late() {
    var decoder = KeyDecoder(usesMouse: false)
    #expect(decoder.take("\u{1B}".utf8, at: 0) == [])
    #expect(decoder.take([], at: decoder.deadline ?? 0) == [.escape])
    #expect(decoder.take("[".utf8, at: 250) == [])
    #expect(decoder.take("A".utf8, at: 260) == [.up])
  }

  @Test("Esc and keys typed by hand are keys")
  func byHand() {
    var decoder = KeyDecoder(usesMouse: false)
    #expect(decoder.take("\u{1B}".utf8, at: 0) + decoder.take([], at: 150) == [.escape])
    #expect(decoder.take("[".utf8, at: 200) == [])
    #expect(decoder.take([], at: 600) == [.character("[")])
    #expect(decoder.take("\u{1B}".utf8, at: 1000) == [])
    #expect(decoder.take([], at: 1400) == [.escape])
    #expect(
      decoder.take("[O]".utf8, at: 1401) == [.character("["), .character("O"), .character("]")])
    #expect(decoder.take("\u{1B}q".utf8, at: 2000) == [.escape, .character("q")])
    #expect(decoder.take("\u{1B}\u{1B}[B".utf8, at: 3000) == [.escape, .down])
  }

  @Test(
    "Keys with a key held, and those of other terminals",
    arguments: [
      ("\u{1B}[1;5C", Key.right), ("\u{1B}[1;2A", .up), ("\u{1B}[3;5~", .delete),
      ("\u{1B}[[A", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[1;2P", .function(1)),
      ("\u{1B}[7~", .home), ("\u{1B}OM", .enter), ("\u{1B}[E", nil), ("\u{1B}[99999999999~", nil),
    ])
  func keys(bytes: String, key: Key?) {
    #expect(keys(bytes) == [key].compactMap { $0 })
  }

  @Test("Both forms of mouse reports are read, and ignored where nobody asked for them")
  func mouse() {
    let press = Key.mouse(MouseEvent(.press, at: Point(column: 2, row: 3)))
    #expect(keys("\u{1B}[<0;3;4M\u{1B}[<0;3;4m") == [press])
    #expect(keys("\u{1B}[M #$\u{1B}[M##$") == [press])
    #expect(keys("\u{1B}[<4;3;4M") == [press])
    #expect(keys("\u{1B}[<0;3;4M\u{1B}[M #$", usesMouse: false) == [])
    #expect(keys("\u{1B}[<0;0;4M\u{1B}[<0;;4M\u{1B}[<0;4M\u{1B}[<99999999999999999999;1;1M") == [])
  }

  @Test("A paste is one text, whatever is in it, and ends when nothing more comes")
  func paste() {
    let text = "20M\r\nq\u{1B}[A\u{3}"
    #expect(keys("\u{1B}[200~\(text)\u{1B}[201~j") == [.paste(text), .character("j")])
    var decoder = KeyDecoder(usesMouse: false)
    #expect(decoder.take("\u{1B}[200~ab".utf8, at: 0) == [])
    #expect(decoder.take("c".utf8, at: 900) == [])
    #expect(decoder.take([], at: 1950) == [.paste("abc")])
    let long = String(repeating: "x", count: KeyDecoder.longestPaste + 1000)
    #expect(
      keys("\u{1B}[200~\(long)\u{1B}[201~") == [
        .paste(String(long.prefix(KeyDecoder.longestPaste)))
      ])
  }

  @Test("Characters of several bytes may come in pieces; broken ones are let go")
  func characters() {
    var decoder = KeyDecoder(usesMouse: false)
    let bytes = Array("漢".utf8)
    #expect(decoder.take(bytes[..<1], at: 0) == [])
    #expect(decoder.take(bytes[1...], at: 50) == [.character("漢")])
    #expect(
      decoder.take([0xE6, 0x41, 0xFF, 0x80, 0xC0, 0x42], at: 60) == [
        .character("A"), .character("B"),
      ])
    #expect(decoder.take([0xED, 0xA0, 0x80, 0x43], at: 70) == [.character("C")])
  }

  @Test("No bytes break it, and it is always ready again after a pause", arguments: 0..<200)
  func fuzz(seed: Int) {
    var random = UInt64(seed) &+ 1
    func roll(_ bound: UInt64) -> UInt64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (random >> 33) % bound
    }
    let likely = Array("\u{1B}\u{1B}[[O];<?0123~MmAuRPq\\_\u{7}\u{18}".utf8)
    var decoder = KeyDecoder(usesMouse: true)
    var now = 0
    for _ in 0..<500 {
      let byte = roll(4) == 0 ? UInt8(roll(256)) : likely[Int(roll(UInt64(likely.count)))]
      now += roll(5) == 0 ? Int(roll(400)) : 0
      _ = decoder.take([byte], at: now)
    }
    _ = decoder.take([], at: now + 10_000)
    #expect(decoder.deadline == nil)
    #expect(decoder.take("j".utf8, at: now + 10_000) == [.character("j")])
  }
}
