import Catalog
import Quantities

/// The layouts of bills and usage records that a run's spend is read from.
public enum BillFormat: String, CaseIterable, Sendable {
  /// FOCUS 1.0 to 1.3: exports of AWS, Google Cloud and Azure, and this program's own forecast.
  case focus
  /// AWS Cost and Usage Report, 2.0 or the legacy one.
  case awsCUR = "aws-cur"
  /// Google Cloud billing, a CSV of the export to BigQuery.
  case gcpBilling = "gcp-billing"
  /// `sacct --parsable2` of Slurm.
  case sacct

  /// In words.
  public var title: String {
    switch self {
    case .focus: "FOCUS"
    case .awsCUR: "an AWS Cost and Usage Report"
    case .gcpBilling: "a Google Cloud billing export"
    case .sacct: "Slurm's sacct"
    }
  }

  /// What the header of a bill, in lower case, says it is; nil when it is none.
  static func of(header: String) -> BillFormat? {
    let names = Set(
      header.split(whereSeparator: { ",|".contains($0) }).map { BillColumns.plain(String($0)) })
    if names.contains("billedcost") || names.contains("chargeperiodstart") { return .focus }
    if names.contains(where: { $0.hasPrefix("line_item_") }) { return .awsCUR }
    if names.contains("usage_start_time") && names.contains("cost") { return .gcpBilling }
    return names.contains("jobid") && names.contains("start") ? .sacct : nil
  }

  /// Whether a file is a bill, from its front, which stays unread.
  ///
  /// - Throws: `Fault` where it is one in a form that can't be read, with the command that converts it.
  public static func recognise(_ source: ByteSource) throws -> BillFormat? {
    var front = try source.peek(1 << 16)
    if front.starts(with: Array("PAR1".utf8)) {
      let name = Magnitude.printable(source.name)
      throw Fault(
        file: source.name, line: 1,
        message:
          "is Parquet; convert it: duckdb -c \"COPY (SELECT * FROM '\(name)') TO 'bill.csv' (HEADER)\""
      )
    }
    if front.starts(with: [0xFF, 0xFE]) || front.starts(with: [0xFE, 0xFF]) {
      throw Fault(
        file: source.name, line: 1,
        message: "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE")
    }
    if front.starts(with: [0x50, 0x4B, 3, 4]) {
      throw Fault(
        file: source.name, line: 1,
        message: "is a zip archive; unpack it: unzip -p FILE | plan track - --plan PLAN")
    }
    if front.starts(with: [0xEF, 0xBB, 0xBF]) { front.removeFirst(3) }
    let line = front.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return of(header: String(decoding: line, as: UTF8.self))
  }
}

/// The columns of a bill by their names as every layout would write them: lower case, with `_`.
struct BillColumns {
  let width: Int
  private let names: [String: Int]
  /// As the file writes them.
  let written: [String]

  /// `lineItem/UsageStartDate` and `line_item_usage_start_date` are one name, as are
  /// `service.description` and `service_description`.
  static func plain(_ name: String) -> String {
    var out = ""
    var wasLower = false
    let isCamel = name.contains("/") || name.contains(":")
    for character in name where character != "\"" && character != "\u{FEFF}" {
      if "/. :-".contains(character) {
        out.append("_")
        wasLower = false
      } else {
        if isCamel && character.isUppercase && wasLower { out.append("_") }
        out.append(Character(character.lowercased()))
        wasLower = character.isLowercase
      }
    }
    return out
  }

  init(_ header: [String]) {
    written = header
    width = header.count
    names = Dictionary(
      header.enumerated().map { (Self.plain($0.element), $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  subscript(_ name: String) -> Int? { names[Self.plain(name)] }

  /// The first of some names that the file has.
  func first(_ candidates: String...) -> Int? {
    candidates.lazy.compactMap { names[$0] }.first
  }

  /// Its names, in the file's order.
  var all: [String] { written.map(Self.plain) }
}
