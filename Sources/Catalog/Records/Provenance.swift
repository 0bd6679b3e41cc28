import Quantities

/// How good the evidence for a figure is.
public enum EvidenceGrade: String, CaseIterable, Comparable, Sendable {
  /// Measured by the user.
  case a = "A"
  /// A published measurement.
  case b = "B"
  /// A vendor's price list, or a vendor's or analyst's figure.
  case c = "C"
  /// An estimate, derived, or recalled without a source at hand.
  case d = "D"

  /// Orders by strength: A is the smallest, so that the weakest of several is their `max()`.
  public static func < (left: EvidenceGrade, right: EvidenceGrade) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Where a figure comes from: its source, the day it was true, and how good the evidence is.
public struct Provenance: Hashable, Sendable {
  /// One or several addresses separated by ` ; `, or `recalled (unverified)`.
  public var source: String
  /// ISO date, perhaps of reduced precision (`2026-07`, `2026`); empty when unknown.
  public var asOf: String
  public var grade: EvidenceGrade
  /// Why, what it stands for, what conflicts.
  public var note: String

  public init(source: String, asOf: String, grade: EvidenceGrade, note: String = "") {
    self.source = source
    self.asOf = asOf
    self.grade = grade
    self.note = note
  }
}

/// A figure known as a low, a typical and a high value, any of which may be unknown.
public struct Interval: Hashable, Sendable {
  public var low: Double?
  public var typical: Double?
  public var high: Double?

  public init(low: Double?, typical: Double?, high: Double?) {
    self.low = low
    self.typical = typical
    self.high = high
  }

  /// The typical value, else the middle of low and high, else whichever is known.
  public var central: Double? {
    if let typical { return typical }
    if let low, let high { return (low + high) / 2 }
    return low ?? high
  }

  /// Low, or the nearest known value above it.
  public var lower: Double? { low ?? typical ?? high }

  /// High, or the nearest known value below it.
  public var upper: Double? { high ?? typical ?? low }
}
