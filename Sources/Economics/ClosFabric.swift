/// A rail-optimised folded Clos network of identical switches: one network card a GPU, each of a
/// server's cards on a rail of its own.
public enum ClosFabric {
  /// Ports of the switches in the public cluster sheet the prices come from.
  public static let sheetPorts = 64
  /// Cards of a server in that sheet.
  public static let sheetRails = 8

  /// Switch tiers for some chips: none when two servers are cabled directly, one while every rail
  /// fits a switch, two while `ports²/2` servers fit, else three.
  public static func tiers(chips: Int, ports: Int = sheetPorts, rails: Int = sheetRails) -> Int {
    let servers = (chips + rails - 1) / rails
    if servers <= 2 { return 0 }
    if servers <= ports { return 1 }
    return servers <= ports * ports / 2 ? 2 : 3
  }

  /// Switches without oversubscription: one a rail; leaves and half as many spines; three tiers
  /// five for every `ports` chips (`5 N / ports` of a three-tier fat tree).
  public static func switches(
    chips: Int, ports: Int = sheetPorts, rails: Int = sheetRails
  ) -> Int {
    let down = ports / 2
    switch tiers(chips: chips, ports: ports, rails: rails) {
    case 0: return 0
    case 1: return rails
    case 2:
      let leaves = (chips + down - 1) / down
      return leaves + (leaves + 1) / 2
    default: return (5 * chips + ports - 1) / ports
    }
  }

  /// Scope of the `networking_capex` row for a cluster's size.
  static func sheetScope(chips: Int) -> String {
    switch tiers(chips: chips) {
    case 0: "gpus-16"
    case 1: "gpus-512"
    case 2: "gpus-1024-16384"
    default: "gpus-32768"
    }
  }
}
