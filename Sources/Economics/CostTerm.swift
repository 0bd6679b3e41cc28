/// One line of a bill: the closed list of what training a model can cost.
///
/// The raw values are what scripts read and never change. The list covers the thirty terms of the
/// planner's checklist; a term without a figure is listed as not included, never taken as zero.
public enum CostTerm: String, CaseIterable, Comparable, Sendable {
  // What is rented.
  case acceleratorRent = "accelerator_rent"
  case interruptionLoss = "interruption_loss"
  case idleCommitment = "idle_commitment"
  case minimumTermRounding = "minimum_term_rounding"
  case takeOrPayShortfall = "take_or_pay_shortfall"
  case negotiatedDiscount = "negotiated_discount"
  case hostProcessors = "host_processors"

  // What is bought.
  case servers
  case spares
  case network
  case storageHardware = "storage_hardware"
  case integration
  case installation
  case salesTax = "sales_tax"
  case facility

  // What owning costs while it runs.
  case colocation
  case energy
  case staff
  case maintenance
  case software
  case insurance
  case financing
  case residualValue = "residual_value"
  case decommissioning

  // What comes with every run.
  case dataAcquisition = "data_acquisition"
  case dataPreparation = "data_preparation"
  case objectStorage = "object_storage"
  case fileStorage = "file_storage"
  case checkpointStorage = "checkpoint_storage"
  case egress
  case supportPlan = "support_plan"
  case porting
  case revalidation
  case experiments
  case failedRuns = "failed_runs"
  case evaluation
  case longContext = "long_context"
  case postTraining = "post_training"
  case researchStaff = "research_staff"
  case delay
  case compliance
  case incomeTaxes = "income_taxes"
  case currency
  case contingency

  /// What a person reads.
  public var label: String {
    switch self {
    case .acceleratorRent: "accelerator rent"
    case .interruptionLoss: "rent lost to interruptions"
    case .idleCommitment: "commitment paid and not used"
    case .minimumTermRounding: "rounding to the term sold"
    case .takeOrPayShortfall: "shortfall of a spend commitment"
    case .negotiatedDiscount: "negotiated discount"
    case .hostProcessors: "processors beside the accelerators"
    case .servers: "servers"
    case .spares: "spare servers"
    case .network: "network"
    case .storageHardware: "storage hardware"
    case .integration: "integration"
    case .installation: "installation"
    case .salesTax: "sales tax"
    case .facility: "own hall"
    case .colocation: "colocation"
    case .energy: "energy"
    case .staff: "operations staff"
    case .maintenance: "maintenance"
    case .software: "software"
    case .insurance: "insurance"
    case .financing: "interest"
    case .residualValue: "value left at the end"
    case .decommissioning: "decommissioning"
    case .dataAcquisition: "data licences and crawl"
    case .dataPreparation: "data preparation"
    case .objectStorage: "object storage"
    case .fileStorage: "file storage"
    case .checkpointStorage: "checkpoint storage"
    case .egress: "egress"
    case .supportPlan: "support plan"
    case .porting: "porting to the software stack"
    case .revalidation: "revalidation of quality"
    case .experiments: "experiments and sweeps"
    case .failedRuns: "failed runs"
    case .evaluation: "evaluation"
    case .longContext: "long-context phase"
    case .postTraining: "post-training"
    case .researchStaff: "research staff"
    case .delay: "cost of delay"
    case .compliance: "security and compliance"
    case .incomeTaxes: "taxes on income"
    case .currency: "currency risk"
    case .contingency: "contingency"
    }
  }

  /// The order of the declaration, which is the order of every breakdown.
  public var order: Int { Self.orders[self] ?? 0 }

  private static let orders: [CostTerm: Int] = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  public static func < (left: CostTerm, right: CostTerm) -> Bool {
    left.order < right.order
  }
}

/// A cost term that has no figure in a cash flow, and why.
public struct OmittedTerm: Hashable, Sendable {
  public var term: CostTerm
  public var reason: String

  public init(_ term: CostTerm, _ reason: String) {
    self.term = term
    self.reason = reason
  }
}

/// How the accelerators come to be there: rented or owned.
public enum Tenure: String, CaseIterable, Sendable {
  case rent, own
}

extension CostTerm {
  /// Whether the term can occur under a tenure at all; servers never do in a rental.
  public func applies(to tenure: Tenure) -> Bool {
    switch self {
    case .acceleratorRent, .interruptionLoss, .idleCommitment, .minimumTermRounding,
      .takeOrPayShortfall, .negotiatedDiscount, .hostProcessors, .supportPlan:
      tenure == .rent
    case .servers, .spares, .network, .storageHardware, .integration, .installation, .salesTax,
      .facility, .colocation, .energy, .staff, .maintenance, .software, .insurance, .financing,
      .residualValue, .decommissioning:
      tenure == .own
    default: true
    }
  }

  /// Why the term is missing when nobody gave a figure; nil for terms that arise only by a choice
  /// and are truly zero without it.
  public var standingOmission: String? {
    switch self {
    case .acceleratorRent, .interruptionLoss, .idleCommitment, .minimumTermRounding,
      .takeOrPayShortfall, .negotiatedDiscount, .facility, .hostProcessors, .residualValue:
      nil
    case .financing: "paid from own funds; the discount rate carries the cost of capital"
    case .integration: "already inside the price of a complete server"
    case .longContext, .postTraining, .evaluation:
      "the plan covers the pretraining run; no figure was given"
    case .researchStaff: "the same on every route; no figure was given"
    case .delay: "no value of a day was given"
    case .currency: "amounts are US dollars"
    case .compliance, .incomeTaxes: "depends on the buyer; no figure was given"
    default: "no figure was given"
    }
  }
}
