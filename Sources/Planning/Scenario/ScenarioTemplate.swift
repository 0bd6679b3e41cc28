import Catalog

/// A scenario file with every field, each commented with what it is and its default.
public enum ScenarioTemplate {
  /// The file's text; reading it gives the default scenario with a budget of 50 million dollars.
  public static func text(_ catalog: Catalog) throws -> String {
    let scenario = Scenario(
      budgetDollars: 50e6, start: try .init(parsing: catalog.asOf))
    var text = """
      # A scenario for plan: what is asked, as a file.
      #
      #   plan --scenario THIS-FILE          the ranked plan; options on the line override it
      #   plan dashboard THIS-FILE           the same on a live screen
      #
      # Lines that begin with # are comments; take the # away to set a field. What stands there is the
      # default, or an example where there is none. Amounts: "50M"; counts: "15T"; lengths of time:
      # "90d", "12w", "6mo"; dates: 2026-11-23; fractions: 0.1 or "10%".

      budget = "50M"

      """
    for section in ScenarioField.Section.allCases {
      text += "\n[\(section.rawValue)]\n"
      for field in ScenarioField.all where field.section == section && field.key != "budget" {
        let shown = field.show(scenario).map(quoted) ?? "\"\(field.valueName)\""
        text += "# \(field.help)\n# \(field.key) = \(shown)\n"
      }
    }
    return text + """

      # Claims to take for true, by id (plan catalog claims): true, or a factor; above 1 on output,
      # below 1 on cost.
      [claims]
      # apple-trn2-pretrain = 1.5

      # Ranges of what is not known for sure, in place of the catalogue's: low and high are the ends of
      # an interval that holds with the confidence, 0.8 when not given.
      [uncertain]
      # \(InputDeclaration.experiments.name) = { low = 1.3, high = 2.0, confidence = 0.8 }

      # What the servers do after the run; years and share are owning's life and utilisation.
      [use_after]
      # years = 4
      # share = 0.6
      # worth = 2.5

      # Offers in your hands, one table each; they stand first in their class, at your price. Rent takes
      # price (US dollars a chip-hour), servers server_price.
      # [[quote]]
      # name = "nimbus-b300"
      # provider = "nimbus"
      # accelerator = "b300"
      # price = 5.10
      # chips_least = 256
      # chips_most = 1024
      # term = "6mo"
      # prepayment = 0.2
      # start = 2027-03-01
      # in_hand = true

      # Limits on figures of the answer: the plan is printed all the same, a broken one is named, and the
      # exit status is 3.
      [require]
      # cash_p80_usd = { most = "45M" }
      # end = { latest = 2027-12-31 }

      """
  }

  /// A text as TOML writes it.
  private static func quoted(_ text: String) -> String {
    Double(text) != nil || text == "true" || text == "false" ? text : "\"\(text)\""
  }
}

/// Worked examples that come with the program.
public enum ScenarioExamples {
  public static let names = EmbeddedTables.files.map { String($0.name.dropLast(5)) }

  /// The file of an example, or nil.
  public static func text(_ name: String) -> String? {
    EmbeddedTables.files.first { $0.name == "\(name).toml" }?.text
  }
}
