@_exported import Catalog
@_exported import Planning
@_exported import Quantities

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The planning engine for programs: prices in, answers out.
///
///     let engine = try Engine()
///     let plan = try engine.plan(budget: "50M")
///     print(plan.answer?.sign?.sentence ?? "nothing to sign")
///
/// The same prices, inputs and day give the same plan, to the digit that `plan` prints. It reads no
/// clock, no settings and no network, and may be shared between threads.
public struct Engine: Sendable {
  /// The prices, chips and claims that plans rest on.
  public let catalog: Catalog
  private let planner: Planner

  /// - Parameter folder: tables to lay over the built-in ones, as `--pricing` takes them; nil for the
  ///   built-in ones alone.
  /// - Throws: `MissingFile` when the folder can't be read, `FaultList` with every fault of its tables.
  public init(pricing folder: String? = nil) throws {
    self.init(catalog: try Catalog.load(overlay: folder))
  }

  /// An engine on a catalogue that is read already.
  public init(catalog: Catalog) {
    self.catalog = catalog
    planner = Planner(catalog: catalog)
  }

  /// The plan for a budget.
  ///
  /// - Parameters:
  ///   - budget: US dollars, `50M` or `50_000_000`: the most cash spent until the job ends.
  ///   - inputs: any other input by its key in a scenario file, as text: `["deadline": "180d"]`. A key
  ///     that is left out has its default.
  ///   - today: the day it is, ISO; nil is the day of the newest price.
  /// - Throws: `UnknownInput` for a key that is none, `QuantityError` or `ScenarioFault` for a value that
  ///   can't be meant, `MissingFile` for a `config.json` that isn't there.
  public func plan(
    budget: String, _ inputs: [String: String] = [:], today: String? = nil
  ) throws -> Plan {
    var settings = ScenarioSettings()
    settings.set("budget", to: budget, from: .edit)
    for (key, text) in inputs {
      guard ScenarioField.named(key) != nil else { throw UnknownInput(key) }
      settings.set(key, to: text, from: .edit)
    }
    return try plan(settings, today: today)
  }

  /// The plan that a scenario file asks for.
  ///
  /// - Parameters:
  ///   - scenario: the text of the file, TOML; it has to name a budget.
  ///   - name: what messages call the file.
  ///   - today: the day it is, ISO; nil is the day of the newest price.
  /// - Throws: `FaultList` with line and cure of everything wrong in the file.
  public func plan(
    scenario: String, name: String = "scenario.toml", today: String? = nil
  ) throws -> Plan {
    let settings = try ScenarioFile.read(scenario, path: name)
    guard settings.settings["budget"] != nil else {
      throw ScenarioFault("\(name): budget is missing; write budget = \"50M\"")
    }
    return try plan(settings, today: today)
  }

  private func plan(_ settings: ScenarioSettings, today: String?) throws -> Plan {
    let context = FieldContext(
      catalog: catalog, today: try today.map { try CalendarDate(parsing: $0) },
      readFile: Self.bytes(of:))
    var plan = planner.plan(try settings.scenario(context, budgetDollars: 0))
    plan.origins = settings.settings.mapValues(\.origin)
    return plan
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MissingFile(path: path, reason: "can't be read")
    }
    return [UInt8](data)
  }
}
