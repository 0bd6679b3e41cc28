/// How well speed on few chips tells the speed on many.
public struct ScatterOverChips: Hashable, Sendable {
  /// Root mean square of the change of ln(measured / predicted) from one number of chips to another.
  public let deviation: Double
  /// Pairs of rows it is over.
  public let pairs: Int
}

extension ValidationReport {
  /// How far the model's error changes with the number of chips: over every pair of published steps
  /// of one model on one machine from one source, at one length of sequence, whose chips differ. That
  /// is what a benchmark on some of the chips leaves unknown. Nil without such a pair.
  public var scatterOverChips: ScatterOverChips? {
    struct Subject: Hashable {
      var model: String
      var accelerator: String
      var family: String
      var sequenceLength: Double?
    }
    var groups: [Subject: [(chips: Double, error: Double)]] = [:]
    for row in scored where row.run.kind == .step {
      guard let measured = row.measured, let predicted = row.predicted,
        let chips = row.run.number("chips")
      else { continue }
      let subject = Subject(
        model: row.run.model, accelerator: row.run.accelerator, family: row.run.family,
        sequenceLength: row.run.number("seq_len"))
      groups[subject, default: []].append((chips, Elementary.ln(measured / predicted.p50)))
    }
    var (sum, pairs) = (0.0, 0)
    // The order of a dictionary is another in every process, and sums of rounded numbers with it.
    let ordered = groups.values.sorted { ($0[0].error, $0.count) < ($1[0].error, $1.count) }
    for rows in ordered {
      for (index, first) in rows.enumerated() {
        for second in rows[(index + 1)...] where second.chips != first.chips {
          sum += (first.error - second.error) * (first.error - second.error)
          pairs += 1
        }
      }
    }
    guard pairs > 0 else { return nil }
    return ScatterOverChips(deviation: (sum / Double(pairs)).squareRoot(), pairs: pairs)
  }

  /// That of the built-in published runs.
  public static let builtInScatter = builtIn.scatterOverChips
}
