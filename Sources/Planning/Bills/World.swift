/// Something for each kind of uncertain input that an option's figures depend on.
struct PerInput<Value> {
  /// Length of the run: chips slower than thought, or more hours lost.
  var slowness: Value
  /// Rent of the provider.
  var price: Value
  /// All computing over the final run's.
  var experiments: Value
  /// Work and time to port to a new stack.
  var porting: Value
  /// Wait in a flex-start queue.
  var queueWait: Value
  /// Price of the server bought.
  var server: Value
  /// How fast its value is lost, or the value left where that is given.
  var residual: Value
  var electricity: Value
  var colocation: Value
  var staff: Value
  var maintenance: Value
  /// Weeks from order to delivery.
  var leadTime: Value
  /// Weeks from delivery to running.
  var installation: Value
  var burnIn: Value

  /// The same for all.
  init(repeating value: Value) {
    (slowness, price, experiments, porting, queueWait) = (value, value, value, value, value)
    (server, residual, electricity, colocation, staff) = (value, value, value, value, value)
    (maintenance, leadTime, installation, burnIn) = (value, value, value, value)
  }
}

extension PerInput: Equatable where Value: Equatable {}
extension PerInput: Hashable where Value: Hashable {}
extension PerInput: Sendable where Value: Sendable {}

/// One way things may turn out: for each uncertain input a factor on its median.
typealias World = PerInput<Double>

extension PerInput<Double> {
  /// The world in which every input is at its median: the one whose bill is shown.
  static let median = World(repeating: 1)
}

/// Which uncertain inputs an option's figures depend on.
struct OptionInputs: Hashable {
  /// Names of the inputs; empty where the option does not depend on one.
  let names: PerInput<String>
  /// With the speed, which stands under the run's length, what the run's length depends on.
  let goodput: String

  /// - Parameter generation: of the accelerator.
  init(
    route: Route, provider: String, offer: String, accelerator: String, generation: String
  ) {
    var names = PerInput(repeating: "")
    names.slowness = InputNames.throughput(accelerator)
    goodput = InputNames.goodput(accelerator)
    names.experiments = InputNames.experiments
    names.porting = InputNames.portingTime
    if route == .buyGPU {
      names.server = InputNames.serverPrice(offer)
      names.residual = InputNames.residualValue
      names.electricity = InputNames.electricity
      names.colocation = InputNames.colocation
      names.staff = InputNames.staff
      names.maintenance = InputNames.maintenance
      names.leadTime = InputNames.leadTime(generation)
      names.installation = InputNames.installationTime
      names.burnIn = InputNames.burnInTime
    } else {
      names.price = InputNames.price(provider)
      names.queueWait = InputNames.queueWait
    }
    self.names = names
  }
}
