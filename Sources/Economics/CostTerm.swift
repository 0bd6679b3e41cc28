/// One line of the bill; every dollar of a plan stands under exactly one of them.
///
/// The raw value is the name scripts see. The order is the order of every printed breakdown.
public enum CostTerm: String, CaseIterable, Comparable, Sendable {
  case acceleratorRent = "accelerator_rent"
  case minimumTermRounding = "minimum_term_rounding"
  case idleCommitment = "idle_commitment"
  case servers
  case network
  case storageHardware = "storage_hardware"
  case installation
  case spares
  case salesTax = "sales_tax"
  case colocation
  case energy
  case staff
  case maintenance
  case software
  case financing
  case residualValue = "residual_value"
  case decommissioning
  case dataPreparation = "data_preparation"
  case objectStorage = "object_storage"
  case checkpointStorage = "checkpoint_storage"
  case egress
  case supportPlan = "support_plan"
  case porting
  case experiments
  case contingency
  case taxes

  /// The words a reader sees.
  public var label: String {
    switch self {
    case .acceleratorRent: "Accelerator rent"
    case .minimumTermRounding: "Minimum-term rounding"
    case .idleCommitment: "Unused commitment"
    case .servers: "Servers"
    case .network: "Cluster network"
    case .storageHardware: "Storage hardware"
    case .installation: "Installation"
    case .spares: "Spare servers"
    case .salesTax: "Sales tax"
    case .colocation: "Colocation"
    case .energy: "Electricity"
    case .staff: "Operations staff"
    case .maintenance: "Maintenance"
    case .software: "Software licences"
    case .financing: "Financing"
    case .residualValue: "Residual value"
    case .decommissioning: "Decommissioning"
    case .dataPreparation: "Data preparation"
    case .objectStorage: "Object storage"
    case .checkpointStorage: "Checkpoint storage"
    case .egress: "Egress"
    case .supportPlan: "Support plan"
    case .porting: "Porting"
    case .experiments: "Experiments and failed runs"
    case .contingency: "Contingency"
    case .taxes: "Taxes"
    }
  }

  /// Place in the order of a printed breakdown, from 0.
  public var position: Int { Self.positions[self] ?? Self.allCases.count }

  private static let positions: [CostTerm: Int] = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// Orders by place in the printed breakdown.
  public static func < (left: CostTerm, right: CostTerm) -> Bool { left.position < right.position }
}
