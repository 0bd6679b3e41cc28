import Catalog
import Quantities

/// Takes the charges of one layout.
struct ChargeReader {
  let format: BillFormat
  let filter: BillFilter
  var reading: BillReading
  private var left = LeftOutTally()
  private let day: Int
  private let cost: Int?
  private let currency: Int?
  private let credits: Int?
  private let service: Int?
  private let ownTerm: Int?
  private let accounts: [Int]
  private let skus: [Int]
  private let tags: [Int]
  private let tagColumns: [(column: Int, value: [UInt8])]
  private let rules: [(columns: [Int], rule: BillMap.Rule)]
  private let terms: Set<String>
  private let usage: SlurmUsage?
  private let spellings: [[[UInt8]]]
  private let columns: BillColumns
  private var lastDay: (bytes: [UInt8], day: CalendarDate)?
  /// Sums of the day at hand, so that the dictionary is asked once a day and not once a charge.
  private var held: (day: CalendarDate, term: String, dollars: Double)?

  init(
    _ format: BillFormat, _ columns: BillColumns, filter: BillFilter, map: BillMap?,
    terms: [String], _ scanner: RecordScanner
  ) throws {
    self.format = format
    self.filter = filter
    self.columns = columns
    self.terms = Set(terms)
    reading = BillReading(file: scanner.source.name, format: format)
    func required(_ names: String...) throws -> Int {
      for name in names { if let found = columns[name] { return found } }
      let near = NearMiss.closest(to: names[0], among: columns.written)
      throw scanner.fault(
        "the column is missing" + (near.map { "; is it \(Magnitude.printable($0))?" } ?? ""),
        column: names[0])
    }
    var usage: SlurmUsage?
    switch format {
    case .focus:
      day = try required("ChargePeriodStart")
      cost = try required(filter.isEffective ? "EffectiveCost" : "BilledCost")
      currency = columns["BillingCurrency"]
      (credits, service) = (nil, columns["ServiceName"])
      ownTerm = columns["x_CostTerm"]
      accounts = ["SubAccountId", "BillingAccountId", "SubAccountName"].compactMap { columns[$0] }
      skus = ["SkuId", "SkuPriceId", "ChargeDescription", "SkuMeter"].compactMap { columns[$0] }
      tags = ["Tags"].compactMap { columns[$0] }
    case .awsCUR:
      day = try required("line_item_usage_start_date")
      cost = try required("line_item_unblended_cost", "line_item_blended_cost")
      currency = columns["line_item_currency_code"]
      (credits, ownTerm) = (nil, nil)
      service = columns["line_item_product_code"]
      accounts = [
        "line_item_usage_account_id", "bill_payer_account_id", "line_item_usage_account_name",
      ]
      .compactMap { columns[$0] }
      skus = ["line_item_usage_type", "product_sku", "line_item_line_item_description"]
        .compactMap { columns[$0] }
      tags = ["resource_tags"].compactMap { columns[$0] }
    case .gcpBilling:
      day = try required("usage_start_time")
      cost = try required("cost")
      currency = columns["currency"]
      (credits, ownTerm) = (columns.first("credits", "credits_amount"), nil)
      service = columns.first("service_description", "service_id")
      accounts = ["project_id", "billing_account_id", "project_name"].compactMap { columns[$0] }
      skus = ["sku_id", "sku_description"].compactMap { columns[$0] }
      tags = ["labels", "project_labels", "tags", "system_labels"].compactMap { columns[$0] }
    case .sacct:
      day = try required("Start")
      (cost, currency, credits, ownTerm) = (nil, nil, nil, nil)
      service = columns.first("partition", "account")
      accounts = ["account", "user", "partition"].compactMap { columns[$0] }
      skus = ["jobname", "jobid"].compactMap { columns[$0] }
      tags = ["comment", "admincomment", "wckey"].compactMap { columns[$0] }
      usage = try SlurmUsage(columns, filter, scanner)
    }
    self.usage = usage
    tagColumns = filter.tags.map { tag in
      let key = BillColumns.plain(tag.key)
      let column = columns.first(
        "resource_tags_user_\(key)", "resource_tags_\(key)", "labels_\(key)")
      return (column ?? -1, Array(tag.value.utf8))
    }
    spellings = filter.tags.map { tag in
      [
        "\"\(tag.key)\":\"\(tag.value)\"", "\"user_\(tag.key)\":\"\(tag.value)\"",
        "\"user:\(tag.key)\":\"\(tag.value)\"", "\"key\":\"\(tag.key)\",\"value\":\"\(tag.value)\"",
        "\(tag.key)=\(tag.value)",
      ].map { Array($0.utf8) }
    }
    if !filter.tags.isEmpty, tags.isEmpty, tagColumns.contains(where: { $0.column < 0 }) {
      throw scanner.fault("has no column of tags; --tag can't be told")
    }
    var rules: [(columns: [Int], rule: BillMap.Rule)] = []
    for rule in map?.rules ?? [] {
      guard !rule.column.isEmpty else {
        rules.append(([], rule))
        continue
      }
      guard let column = columns[rule.column] else {
        let near = NearMiss.closest(to: rule.column, among: columns.written)
        throw scanner.fault(
          "the map asks for a column that the bill hasn't"
            + (near.map { "; did you mean \(Magnitude.printable($0))?" } ?? ""),
          column: Magnitude.printable(rule.column))
      }
      rules.append(([column], rule))
    }
    self.rules = rules
    reading.hasTerms = map != nil || ownTerm != nil
  }

  mutating func take(_ scanner: RecordScanner) throws {
    let date = try dayOf(scanner)
    guard let date else { return }
    var dollars = try amount(scanner)
    if let usage { dollars = try usage.dollars(scanner, columns) }
    let name = service.map { scanner.field($0) }
    if let reason = try reasonAgainst(scanner, date) {
      left.add(reason, name, dollars)
      return
    }
    if let currency {
      let code = scanner.field(currency)
      let isDollar =
        code.count == 3 && code[0] | 32 == 117 && code[1] | 32 == 115 && code[2] | 32 == 100
      if !isDollar, dollars != 0 {
        throw scanner.fault(
          "the charge is in “\(Magnitude.printable(scanner.text(currency)))”; plans are in USD: "
            + "export the bill in dollars, or filter such charges out",
          column: columns.written[currency])
      }
    }
    guard let term = try term(of: scanner) else {
      left.add("no row of the map holds it", name, dollars)
      return
    }
    guard term != "ignore" else {
      left.add("the map ignores it", name, dollars)
      return
    }
    reading.charges += 1
    reading.dollars += dollars
    if let sum = held, sum.day == date, sum.term == term {
      held = (date, term, sum.dollars + dollars)
    } else {
      close()
      held = (date, term, dollars)
    }
  }

  private mutating func close() {
    if let held { reading.days[held.day, default: [:]][held.term, default: 0] += held.dollars }
    held = nil
  }

  private mutating func dayOf(_ scanner: RecordScanner) throws -> CalendarDate? {
    let field = scanner.field(day)
    if let lastDay, field.count >= 10, lastDay.bytes.elementsEqual(field.prefix(10)) {
      return lastDay.day
    }
    if format == .sacct, scanner.text(day).hasPrefix("Unknown") || scanner.text(day) == "None" {
      left.add("not started yet", service.map { scanner.field($0) }, 0)
      return nil
    }
    guard let found = BillField.day(field) else {
      throw scanner.fault(
        "“\(Magnitude.printable(scanner.text(day)))” is no date like 2026-10-12",
        column: columns.written[day])
    }
    lastDay = (Array(field.prefix(10)), found)
    return found
  }

  private func amount(_ scanner: RecordScanner) throws -> Double {
    guard let cost else { return 0 }
    var dollars = try number(scanner, cost)
    guard let credits else { return dollars }
    let text = scanner.text(credits)
    guard text.contains("{") else {
      let isNone = text.allSatisfy { "[] ".contains($0) }
      let credited = isNone ? 0 : try number(scanner, credits)
      return dollars + credited
    }
    // Credits stand as a list of objects; each has an amount below 0.
    for piece in text.split(separator: "{") {
      guard let place = piece.firstRange(of: "\"amount\"") else { continue }
      let rest = piece[place.upperBound...].drop { ":\" ".contains($0) }
      let digits = rest.prefix { "+-.eE0123456789".contains($0) }
      guard let value = Double(digits), value.isFinite else {
        throw scanner.fault("a credit has no amount", column: columns.written[credits])
      }
      dollars += value
    }
    return dollars
  }

  private func number(_ scanner: RecordScanner, _ column: Int) throws -> Double {
    let field = scanner.field(column)
    if field.isEmpty || field.elementsEqual("NULL".utf8) || field.elementsEqual("null".utf8) {
      return 0
    }
    guard let value = BillField.number(field), abs(value) <= 1e12 else {
      throw scanner.fault(
        "“\(Magnitude.printable(scanner.text(column)))” is no amount",
        column: columns.written[column])
    }
    return value
  }

  private func reasonAgainst(_ scanner: RecordScanner, _ date: CalendarDate) throws -> String? {
    if let from = filter.from, date < from { return "before \(from.iso)" }
    if let until = filter.until, !(date < until) { return "from \(until.iso) on" }
    if !filter.accounts.isEmpty, !holds(scanner, accounts, filter.accounts, isPart: false) {
      return "of another account"
    }
    if !filter.skus.isEmpty, !holds(scanner, skus, filter.skus, isPart: true) {
      return "of another SKU"
    }
    for index in filter.tags.indices where !isTagged(scanner, index) { return "without the tag" }
    return nil
  }

  private func holds(
    _ scanner: RecordScanner, _ places: [Int], _ wanted: [String], isPart: Bool
  ) -> Bool {
    for place in places {
      let field = scanner.field(place)
      for word in wanted {
        let lower = Array(word.lowercased().utf8)
        let found = BillMap.Rule.place(of: lower, in: field, from: 0, to: field.count)
        if isPart ? found != nil : found == 0 && field.count == lower.count { return true }
      }
    }
    return false
  }

  private func isTagged(_ scanner: RecordScanner, _ index: Int) -> Bool {
    let (column, value) = tagColumns[index]
    if column >= 0 { return scanner.field(column).elementsEqual(value) }
    for place in tags {
      let text = scanner.text(place)
      let plain = Array(text.utf8.filter { $0 != 32 })
      for spelling in spellings[index] {
        let wanted = spelling.filter { $0 != 32 }
        if Self.contains(plain, wanted) { return true }
      }
    }
    return false
  }

  private static func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, text.count >= wanted.count else { return false }
    for at in 0...(text.count - wanted.count) where text[at] == first {
      if text[at..<(at + wanted.count)].elementsEqual(wanted) { return true }
    }
    return false
  }

  /// The term; "" where terms aren't told apart, nil where the map has none.
  private func term(of scanner: RecordScanner) throws -> String? {
    for (columns, rule) in rules {
      guard let column = columns.first else { return rule.term }
      if rule.matches(scanner.field(column)) { return rule.term }
    }
    guard rules.isEmpty else { return nil }
    guard let ownTerm else { return "" }
    let term = scanner.text(ownTerm)
    guard terms.contains(term) else {
      throw scanner.fault(
        "“\(Magnitude.printable(term))” is no term of a plan; --map FILE gives the terms",
        column: columns.written[ownTerm])
    }
    return term
  }

  mutating func finished(_ file: String) throws -> BillReading {
    close()
    reading.leftOut = left.rows.sorted { (abs($1.dollars), $0.name) < (abs($0.dollars), $1.name) }
    guard reading.charges > 0 else {
      let why = reading.leftOut.first.map {
        "; \($0.charges) of \(Magnitude.printable($0.name)) were left out: \($0.reason)"
      }
      throw Fault(file: file, message: "holds no charge of the run\(why ?? "")")
    }
    return reading
  }
}
