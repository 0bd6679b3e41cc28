import Catalog
import Quantities

extension ScenarioQuote {
  /// A quote from the texts of its table.
  ///
  /// - Parameter cells: by key, with the line of each.
  /// - Returns: nil with faults where it can't be read.
  static func read(
    _ cells: [String: (text: String, line: Int)], number: Int, path: String, line: Int,
    into faults: inout [Fault]
  ) -> ScenarioQuote? {
    let before = faults.count
    func fault(_ key: String, _ message: String) {
      faults.append(
        Fault(file: path, line: cells[key]?.line ?? line, column: "quote.\(key)", message: message))
    }
    func value<Value>(_ key: String, _ read: (String) throws -> Value) -> Value? {
      guard let cell = cells[key] else { return nil }
      do { return try read(cell.text) } catch {
        fault(key, "\(error)")
        return nil
      }
    }
    func share(_ key: String) -> Double? {
      value(key) { text in
        guard let number = Double(text), number >= 0, number <= 1 else {
          throw QuantityError("must be a share from 0 to 1, such as 0.2")
        }
        return number
      }
    }
    func count(_ key: String) -> Int? {
      value(key) { text in
        let number = try Count.parse(text, as: "a number of chips")
        guard number == number.rounded(), number <= 1e7 else {
          throw QuantityError("must be a whole number up to ten million")
        }
        return Int(number)
      }
    }
    func dollars(_ key: String, _ range: ClosedRange<Double>, _ what: String) -> Double? {
      value(key) { text in
        let amount = try Money(parsing: text).dollars
        guard range.contains(amount) else {
          throw QuantityError(
            "must be \(what), \(Decimals.shortest(range.lowerBound)) to "
              + "\(Decimals.grouped(range.upperBound)) US dollars")
        }
        return amount
      }
    }
    for key in cells.keys.sorted() where !keys.contains(key) {
      let near = NearMiss.closest(to: key, among: keys).map { "; did you mean \($0)?" }
      fault(key, "is no key of a quote" + (near ?? " (\(keys.joined(separator: ", ")))"))
    }
    let chips = count("chips")
    var quote = ScenarioQuote(
      name: cells["name"]?.text ?? "\(number)", provider: cells["provider"]?.text ?? "",
      accelerator: cells["accelerator"]?.text ?? "",
      dollarsPerChipHour: dollars("price", 0.001...1000, "the price of a chip-hour"),
      dollarsPerServer: dollars("server_price", 1000...1e8, "the price of a server"),
      chipsPerServer: count("chips_per_server"), chipsLeast: count("chips_least") ?? chips,
      chipsMost: count("chips_most") ?? chips, termHours: nil, prepayment: share("prepayment"),
      takeOrPay: share("take_or_pay"), refund: share("refund"),
      discountOnList: share("discount_on_list"),
      start: value("start") { try CalendarDate(parsing: $0) },
      leadWeeks: nil, region: cells["region"]?.text ?? "any", isInHand: false,
      origin: .file(path: path, line: line))
    quote.termHours = value("term") { try TimeSpan(parsing: $0).days * 24 }
    quote.leadWeeks = value("lead_weeks") { text in
      guard let weeks = Double(text), weeks >= 0, weeks <= 520 else {
        throw QuantityError("must be weeks from 0 to 520")
      }
      return weeks
    }
    quote.isInHand =
      value("in_hand") { text in
        guard ["true", "false"].contains(text) else { throw QuantityError("must be true or false") }
        return text == "true"
      } ?? false
    if quote.accelerator.isEmpty { fault("accelerator", "is missing: the id of the chip") }
    if (quote.dollarsPerChipHour == nil) == (quote.dollarsPerServer == nil),
      cells["price"] == nil || cells["server_price"] != nil
    {
      fault("price", "give price (US dollars a chip-hour) or server_price (US dollars a server)")
    }
    if quote.dollarsPerServer == nil, quote.provider.isEmpty {
      fault("provider", "is missing: who sells it")
    }
    for key in ["name", "provider", "region"]
    where cells[key]?.text.contains(where: { "/,".contains($0) || $0.isNewline }) == true {
      fault(key, "can't have a slash, a comma or a line end")
    }
    if let least = quote.chipsLeast, let most = quote.chipsMost, least > most {
      fault("chips_least", "must not be more than chips_most")
    }
    return faults.count == before ? quote : nil
  }

  /// As a table of a scenario file.
  public var text: String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    var lines = ["[[quote]]", "name = \(quoted(name))"]
    if !provider.isEmpty { lines.append("provider = \(quoted(provider))") }
    lines.append("accelerator = \(quoted(accelerator))")
    let numbers: [(String, Double?)] = [
      ("price", dollarsPerChipHour), ("server_price", dollarsPerServer),
      ("chips_per_server", chipsPerServer.map(Double.init)),
      ("chips_least", chipsLeast.map(Double.init)), ("chips_most", chipsMost.map(Double.init)),
      ("prepayment", prepayment), ("take_or_pay", takeOrPay), ("refund", refund),
      ("discount_on_list", discountOnList), ("lead_weeks", leadWeeks),
    ]
    lines += numbers.compactMap { key, value in
      value.map { "\(key) = \(Decimals.shortest($0))" }
    }
    if let termHours { lines.append("term = \"\(Decimals.shortest(termHours / 24))d\"") }
    if let start { lines.append("start = \(start.iso)") }
    if region != "any" { lines.append("region = \(quoted(region))") }
    if isInHand { lines.append("in_hand = true") }
    return lines.joined(separator: "\n")
  }
}
