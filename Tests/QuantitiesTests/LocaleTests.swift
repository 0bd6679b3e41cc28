import Quantities
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reading and printing under a locale whose decimal mark is a comma; skipped where none is
/// installed.
struct LocaleTests {
  /// A locale of this machine that writes 1,5 for one and a half.
  private static let commaLocale: String? = {
    let before = String(cString: setlocale(LC_NUMERIC, nil))
    defer { setlocale(LC_NUMERIC, before) }
    return ["de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "nl_NL.UTF-8"].first {
      setlocale(LC_NUMERIC, $0) != nil && strtod("1,5", nil) == 1.5
    }
  }()

  @Test("The decimal mark is a point in every locale", .enabled(if: commaLocale != nil))
  func ignoresLocale() throws {
    let before = String(cString: setlocale(LC_NUMERIC, nil))
    let locale = try #require(Self.commaLocale)
    setlocale(LC_NUMERIC, locale)
    defer { setlocale(LC_NUMERIC, before) }
    #expect(try Magnitude.parse("2.5B") == 2.5e9)
    #expect(throws: QuantityError.self) { try Magnitude.parse("2,5") }
    #expect(Decimals.fixed(1.5, 2) == "1.50")
    #expect(Decimals.grouped(1234.5, 1) == "1,234.5")
    #expect(Decimals.shortest(0.1) == "0.1")
    #expect(Money(dollars: 2.5e6).short == "$2.50M")
  }
}
