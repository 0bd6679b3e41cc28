import Planning

/// The tables that a plan makes as CSV: one row an option, or what has more rows than options.
public enum PlanTableName: String, CaseIterable, Sendable {
  /// One row an option.
  case options
  /// One row a phase of an option's calendar at the median.
  case phases
  /// One row a day and term of an option's payments at the median; they sum to its breakdown.
  case payments
  /// One row a figure of the answer.
  case answer

  /// The table as CSV.
  public func csv(_ plan: Plan) -> String {
    switch self {
    case .options: PlanCSV(plan).text
    case .phases: rows(plan, "phases", ["name", "start", "end"])
    case .payments: rows(plan, "payments", ["date", "term", "usd"])
    case .answer: answer(plan)
    }
  }

  /// A list of objects that each option has, an option's rows one below the other.
  private func rows(_ plan: Plan, _ key: String, _ columns: [String]) -> String {
    var writer = CSVWriter(header: ["option"] + columns)
    for assessment in plan.assessments where assessment.outcome != nil {
      guard case .array(let items)? = PlanDocument.option(assessment)[[key]] else { continue }
      for item in items {
        writer.append([.string(assessment.id)] + columns.map { item[[$0]] ?? .null })
      }
    }
    return writer.text
  }

  /// The answer's leaves by their path of keys.
  private func answer(_ plan: Plan) -> String {
    var writer = CSVWriter(header: ["figure", "value"])
    for (path, value) in PlanDocument(plan).answer.leaves {
      writer.append([.string(path), value])
    }
    return writer.text
  }
}

extension JSONValue {
  /// Everything in it that is no object or list, by its path: `routes[0].chance_best`.
  var leaves: [(path: String, value: JSONValue)] {
    switch self {
    case .object(let members):
      members.flatMap { member in
        member.value.leaves.map { leaf in
          let separator = leaf.path.isEmpty || leaf.path.hasPrefix("[") ? "" : "."
          return (member.key + separator + leaf.path, leaf.value)
        }
      }
    case .array(let items):
      items.enumerated().flatMap { place, item in
        item.leaves.map { leaf in
          let separator = leaf.path.isEmpty || leaf.path.hasPrefix("[") ? "" : "."
          return ("[\(place)]" + separator + leaf.path, leaf.value)
        }
      }
    default: [("", self)]
    }
  }
}
