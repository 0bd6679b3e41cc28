import Catalog

/// A figure that went into an assessment, with where it comes from.
public struct SourcedFigure: Hashable, Sendable {
  public var figure: String
  public var value: Double
  public var unit: String
  public var provenance: Provenance

  public init(figure: String, value: Double, unit: String, provenance: Provenance) {
    self.figure = figure
    self.value = value
    self.unit = unit
    self.provenance = provenance
  }
}
