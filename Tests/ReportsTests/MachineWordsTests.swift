import Testing

@testable import Reports

@Suite struct MachineWordsTests {
  @Test(
    "Names of machines read as words",
    arguments: [
      ("matrix_products", "matrix products"), ("usd_per_kwh", "USD per kWh"),
      ("USD per GB and month", "USD per GB and month"), ("TFLOP/s", "TFLOP/s"), ("", ""),
      ("fte_per_1000_gpus", "full-time staff per 1000 GPUs"),
    ])
  func words(name: String, expected: String) {
    #expect(MachineWords.of(name) == expected)
  }
}
