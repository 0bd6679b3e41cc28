/// What a purchase's bill leaves out, each with the reason: a term without a figure is named, never
/// counted as nothing.
enum OwnershipGaps {
  static func list(
    _ bill: OwnershipBill, _ figures: OwnershipFigures, hasRecovery: Bool
  ) -> [(term: CostTerm, reason: String)] {
    var gaps: [(term: CostTerm, reason: String)] = []
    func note(_ term: CostTerm, _ isMissing: Bool, _ reason: String) {
      if isMissing { gaps.append((term, reason)) }
    }
    note(.network, bill.networkDollars == nil, "no price of a network of this kind and size")
    note(.storageHardware, bill.storageDollars == nil, "no price of storage")
    note(.installation, bill.installationDollars == nil, "no installation cost")
    note(.spares, bill.spareDollars == nil, "no ratio of spare servers")
    note(.salesTax, bill.taxDollars == nil, "no sales tax rate")
    let powerReason =
      figures.kilowattsPerServer == nil
      ? "the quote names no rated power" : "no price or no power factor"
    note(.colocation, bill.colocationPerHour == nil, powerReason)
    note(.energy, bill.energyPerHour == nil, powerReason)
    note(
      .energy, bill.energyPerHour != nil && figures.otherPowerFraction == nil,
      "power of switches and storage is unknown and left out")
    note(.staff, bill.staffPerHour == nil, "no ratio or no cost of staff")
    note(.maintenance, bill.maintenancePerHour == nil, "no maintenance rate")
    note(
      .colocation, figures.installWeeks == nil || figures.burnInWeeks == nil,
      "time of installation or burn-in is unknown and not paid for")
    note(.residualValue, !hasRecovery, "no figure for the value of used servers")
    note(.software, true, "licences are optional: training needs none")
    note(.financing, true, "paid in cash; the discount rate stands for the cost of capital")
    note(.decommissioning, true, "no published figure")
    note(.taxes, true, "income and property taxes depend on the buyer")
    return gaps
  }
}
