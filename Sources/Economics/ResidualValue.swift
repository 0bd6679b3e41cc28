import Catalog

/// What fraction of its purchase price hardware still fetches, by age.
///
/// Between the ages with a figure the fraction falls geometrically (the logarithm is interpolated
/// linearly, from 1 at age 0), and past the last one it goes on falling at the last year's rate.
public struct ResidualValue: Hashable, Sendable {
  /// The fraction at one age.
  public struct Point: Hashable, Sendable {
    public var years: Double
    public var low: Double
    public var typical: Double
    public var high: Double

    public init(years: Double, low: Double, typical: Double, high: Double) {
      self.years = years
      self.low = low
      self.typical = typical
      self.high = high
    }
  }

  /// Ascending by age, every fraction above 0.
  public var points: [Point]
  /// Ids of the rows it was read from.
  public var sourceIDs: [String]

  public init(points: [Point], sourceIDs: [String] = []) {
    self.points = points
    self.sourceIDs = sourceIDs
  }

  /// Declining by a number of orders of magnitude a year; 0.14 for accelerators (Cottier et al.,
  /// arXiv 2405.21015): a factor 0.7244 a year.
  public init(ordersOfMagnitudePerYear: Double, sourceIDs: [String] = []) {
    let fraction = Elementary.pow(10, -ordersOfMagnitudePerYear)
    let point = Point(years: 1, low: fraction, typical: fraction, high: fraction)
    self.init(points: [point], sourceIDs: sourceIDs)
  }

  /// Score of the tenth and ninetieth percentile of a standard normal.
  static let tenthPercentileScore = 1.2815515655

  /// The fraction left at an age, at most 1.
  ///
  /// - Parameters:
  ///   - ageYears: years since delivery.
  ///   - score: standard normal score of the world: 0 typical, ∓1.2816 the low and the high row.
  ///     Between them the logarithm moves linearly: a lognormal with two unequal halves.
  public func fraction(ageYears: Double, score: Double = 0) -> Double {
    guard ageYears > 0, let last = points.last else { return 1 }
    var younger = Point(years: 0, low: 1, typical: 1, high: 1)
    var older = last
    for point in points {
      if point.years >= ageYears {
        older = point
        break
      }
      if point.years < last.years { younger = point }
    }
    let share = (ageYears - younger.years) / (older.years - younger.years)
    let start = Elementary.log(at(younger, score: score))
    let end = Elementary.log(at(older, score: score))
    return min(1, Elementary.exp(start + (end - start) * share))
  }

  private func at(_ point: Point, score: Double) -> Double {
    guard score != 0 else { return point.typical }
    let other = score < 0 ? point.low : point.high
    let power = abs(score) / Self.tenthPercentileScore
    return min(1, point.typical * Elementary.pow(other / point.typical, power))
  }
}

extension ResidualValue {
  /// The curve of a catalogue's rows `residual_value_year_N/SCOPE`, N from 1 to 10; nil when there
  /// is none.
  public init?(catalog: Catalog, scope: String = "h100-class") {
    var points: [Point] = []
    var sources: [String] = []
    for year in 1...10 {
      let id = "residual_value_year_\(year)/\(scope)"
      guard let row = catalog.ownership(id), let typical = row.value.central,
        let low = row.value.lower, let high = row.value.upper, low > 0
      else { continue }
      points.append(Point(years: Double(year), low: low, typical: typical, high: high))
      sources.append(id)
    }
    guard !points.isEmpty else { return nil }
    self.init(points: points, sourceIDs: sources)
  }
}
