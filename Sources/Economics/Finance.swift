/// Time value of money: textbook identities, all rates per year as fractions.
public enum Finance {
  /// Days in the mean year dates are turned into years with.
  public static let daysPerYear = 365.25
  /// Hours in a year as clouds bill it and as ownership costs are spread: 365 days.
  public static let hoursPerYear = 8760.0

  /// `(1 + r)^-t`.
  public static func discountFactor(ratePerYear: Double, years: Double) -> Double {
    ratePerYear == 0 ? 1 : Elementary.pow(1 + ratePerYear, -years)
  }

  /// Present value of 1 paid at the end of each of `years` years: `(1 - (1 + r)^-n) / r`.
  public static func annuityFactor(ratePerYear: Double, years: Double) -> Double {
    guard ratePerYear != 0 else { return years }
    return (1 - discountFactor(ratePerYear: ratePerYear, years: years)) / ratePerYear
  }

  /// `Σ CF_t / (1 + r)^t`, the first flow at t = 0 and one a year after it.
  public static func netPresentValue(_ flows: [Double], ratePerYear: Double) -> Double {
    var value = 0.0
    for (year, flow) in flows.enumerated() {
      value += flow * discountFactor(ratePerYear: ratePerYear, years: Double(year))
    }
    return value
  }

  /// What an asset costs a year: `(P − S/(1+r)^n) / a(r, n) + opex`.
  ///
  /// Compares assets of unequal lives, which their net present values cannot.
  public static func equivalentAnnualCost(
    price: Double, salvage: Double, years: Double, ratePerYear: Double, opexPerYear: Double = 0
  ) -> Double {
    let factor = discountFactor(ratePerYear: ratePerYear, years: years)
    let capital = price - salvage * factor
    return capital / annuityFactor(ratePerYear: ratePerYear, years: years) + opexPerYear
  }

  /// Level payment of a loan per period: `P r / (1 − (1+r)^-n)`, or `P/n` without interest.
  public static func loanPayment(
    principal: Double, ratePerPeriod: Double, periods: Int
  ) -> Double {
    guard ratePerPeriod != 0 else { return principal / Double(periods) }
    return principal / annuityFactor(ratePerYear: ratePerPeriod, years: Double(periods))
  }

  /// What a lease is compared on, all amounts in US dollars.
  public struct LeaseTerms: Hashable, Sendable {
    /// Installed cost of buying instead.
    public var price: Double
    /// Paid at the end of each year.
    public var leasePerYear: Double
    public var years: Int
    /// Marginal tax rate, a fraction.
    public var taxRate: Double
    /// Borrowing rate before tax.
    public var debtRatePerYear: Double
    /// Costs a year that only an owner pays.
    public var ownerOpexPerYear: Double = 0
    /// Value at the end, after tax.
    public var salvageAfterTax: Double = 0
    /// Rate for the salvage, riskier than the debt.
    public var salvageRatePerYear: Double = 0

    public init(
      price: Double, leasePerYear: Double, years: Int, taxRate: Double, debtRatePerYear: Double
    ) {
      self.price = price
      self.leasePerYear = leasePerYear
      self.years = years
      self.taxRate = taxRate
      self.debtRatePerYear = debtRatePerYear
    }
  }

  /// Net advantage to leasing, US dollars; positive says lease.
  ///
  /// `P − Σ [L(1−τ) + τ·Dep − opex(1−τ)] / (1 + r_d(1−τ))^t − S/(1+k)^n`, straight-line depreciation
  /// to zero. Contractual flows and the tax shield are discounted at the after-tax cost of debt, the
  /// salvage at a riskier rate (Ross, Westerfield, Jaffe, "Corporate Finance", leasing).
  public static func netAdvantageToLeasing(_ terms: LeaseTerms) -> Double {
    let afterTaxRate = terms.debtRatePerYear * (1 - terms.taxRate)
    let depreciation = terms.price / Double(terms.years)
    let rent = terms.leasePerYear * (1 - terms.taxRate)
    let shield = terms.taxRate * depreciation
    let avoided = terms.ownerOpexPerYear * (1 - terms.taxRate)
    let lost = rent + shield - avoided
    let years = Double(terms.years)
    let salvage =
      terms.salvageAfterTax
      * discountFactor(ratePerYear: terms.salvageRatePerYear, years: years)
    return terms.price - lost * annuityFactor(ratePerYear: afterTaxRate, years: years) - salvage
  }

  /// Fraction of the value left after some years of declining balance, `(1 − d)^t`.
  public static func decliningBalance(ratePerYear: Double, years: Double) -> Double {
    Elementary.pow(1 - ratePerYear, years)
  }
}
