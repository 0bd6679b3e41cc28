import Catalog
import Economics
import RealModule
import Throughput
import Uncertainty

extension WorldMaker {
  /// What each input that an option depends on does to it.
  func bars(_ assessment: Assessment, _ option: OptionModel) -> [Sensitivity.Bar] {
    let relevant = relevantInputs(assessment)
    let medians = inputs.map(\.median)
    func result(_ index: Int, _ value: Double) -> OptionModel.CostAndTime {
      var values = medians
      values[index] = value
      return option.result(worldOf(assessment, values))
    }
    let indices = sobolIndices(assessment, option, relevant)
    let bars = relevant.map { index in
      let input = inputs[index]
      let (low, high) = (input.distribution.quantile(0.1), input.distribution.quantile(0.9))
      let (first, last) = (result(index, low), result(index, high))
      let share = indices?.shares.first { $0.input == input.name }
      return Sensitivity.Bar(
        input: input, values: .init(low: low, high: high),
        economic: .init(low: first.economic, high: last.economic),
        cash: .init(low: first.cash, high: last.cash),
        days: .init(low: first.totalDays, high: last.totalDays),
        firstOrder: share?.firstOrder, total: share?.total)
    }
    func width(_ bar: Sensitivity.Bar) -> Double {
      bar.economic.swing.isFinite ? bar.economic.swing.magnitude : -1
    }
    // Swift's sort keeps the order of equals.
    return bars.sorted { width($0) > width($1) }
  }

  /// One world as an option sees it, from the values of all inputs.
  private func worldOf(_ assessment: Assessment, _ values: [Double]) -> World {
    let worlds = world(values)
    return worlds.columns.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { columns(assessment, in: worlds).world(0, of: 1, $0) } ?? .median
    }
  }

  private func relevantInputs(_ assessment: Assessment) -> [Int] {
    let names = columnNames(assessment)
    return inputs.indices.filter { names.contains(inputs[$0].name) }
  }

  private static let sobolDraws = 4096

  /// Of economic cost, over the inputs that the option depends on.
  private func sobolIndices(
    _ assessment: Assessment, _ option: OptionModel, _ relevant: [Int]
  ) -> SobolIndices? {
    guard let sampler = try? sampler.keeping(relevant) else { return nil }
    let some = WorldMaker(self, keeping: relevant, sampler: sampler)
    return sampler.sobolIndices(count: Self.sobolDraws) { draws in
      let worlds = some.worlds(draws)
      let columns = some.columns(assessment, in: worlds)
      return [Double](unsafeUninitializedCapacity: draws.count) { costs, filled in
        worlds.columns.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          option.bill.price(hours: option.hours, count: draws.count) { index in
            columns.world(index, of: draws.count, base)
          } body: { index, _, amounts, _ in
            costs[index] = amounts.economic
          }
          filled = draws.count
        }
      }
    }
  }
}
