import Quantities

/// What a shape should be read with.
extension TransformerArchitecture {
  /// Sentences on sequences longer than the model can take, and on parts that the figures leave out.
  ///
  /// - Parameter sequenceLength: tokens per sequence of the training run.
  public func warnings(sequenceLength: Int) -> [String] {
    var warnings: [String] = []
    let length = Decimals.grouped(Double(sequenceLength))
    // OPT's table has two rows that stand for no position.
    let table =
      learnedPositions > 0 ? min(learnedPositions, maximumPositions ?? learnedPositions) : 0
    if table > 0, sequenceLength > table {
      warnings.append(
        "the model's table of positions ends at \(Decimals.grouped(Double(table))): sequences of "
          + "\(length) tokens need a longer one")
    } else if table == 0, let most = maximumPositions, sequenceLength > most {
      warnings.append(
        "the configuration allows \(Decimals.grouped(Double(most))) positions "
          + "(max_position_embeddings): sequences of \(length) tokens are beyond what it was made for"
      )
    }
    for part in partsLeftOut {
      let size = part.parameters.map { "\(Count.short(Double($0))) parameters" }
      warnings.append(
        "the \(part.name) (\(size ?? "its size is not known here")) is left out: figures are of the "
          + "language part")
    }
    return warnings
  }
}
