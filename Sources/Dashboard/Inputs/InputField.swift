import Catalog
import Planning
import Quantities

/// One input of the scenario as the dashboard shows and changes it.
///
/// The texts are what a person types; reading what `text` gave leaves the scenario as it was.
public struct InputField: Sendable {
  /// How it is edited.
  enum Kind: Sendable {
    /// A line of text: a number with a unit, a date, a length of time, a name.
    case text
    /// One of two.
    case flag
    /// Some of a list, each ticked or not; the standard ones are meant where none are named.
    case some(of: [String], standard: Set<String>)
  }

  /// Its name on the command line: `sequence-length`.
  let name: String
  let label: String
  /// What its numbers count; empty where the value says so itself.
  let unit: String
  /// The part of the pane it stands under.
  let group: String
  /// What it is, in one line.
  let help: String
  /// What can be typed, with examples.
  let hint: String
  let kind: Kind
  /// Words that can complete what is typed.
  let completions: [String]
  /// The value as text that `read` takes.
  let text: @Sendable (Scenario) -> String
  /// The value as the pane shows it.
  let shown: @Sendable (Scenario) -> String
  /// Changes the scenario to a typed value.
  let read: @Sendable (String, inout Scenario) throws -> Void
  /// Changes the scenario by so many steps; nil where the value can't be stepped.
  let nudge: (@Sendable (Int, inout Scenario) -> Void)?
  /// What a list says of its values, where the value alone says too little.
  var choiceLabels: [String: String] = [:]
}

extension InputField {
  /// Whether it is a list of which none may be ticked.
  var isNothingStandard: Bool {
    if case .some(of: _, let standard) = kind { return standard.isEmpty }
    return false
  }
}

/// Why a typed value can't be taken, as a sentence.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// What the inputs can be chosen from, as the catalogue and the program know it.
public struct InputChoices: Sendable {
  /// What the texts of inputs are read with.
  public var catalog: Catalog
  /// The day it is; nil where no start is too early.
  public var today: CalendarDate?
  /// Reads a file that an input names.
  public var readFile: @Sendable (String) throws -> [UInt8]
  /// Names of models that can be asked for.
  public var models: [String]
  public var regions: [String]
  public var providers: [String]
  /// Places with a tariff, for servers of one's own.
  public var places: [String]

  public init(
    catalog: Catalog, models: [String], regions: [String], providers: [String], places: [String],
    readFile: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.catalog = catalog
    self.models = models
    self.regions = regions
    self.providers = providers
    self.places = places
    self.readFile = readFile
  }

  /// The choices that a catalogue leaves.
  public init(
    catalog: Catalog, models: [String], readFile: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    let tariffs = catalog.ownership.filter {
      $0.parameter == "electricity_price" && $0.unit == "usd_per_kwh"
    }
    self.init(
      catalog: catalog, models: models,
      regions: Set(catalog.offers.map(\.region)).subtracting([""]).sorted(),
      providers: Set(catalog.offers.map(\.provider)).union(["own"]).sorted(),
      places: tariffs.map(\.scope), readFile: readFile)
  }
}
