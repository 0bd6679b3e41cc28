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

  /// - Parameters:
  ///   - draws: values of the inputs, in order.
  ///   - forms: how each of them becomes a factor.
  init(_ inputs: [PlanInput], draws: Draws, forms: [InputDeclaration.FactorForm]) {
    self.init(inputs, count: draws.count, forms: forms) { draws[$0] }
  }

  /// One world, of given values of the inputs.
  init(_ inputs: [PlanInput], values: [Double], forms: [InputDeclaration.FactorForm]) {
    self.init(inputs, count: 1, forms: forms) { values[$0..<$0 + 1] }
  }

  private init(
    _ inputs: [PlanInput], count: Int, forms: [InputDeclaration.FactorForm],
    column: (Int) -> ArraySlice<Double>
  ) {
    self.count = count
    columns = [Double](repeating: 1, count: count)
    columns.reserveCapacity((inputs.count * 2 + 1) * count)
    for (index, input) in inputs.enumerated() {
      let median = input.median
      switch forms[index] {
      case .decay:
        // A server is never worth more than it cost.
        let usual: Double = .log(median)
        columns += column(index).lazy.map { max(0, .log(max($0, 1e-6)) / usual) }
      case .asDrawn: columns += column(index)
      case .overMedian: columns += column(index).lazy.map { $0 / median }
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
  private let throughput: Int
  private let goodput: Int
  /// By raw value of `Factor`.
  private let columns: SIMD16<Int>
  /// No goodput is above 1.
  private let mostGoodput: Double
  private let isOwned: Bool
  /// Whether the wait before the run is the same in every world.
  let hasCertainLead: Bool

  /// - Parameter goodput: of the option, at the median.
  init(_ inputs: OptionInputs, isOwned: Bool, goodput: Double, in worlds: Worlds) {
    self.isOwned = isOwned
    mostGoodput = 1 / goodput
    throughput = worlds.column(inputs.throughput)
    self.goodput = worlds.column(inputs.goodput)
    var columns = SIMD16<Int>(repeating: 0)
    for factor in Factor.allCases {
      columns[factor.rawValue] = worlds.column(inputs.name(factor))
    }
    self.columns = columns
    hasCertainLead = LeadTime.factors.allSatisfy { columns[$0.rawValue] == 0 }
  }

  /// One world as an option sees it.
  @inline(__always)
  func world(_ index: Int, of count: Int, _ base: UnsafePointer<Double>) -> World {
    func at(_ column: Int) -> Double { base[column * count + index] }
    var world = World()
    world.slowness = 1 / (at(throughput) * min(at(goodput), mostGoodput))
    for lane in 0..<Factor.server.rawValue { world.lanes[lane] = at(columns[lane]) }
    guard isOwned else { return world }
    for lane in Factor.server.rawValue..<Factor.count { world.lanes[lane] = at(columns[lane]) }
    return world
  }
}
