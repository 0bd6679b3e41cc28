import Catalog
import RealModule
import Uncertainty

/// Many worlds in flat storage: for each uncertain input a column of factors on its median, a row a
/// world. The first column is all ones, for what is certain.
struct Worlds: Sendable {
  private(set) var count: Int
  private(set) var columns: [Double]
  /// Names by column, the first for what is certain.
  private(set) var names: [String] = [""]
  private var places: [String: Int] = [:]

  /// - Parameter draws: values of the inputs, in order.
  init(_ inputs: [PlanInput], draws: Draws, residualIsCurve: Bool) {
    self.init(inputs, count: draws.count, residualIsCurve: residualIsCurve) { draws[$0] }
  }

  /// One world, of given values of the inputs.
  init(_ inputs: [PlanInput], values: [Double], residualIsCurve: Bool) {
    self.init(inputs, count: 1, residualIsCurve: residualIsCurve) { values[$0..<$0 + 1] }
  }

  private init(
    _ inputs: [PlanInput], count: Int, residualIsCurve: Bool,
    column: (Int) -> ArraySlice<Double>
  ) {
    self.count = count
    columns = [Double](repeating: 1, count: count)
    columns.reserveCapacity((inputs.count * 2 + 1) * count)
    for (index, input) in inputs.enumerated() {
      let median = input.median
      if input.name == InputNames.residualValue, residualIsCurve {
        // A curve of values is bent: its rate of decay is the logarithm's of what is left; a server
        // is never worth more than it cost.
        let usual: Double = .log(median)
        columns += column(index).lazy.map { max(0, .log(max($0, 1e-6)) / usual) }
      } else if input.name == InputNames.loss {
        columns += column(index)
      } else {
        columns += column(index).lazy.map { $0 / median }
      }
      places[input.name] = names.count
      names.append(input.name)
    }
  }

  /// The column of an input; that of ones when it is certain.
  func column(_ name: String) -> Int { places[name] ?? 0 }

  /// The factors of an input in all worlds; nil when it is certain.
  func values(of name: String) -> ArraySlice<Double>? {
    places[name].map { columns[$0 * count..<($0 + 1) * count] }
  }

  /// These worlds and others after them, of the same inputs.
  static func joined(_ parts: [Worlds]) -> Worlds? {
    guard var whole = parts.first, parts.count > 1 else { return parts.first }
    let count = parts.reduce(0) { $0 + $1.count }
    var columns: [Double] = []
    columns.reserveCapacity(whole.names.count * count)
    for column in whole.names.indices {
      for part in parts {
        columns += part.columns[column * part.count..<(column + 1) * part.count]
      }
    }
    whole = Worlds(whole, count: count, columns: columns)
    return whole
  }

  private init(_ other: Worlds, count: Int, columns: [Double]) {
    self = other
    self.count = count
    self.columns = columns
  }
}

/// Which columns of the worlds one option's factors stand in.
struct WorldColumns: Hashable, Sendable {
  private var columns = PerInput(repeating: 0)
  private var goodput: Int
  /// No goodput is above 1.
  private let mostGoodput: Double
  private let isOwned: Bool

  /// - Parameter goodput: of the option, at the median.
  init(_ inputs: OptionInputs, isOwned: Bool, goodput: Double, in worlds: Worlds) {
    self.isOwned = isOwned
    mostGoodput = 1 / goodput
    self.goodput = worlds.column(inputs.goodput)
    let names = inputs.names
    columns.slowness = worlds.column(names.slowness)
    columns.price = worlds.column(names.price)
    columns.experiments = worlds.column(names.experiments)
    columns.porting = worlds.column(names.porting)
    columns.queueWait = worlds.column(names.queueWait)
    columns.server = worlds.column(names.server)
    columns.residual = worlds.column(names.residual)
    columns.electricity = worlds.column(names.electricity)
    columns.colocation = worlds.column(names.colocation)
    columns.staff = worlds.column(names.staff)
    columns.maintenance = worlds.column(names.maintenance)
    columns.leadTime = worlds.column(names.leadTime)
    columns.installation = worlds.column(names.installation)
    columns.burnIn = worlds.column(names.burnIn)
  }

  /// Whether the wait before the run is the same in every world.
  var hasCertainLead: Bool {
    columns.porting + columns.leadTime + columns.installation + columns.burnIn == 0
  }

  /// One world as an option sees it.
  @inline(__always)
  func world(_ index: Int, of count: Int, _ base: UnsafePointer<Double>) -> World {
    func at(_ column: Int) -> Double { base[column * count + index] }
    var world = World(repeating: 1)
    world.slowness = 1 / (at(columns.slowness) * min(at(goodput), mostGoodput))
    world.experiments = at(columns.experiments)
    world.porting = at(columns.porting)
    world.price = at(columns.price)
    world.queueWait = at(columns.queueWait)
    guard isOwned else { return world }
    world.server = at(columns.server)
    world.residual = at(columns.residual)
    world.electricity = at(columns.electricity)
    world.colocation = at(columns.colocation)
    world.staff = at(columns.staff)
    world.maintenance = at(columns.maintenance)
    world.leadTime = at(columns.leadTime)
    world.installation = at(columns.installation)
    world.burnIn = at(columns.burnIn)
    return world
  }
}
