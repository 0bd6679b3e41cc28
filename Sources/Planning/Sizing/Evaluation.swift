import Throughput

/// What one candidate with one number of chips comes to, in numbers only.
struct Evaluation: Sendable {
  var chips: Int
  var instances: Int
  var job: TrainingJob
  var throughput: ThroughputEstimate
  /// Hours of the run with its usual interruptions, at the median.
  var hours: Double
  var cash: Double
  var economic: Double
  var loss: Double
  /// In operations of the best dense model; nil for a model that is given.
  var effectiveCompute: Double?
}
