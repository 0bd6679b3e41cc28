/// Textbook sums of capital budgeting: rates are a year and fractions, flows fall at the ends of
/// years.
public enum Finance {
  /// Value today of flows at the ends of years 0, 1, 2 …: `sum CF_t / (1+r)^t`.
  public static func netPresentValue(rate: Double, flows: [Double]) -> Double {
    flows.reversed().reduce(0) { $0 / (1 + rate) + $1 }
  }

  /// Value today of 1 a year for some years: `(1 - (1+r)^-n) / r`; n when nothing is discounted.
  public static func annuity(rate: Double, years: Double) -> Double {
    guard rate != 0 else { return years }
    return -Elementary.exponentialLessOne(-years * Elementary.logarithmOfOnePlus(rate)) / rate
  }

  /// The even yearly amount with the value of a purchase, its resale and its upkeep:
  /// `(P - S/(1+r)^n) / a(r,n) + opex`. It compares assets of unequal lives, which present values
  /// cannot.
  public static func equivalentAnnualCost(
    price: Double, resale: Double, years: Double, rate: Double, yearlyUpkeep: Double = 0
  ) -> Double {
    let resaleToday = resale / Elementary.power(1 + rate, years)
    return (price - resaleToday) / annuity(rate: rate, years: years) + yearlyUpkeep
  }

  /// The even payment of a loan over some periods at a rate a period: `P r / (1 - (1+r)^-n)`.
  public static func loanPayment(principal: Double, rate: Double, periods: Double) -> Double {
    principal / annuity(rate: rate, years: periods)
  }

  /// Book value lost a year, straight line: `(P - S) / n`.
  public static func straightLineDepreciation(
    price: Double, resale: Double, years: Double
  ) -> Double {
    (price - resale) / years
  }

  /// Book value after some years, declining balance: `P (1 - d)^t`.
  public static func decliningBalance(price: Double, rate: Double, years: Double) -> Double {
    price * Elementary.power(1 - rate, years)
  }
}

/// A lease set against a loan and a purchase, after tax.
///
/// `NAL = P - sum[(L(1-τ) + τ Dep - upkeep (1-τ)) / (1+r_d(1-τ))^t] - S / (1+k)^n`, payments at the
/// ends of years, straight-line depreciation. The lease and the tax shield are discounted at the
/// after-tax cost of debt, the salvage at a riskier rate (any corporate finance text, the chapter on
/// leasing).
public struct LeaseComparison: Hashable, Sendable {
  public var price: Double
  public var yearlyLease: Double
  public var years: Int
  /// Rate of income tax, a fraction.
  public var taxRate: Double
  /// Cost of debt before tax, a year.
  public var debtRate: Double
  /// Costs an owner has and a lessee has not, a year.
  public var avoidedUpkeep: Double
  /// After tax, at the end.
  public var salvage: Double
  /// Rate the salvage is discounted at, a year.
  public var salvageRate: Double

  public init(
    price: Double, yearlyLease: Double, years: Int, taxRate: Double, debtRate: Double,
    avoidedUpkeep: Double = 0, salvage: Double = 0, salvageRate: Double = 0
  ) {
    self.price = price
    self.yearlyLease = yearlyLease
    self.years = years
    self.taxRate = taxRate
    self.debtRate = debtRate
    self.avoidedUpkeep = avoidedUpkeep
    self.salvage = salvage
    self.salvageRate = salvageRate
  }

  /// Net advantage to leasing, in the unit of the price; above 0 the lease is better.
  public var netAdvantage: Double {
    let depreciation = Finance.straightLineDepreciation(
      price: price, resale: 0, years: Double(years))
    let afterTax = 1 - taxRate
    let yearly: Double =
      yearlyLease * afterTax + taxRate * depreciation - avoidedUpkeep * afterTax
    let factor = Finance.annuity(rate: debtRate * afterTax, years: Double(years))
    let salvageToday = salvage / Elementary.power(1 + salvageRate, Double(years))
    return price - yearly * factor - salvageToday
  }
}
