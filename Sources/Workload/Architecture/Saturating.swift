/// Products that stop at a bound instead of overflowing, so that shapes read from files can be
/// refused after they are built.
enum Saturating {
  /// Far over any model's weights, far under what overflows when a few dozen are added.
  static let most = 100_000_000_000_000_000

  /// The product of counts that are not negative, at most `most`.
  static func product(_ factors: Int...) -> Int {
    var product = 1
    for factor in factors {
      let (value, overflows) = product.multipliedReportingOverflow(by: factor)
      product = overflows ? most : min(value, most)
    }
    return factors.contains(0) ? 0 : product
  }
}
