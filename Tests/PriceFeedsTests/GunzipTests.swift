import Catalog
import Foundation
import Quantities
import Testing

@testable import PriceFeeds

@Suite("Packed streams")
struct GunzipTests {
  /// Made by zlib 1.3 at levels 9, 9 with fixed codes, 0, and 9 in two members.
  private static let samples: [String: String] = [
    "dynamic": """
    H4sIAAAAAAACA4XazYqdRRSF4bnXkkitterXofECBHXiLJgmBiSBVgfevaADv7LgLcggsEe96Zc++zn17tf3rx9f\
    vn95/fTlww9/vH/94823n3777eXDuy+///vfT58/vvvz9fXl8y9/feXi/lblbdGPpXzzz7+f35Sv3d789MN3/039\
    mOqY5jH1Ma2PaY5pe0zrMe2PaTum4zHtx3Q+puOYrsd0/n+q8piuY/rclY5laVvWsS09t6VjXXquS8e+9NyXjoXp\
    uTAdG9NzYzpWpufKdOxMz53pWJqfS9OxNT+35mNrfm7Nx9a8/Y4dW/Nzaz625ufWfGzNz6352JqfW/OxNT+35vM3\
    bfu5J6blhW2lcFzCumLMK8G+UjGwNCwsHRPLwMYysbEsbKwWbKwKG6vGxmqwsVqxsdqwsdqxsTqwsTqxsbqwsVaw\
    sSZsrBkba8HGWsXGWsPGWsfG2sDG2sTG2sLGesHGuvhvmLGxHmysV2ysN2ysd2ysD2ysT2ysL2xsFGxsCBsbxsZG\
    sLFRsbHRsLHRsbExsLExsbGxsLFZsLEpbGwaG5vBxmbFxmbDxmbHxubAxubExubCxlbBxpawsWX+qBhsbFVsbDVs\
    bHVsbA1sbE1sbC3+rFgKf1gs4k+LxfxxsQQ7U6kYmkrD0lQ6pqYysDWVibGpLKxN55mw5abzTth603ko7DfZeSls\
    xek8FbbkdN4KW3M6j4UtOp3XQtl//onZ6bwXtu50HgxbeDovhv1KO0+G/Uw7b4b/3WmVD7XzatgvtfNs2E+1827Y\
    +zsPh72/83LY+ztPh72/83bY+zuPh72/83rY+zvPh72/837Y+zsPiL2/84LY+ztPiL2/84bY+6sXE6msIqrsIqos\
    I6psI6qsI6rsI6osJKpsJKoXJWkXJmkXJ2kXKGkXKWk3KrlYSbtgSbtoSbtwSWMvUWcwUWcxUWcyUWczUWc0UWc1\
    UWc2UWc3UWc4UWc50WA60WA70WA80WA90WA+0WA/0WBA0WBB0WBC0WBD0WRE0WRF0WRG0WRH0WRI0WwXrWRK0WRL\
    0WRM0WRN0WJO0WJP0WJQ0WJR0WJS0WJT0WJU0WJV0WJW0WJXcWFYcWFZcWFacWFbcWFccWFdcWFecWFfcWFgcWFh\
    sZhYLDYWi5HFYmWxmFksdharX74wYGmxmFosthabscVmbbGZW2z2FpvBxWZxsZlcbDYXm9HFZnVxmF0cdheH4cVh\
    eXGYXhy2F4fxxWF9cZhfHPYXV/YXV/YXV/YXV/YXV/YXV/YXV/YX13H5zo79xZX9xY39xY39xY39xY39xY39xY39\
    xY39xY39xY39xY39xZ39xZ39xZ39xZ39xZ39xZ39xZ39xZ39xZ39xZ39xYP9xYP9xYP9xYP9xYP9xYP9xYP9xYP9\
    xWNevjZfl+/N2V88L69SJvuLJ/uLJ/uLJ/uLJ/uLJ/uLJ/uLJ/uLF/uLF/uLF/uLF/uLF/uLF/uLF/uLF/uLF/uL\
    F/tLCvtLCvtLCvtLCvtLCvtLCvtLCvtLCvtLCvtLyuXlim5PVy5vV3R5vKLL6xVdnq/o8n5Flwcsurxg0eUJi9hf\
    YvaXmP0lZn+J2V9i9peY/SVmf4nZX2L2l5j9JWF/SdhfEvaXhP0lYX9J2F8S9peE/SVhf0nYX1LZX1J1eT3G/pLK\
    /pLK/pLK/pLK/pLK/pLK/pLK/pLG/pLG/pLG/pLG/pLG/pLG/pLG/pLG/pLG/pLG/pLO/pLO/pLO/pLO/pLO/pLO\
    /pLO/pLO/pLO/pLO/pLB/pLB/pLhywNO9pcM9pcM9pcM9pcM9pcM9pcM9pdM9pdM9pdM9pdM9pdM9pdM9pdM9pdM\
    9pdM9pdM9pcs9pcs9pcs9pcs9pcs9pcs9pcs9pcs9pcs9pf8d3/8DW9f8UC/MQAA
    """,
    "fixed": """
    H4sIAAAAAAACA3POSCxKTw1ILcrMTwkuSSwq0XHKzMlJTXHOLy7hMjIwMtM1NNA1MNQx1DPlAgBrWJ9jLAAAAA==
    """,
    "stored": """
    H4sIAAAAAAAEAwEsANP/Q2hhcmdlUGVyaW9kU3RhcnQsQmlsbGVkQ29zdAoyMDI2LTEwLTAxLDEuNQprWJ9jLAAA\
    AA==
    """,
    "two": """
    H4sIAAAAAAACA3POSCxKTw1ILcrMTwkuSSwq0XHKBABd1vqsFAAAAB+LCAAAAAAAAgPLyUlNcc4vLuEyMjAy0zU0\
    0DUw1DHUM+UCAP8lSEMYAAAA
    """,
  ]
  private static let small = "ChargePeriodStart,BilledCost\n2026-10-01,1.5\n"

  private func packed(_ name: String) throws -> [UInt8] {
    try [UInt8](#require(Data(base64Encoded: Self.samples[name] ?? "")))
  }

  private func unpacked(_ bytes: [UInt8], piece: Int = 1 << 20) throws -> [UInt8] {
    try Gunzip.unpacking(ByteSource(name: "b.gz", bytes: bytes, piece: piece)).rest()
  }

  @Test("every kind of block, in pieces of any size, and members one after the other")
  func blocks() throws {
    for name in ["fixed", "stored", "two"] {
      for piece in [1, 7, 4096] {
        let bytes = try unpacked(packed(name), piece: piece)
        #expect(String(decoding: bytes, as: UTF8.self) == Self.small, "\(name)")
      }
    }
    let text = String(decoding: try unpacked(packed("dynamic")), as: UTF8.self)
    #expect(text.hasSuffix("2026-10-08T00:00:00Z,399.25,USD\n"))
    #expect(text.count == 45 + (0..<400).reduce(0) { $0 + 29 + "\($1)".count })
  }

  @Test("a stream cut off anywhere, or with a bit turned, is found out")
  func damaged() throws {
    let bytes = try packed("dynamic")
    for length in stride(from: 3, to: bytes.count, by: 7) {
      #expect(throws: Fault.self) { try unpacked(Array(bytes.prefix(length))) }
    }
    for place in stride(from: 30, to: bytes.count, by: 11) {
      var broken = bytes
      broken[place] ^= 16
      #expect(throws: Fault.self) { try unpacked(broken) }
    }
  }
}
