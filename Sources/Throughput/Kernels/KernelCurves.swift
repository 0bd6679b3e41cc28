import Catalog

/// Share of the peak that a product of m×k and k×n reaches:
/// plateau · m/(m + halfM) · n/(n + halfN) · k/(k + halfK).
struct ProductCurve: Hashable, Sendable {
  var plateau = 1.0
  var halfM = 386.0
  var halfN = 386.0
  var halfK = 386.0
}

/// Share of the 16-bit peak that forward attention over so many keys reaches:
/// plateau · keys/(keys + half).
struct AttentionCurve: Hashable, Sendable {
  var plateau = 1.0
  var half = 0.0
}

/// Shapes of measured kernels (`kernel-curves.csv`), by accelerator, generation or kind.
struct KernelCurves: Sendable {
  private var products: [String: ProductCurve] = [:]
  private var attentions: [String: AttentionCurve] = [:]

  static let fileName = "kernel-curves.csv"

  static let builtIn: KernelCurves = {
    do {
      return try read(text: EmbeddedTables.text(fileName))
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// The curve of an accelerator, else of its generation, else of its kind; the 16-bit one where the
  /// format has none.
  ///
  /// - Parameter format: `16`, `8`, `8-block` or `4`.
  func product(_ machine: Machine, format: String) -> ProductCurve {
    let scopes = [machine.id, machine.generation, machine.kind.rawValue]
    for scope in scopes {
      if let curve = products[scope + "/" + format] ?? products[scope + "/16"] { return curve }
    }
    return ProductCurve()
  }

  /// The curve of forward attention. Where none was measured its plateau is left to the fit, and on TPU
  /// and Trainium it bends as those of GPUs do: the faster the chip, the more keys it takes to fill it.
  func attention(_ machine: Machine) -> AttentionCurve {
    if let known = attentions[machine.id] ?? attentions[machine.generation] { return known }
    guard machine.kind != .gpu else { return AttentionCurve() }
    let peak = machine.peak16 * machine.unitsPerChip
    return AttentionCurve(half: Self.halfOfA100 * (peak / Self.peakOfA100).squareRoot())
  }

  /// Keys at which attention on A100 reaches half of its plateau, and the chip's dense 16-bit peak. The
  /// root of the peak leads from there to within a third of the halves measured on Hopper (850 to 964) and
  /// on Blackwell (1,020 to 1,220).
  private static let (halfOfA100, peakOfA100) = (387.0, 312e12)

  /// Whether products of this accelerator or its generation were measured.
  func isMeasured(_ machine: Machine) -> Bool {
    attentions[machine.id] != nil || attentions[machine.generation] != nil
  }

  static func read(text: String, file: String = fileName) throws(FaultList) -> KernelCurves {
    let table = TableReader(
      file: file, bytes: text.utf8,
      required: [
        "what", "scope", "format", "plateau", "half_m", "half_n", "half_k", "grade", "source",
      ], optional: [])
    var faults = table.faults
    var curves = KernelCurves()
    for var row in table.rows {
      let (what, scope) = (row.requiredText("what"), row.requiredText("scope"))
      let plateau = row.number("plateau", in: 0...1) ?? 1
      let half = 0.0...10_000
      let halves = ["half_m", "half_n", "half_k"].map { row.number($0, in: half) ?? 0 }
      if what == "attention" {
        curves.attentions[scope] = AttentionCurve(plateau: plateau, half: halves[2])
      } else {
        curves.products[scope + "/" + row.requiredText("format")] = ProductCurve(
          plateau: plateau, halfM: halves[0], halfN: halves[1], halfK: halves[2])
      }
      faults += row.faults
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return curves
  }
}
