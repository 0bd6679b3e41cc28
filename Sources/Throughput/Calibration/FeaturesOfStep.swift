extension LayerTimer {
  /// What a timed step is like, for its range.
  func features(_ step: StepTime) -> ErrorScale.Features {
    let sent: Double = step.tensorTransfer + step.contextTransfer + step.expertTransfer
    let joined: Double = step.pipelineTransfer + step.dataTransfer + step.sliceTransfer
    let named = ["megatron", "benchmark", "megascale", "megatron-lm", "maxtext", "primus"]
    return ErrorScale.Features(
      isMixture: problem.experts > 0, isOpenStack: !named.contains(software.name),
      stepSeconds: step.total, exposedShare: (sent + joined) / step.total,
      hasNewKind: problem.counts.linear > 0,
      isUnmeasuredChip: isGPU && !KernelCurves.builtIn.isMeasured(machine) && !machine.isAMD,
      softwareSpread: software.name == "unknown" ? software.spread : 0)
  }
}
