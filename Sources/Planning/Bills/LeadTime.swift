/// Days before the first useful hour: the capacity's, or porting's when that takes longer.
struct LeadTime: Hashable, Sendable {
  /// Days until rented capacity can start; unknown counts as none.
  var capacityDays = 0.0
  /// Weeks from a server's order to its first hour of work, in three parts.
  var deliveryWeeks = 0.0
  var installationWeeks = 0.0
  var burnInWeeks = 0.0
  /// Goes on while the capacity is waited for.
  var portingDays = 0.0

  /// What it rises with.
  static let factors: [Factor] = [.porting, .leadTime, .installation, .burnIn]

  @inline(__always)
  func days(_ world: World = .median) -> Double {
    let weeks: Double =
      deliveryWeeks * world[.leadTime] + installationWeeks * world[.installation]
      + burnInWeeks * world[.burnIn]
    return max(capacityDays + 7 * weeks, portingDays * world[.porting])
  }
}
