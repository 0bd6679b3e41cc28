import Catalog
import RealModule

extension Provenance {
  /// A figure the scenario gives.
  static let yours = Provenance(source: "given in the scenario", asOf: "", grade: .a)
}

extension Interval {
  /// The typical value, else the geometric middle of the ends: the median of a lognormal whose
  /// tenth and ninetieth percentile they are.
  var geometricCentral: Double? {
    if let typical { return typical }
    guard let lower, let upper, lower > 0, upper > 0 else { return central }
    return Double.sqrt(lower * upper)
  }
}
