/// One way things may turn out: for each uncertain input a factor on its median.
struct World: Sendable {
  /// Length of the run: chips slower than thought, or more hours lost.
  var slowness = 1.0
  /// Rent of the provider.
  var price = 1.0
  /// All computing over the final run's.
  var experiments = 1.0
  /// Work and time to port to a new stack.
  var porting = 1.0
  /// Wait in a flex-start queue.
  var queueWait = 1.0
  /// Price of the server bought.
  var server = 1.0
  /// How fast its value is lost, or the value left where that is given.
  var residual = 1.0
  var electricity = 1.0
  var colocation = 1.0
  var staff = 1.0
  var maintenance = 1.0
  /// Weeks from order to delivery.
  var leadTime = 1.0
  /// Weeks from delivery to running.
  var installation = 1.0
  var burnIn = 1.0

  /// The world in which every input is at its median: the one whose bill is shown.
  static let median = World()
}
