import Catalog

extension PublishedProblem {
  /// A predicted value with what decides how far it may be trusted.
  struct Prediction: Sendable {
    /// Chip-hours of a run, seconds of a step.
    var p50: Double
    var features: ErrorScale.Features
  }

  func parameters(_ calibration: Calibration) -> StepParameters {
    calibration.parameters(for: machine, software)
  }

  /// Chip-hours of a run, seconds of a step, with the layout that the source tells or `layout` finds.
  func predicted(_ calibration: Calibration) -> Prediction {
    let parameters = parameters(calibration)
    let (layout, isSearched) = layout(parameters: parameters)
    let timer = LayerTimer(
      problem: problem, machine: machine, parameters: parameters, software: software)
    let step = timer.step(layout, isSearched: isSearched)
    var features = timer.features(step)
    features.hasLayout = run.isStated
    features.softwareSpread = 0
    let middle =
      run.kind == .run
      ? chipHours(stepSeconds: step.total, parameters: parameters) : step.total
    return Prediction(p50: middle, features: features)
  }

  /// As above, under a given layout, without the features.
  func predicted(_ layout: Layout, isSearched: Bool, parameters: StepParameters) -> Double {
    let timer = LayerTimer(
      problem: problem, machine: machine, parameters: parameters, software: software)
    let seconds = timer.step(layout, isSearched: isSearched).total
    guard run.kind == .run else { return seconds }
    return chipHours(stepSeconds: seconds, parameters: parameters)
  }
}
