/// Days before the first useful hour: deciding and contract, then the capacity's wait, or porting's
/// when that takes longer, then what the machines stand for before they work.
struct LeadTime: Hashable, Sendable {
  /// Days until a contract is signed, or a request made.
  var signedDays = 0.0
  /// Days from then until rented capacity can start.
  var capacityDays = 0.0
  /// Weeks from a server's order to the dock, or until its hall has power.
  var deliveryWeeks = 0.0
  /// Goes on while the capacity is waited for.
  var portingDays = 0.0
  /// Weeks from delivery to the first useful hour.
  var burnInWeeks = 0.0

  /// What moves it.
  static let factors: [Factor] = [.queueWait, .leadTime, .porting, .burnIn]

  init(_ phases: PhaseLengths) {
    signedDays = phases.decide.days + phases.contract.days
    capacityDays = phases.wait.days + phases.installation.days
    deliveryWeeks = max(phases.delivery.days, phases.hall.days) / 7
    portingDays = phases.porting.days
    burnInWeeks = (phases.acceptance.days + phases.bringUp.days) / 7
  }

  /// Days until the machines stand.
  @inline(__always)
  func machineDays(_ world: World = .median) -> Double {
    signedDays
      + max(
        capacityDays * world[.queueWait] + 7 * deliveryWeeks * world[.leadTime],
        portingDays * world[.porting])
  }

  /// Days until the first useful hour.
  @inline(__always)
  func days(_ world: World = .median) -> Double {
    machineDays(world) + 7 * burnInWeeks * world[.burnIn]
  }
}
