import Catalog
import Quantities

extension ScenarioField {
  // MARK: The rest of the bill

  static let overheads: [ScenarioField] = [
    ScenarioField(
      "experiments", in: .overheads, "recipe|number",
      "All computing over the final run's: known-recipe, new-recipe, frontier, none, or a number.",
      bounds: FieldBounds.experiments,
      numbers: { if case .times(let times) = $0.overheads.experiments { [times] } else { [] } }
    ) { text, scenario, context in
      scenario.overheads.experiments = try experiments(text, context.catalog)
    } show: { scenario in
      switch scenario.overheads.experiments {
      case .published(let scope): scope
      case .times(let times): times == 1 ? "none" : Decimals.shortest(times)
      }
    },
    ScenarioField(
      "stacks", in: .overheads, "list",
      "Kinds of accelerator your software already runs on: gpu, tpu, trainium."
    ) { text, scenario, _ in
      scenario.overheads.stacksInUse = try FieldText.choices(text, "kind of accelerator")
    } show: { scenario in
      scenario.overheads.stacksInUse.flatMap { FieldText.joined(Set($0.map(\.rawValue))) }
    },
    number(
      "porting_person_weeks", in: .overheads, "number",
      "Work to port to a software stack that is new.", FieldBounds.personWeeks,
      \.overheads.portingPersonWeeks),
    number(
      "prepared_tokens_per_hour", in: .overheads, "count",
      "Tokens that one 192-processor CPU instance prepares in an hour.", FieldBounds.preparedTokens,
      \.overheads.preparedTokensPerInstanceHour),
    number(
      "corpus_bytes_per_token", in: .overheads, "number", "Bytes a token takes in storage.",
      FieldBounds.corpusBytes, \.overheads.corpusBytesPerToken),
    number(
      "checkpoints_kept", in: .overheads, "number", "Full checkpoints kept over the run.",
      FieldBounds.checkpoints, \.overheads.checkpointsKept),
    number(
      "egress_gb", in: .overheads, "number",
      "GB taken out at the end; the final weights when not given.", FieldBounds.egress,
      \.overheads.egressGigabytes),
    number(
      "support", in: .overheads, "fraction", "Of the cloud bill, for a support plan.",
      FieldBounds.support,
      \.overheads.supportFraction),
    number(
      "cloud_tax", in: .overheads, "fraction", "Of the cloud bill, paid as tax on top.",
      FieldBounds.tax,
      \.overheads.cloudTaxFraction),
  ]

  private static func experiments(_ text: String, _ catalog: Catalog) throws
    -> Overheads.Experiments
  {
    if text == "none" { return .times(1) }
    let scopes = catalog.ownership.filter { $0.parameter == "development_multiplier" }.map(\.scope)
    if scopes.contains(text) { return .published(text) }
    guard text.first?.isNumber == true else {
      throw ScenarioFault(
        "experiments: “\(Magnitude.printable(text))” is none of "
          + "\((scopes + ["none"]).joined(separator: ", ")), nor a number from 1")
    }
    return .times(try FieldText.number(text, "experiments", FieldBounds.experiments))
  }

  // MARK: Renting

  static let renting: [ScenarioField] = [
    amounts(
      "discount", in: .renting, "provider=fraction",
      "Off a provider's list prices; not off Capacity Blocks and spot.", FieldBounds.discount,
      names: cloudProviders, \.renting.discounts),
    amounts(
      "promised", in: .renting, "provider=amount",
      "US dollars promised to a provider, owed also when less is spent.", FieldBounds.promised,
      names: cloudProviders, \.renting.promisedDollars),
    number(
      "idle_value", in: .renting, "fraction",
      "Of its price, what an unused hour of a commitment is worth to other work.", .fraction,
      \.renting.idleValueFraction),
    number(
      "spot_mean_hours", in: .renting, "hours",
      "Mean hours between two times that spot capacity of the whole job is taken back.",
      FieldBounds.spotMean, \.renting.spotMeanHours),
    number(
      "spot_gap_hours", in: .renting, "hours", "To get spot capacity again.", FieldBounds.gap,
      \.renting.spotGapHours),
    number(
      "queue_wait_hours", in: .renting, "hours", "A flex-start request waits in its queue.",
      FieldBounds.queueWait, \.renting.queueWaitHours),
    number(
      "gap_hours", in: .renting, "hours",
      "Without capacity between two blocks or reservations in a row.", FieldBounds.gap,
      \.renting.gapHours),
  ]

  // MARK: Owning

  static let owning: [ScenarioField] = [
    ScenarioField(
      "own_place", in: .owning, "place",
      "Where owned servers stand, for the tariff: us-iowa, us-texas, japan …"
    ) { text, scenario, context in
      let places = context.catalog.ownership.filter {
        $0.parameter == "electricity_price" && $0.unit == "usd_per_kwh"
      }.map(\.scope)
      scenario.owning.place = try FieldText.name(text, "place", places)
    } show: {
      $0.owning.place
    },
    number(
      "tariff", in: .owning, "amount", "US dollars a kWh for owned servers.", FieldBounds.tariff,
      \.owning.dollarsPerKilowattHour),
    number(
      "residual", in: .owning, "fraction",
      "Of its price, what a server is worth when the job is done.", FieldBounds.residual,
      \.owning.residualFraction),
    number(
      "use_worth", in: .owning, "number",
      "US dollars a chip-hour that other work on the machines would rent for; also use_after.worth.",
      FieldBounds.useWorth, \.owning.useWorth),
    number(
      "power_mw", in: .owning, "number", "Most power there is for own machines, MW at the hall.",
      FieldBounds.power, \.owning.powerMegawatts),
    number(
      "life", in: .owning, "years", "Hardware is kept, for the charge by usage.", FieldBounds.life,
      \.owning.lifeYears),
    number(
      "utilisation", in: .owning, "fraction",
      "Of its life, that owned hardware is expected to be busy.", FieldBounds.utilisation,
      \.owning.expectedUtilisation),
    ScenarioField(
      "charge", in: .owning, "incremental|usage",
      "How much of owned hardware the economic cost charges to the job."
    ) { text, scenario, _ in
      scenario.owning.chargesByUsage =
        try FieldText.name(text, "way to charge", ["incremental", "usage"]) == "usage"
    } show: {
      $0.owning.chargesByUsage ? "usage" : "incremental"
    },
  ]
}
