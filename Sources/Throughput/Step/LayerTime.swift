/// Seconds that all layers take for one micro-batch on one chip of an unpipelined group, forward and
/// backward, by cause.
struct LayerTime: Sendable {
  var products = 0.0
  var attention = 0.0
  var experts = 0.0
  var permutation = 0.0
  var vector = 0.0
  var casts = 0.0
  var scan = 0.0
  var tensorTransfer = 0.0
  var contextTransfer = 0.0
  var expertTransfer = 0.0
  /// What is computed and sent again.
  var recompute = 0.0
  /// Seconds the host takes to launch it all.
  var host = 0.0
  /// Output head, loss included; once per micro-batch.
  var head = 0.0
  /// Bytes of one boundary between pipeline stages, whole passes.
  var boundaryBytes = 0.0
  /// Share of transfers that arithmetic doesn't hide.
  var exposure = 1.0

  /// On the device, all but the head and what is computed again.
  @inline(__always)
  var kept: Double {
    let compute: Double = products + attention + experts + permutation + vector + casts + scan
    return compute + tensorTransfer + contextTransfer + expertTransfer
  }

  /// With the host's work, which runs ahead of the device as long as it can: the two join as a root of
  /// squares. Launching a layer again costs the host a third more.
  ///
  /// - Parameters:
  ///   - share: of the layers that are computed again.
  ///   - launched: of the layers whose launches are repeated with that.
  @inline(__always)
  func loop(_ share: Double, launched: Double) -> Double {
    let device: Double = kept + recompute * share
    guard host > 0 else { return device }
    let launches: Double = host * (1 + launched / 3)
    return (device * device + launches * launches).squareRoot()
  }
}

/// A layer's times with what each way of recomputing adds.
struct LayerTimes: Sendable {
  /// Nothing computed again.
  var none: LayerTime
  /// Seconds of selective recomputation.
  var selective: Double
  /// Seconds of computing all layers again.
  var full: Double
  /// Seconds of the loop with nothing computed again and of the output head.
  let shortest: Double

  init(none: LayerTime, selective: Double, full: Double) {
    self.none = none
    self.selective = selective
    self.full = full
    shortest = none.loop(0, launched: 0) + none.head
  }

  /// A layer's time under a way of recomputing.
  @inline(__always)
  func under(_ recompute: Recompute) -> LayerTime {
    var layer = none
    switch recompute {
    case .none: break
    case .selective: layer.recompute = selective
    case .full: layer.recompute = full
    }
    return layer
  }
}
