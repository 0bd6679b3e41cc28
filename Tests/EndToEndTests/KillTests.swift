import Foundation
import Testing

/// `kill -9` at random moments of everything that writes a file: 25 by default, more by
/// `PLAN_KILLS`.
@Suite("Killed at any moment", .serialized)
struct KillTests {
  static let moments = Int(ProcessInfo.processInfo.environment["PLAN_KILLS"] ?? "") ?? 25

  /// Runs two commands in turn that write the same file, kills each at a random moment, and expects
  /// one of the two whole texts after each.
  ///
  /// - Parameters:
  ///   - file: what both write.
  ///   - settled: what must not differ between runs, from the file's text.
  private func kill(
    _ commands: [[String]], writing file: URL, settled: (String) -> String = { $0 }
  ) throws {
    var texts: [String] = []
    var longest = 0.0
    for command in commands {
      let start = Date()
      _ = try Program.run(command)
      longest = max(longest, Date().timeIntervalSince(start))
      texts.append(settled(try String(contentsOf: file, encoding: .utf8)))
    }
    try #require(Set(texts).count == commands.count)
    var (killed, swaps, last) = (0, 0, texts[commands.count - 1])
    // A busy machine is slower than it was a minute ago: until a new file is seen, later moments.
    var reach = 1.3
    for moment in 0..<Self.moments {
      let process = Process()
      process.executableURL = Program.path
      process.arguments = commands[moment % commands.count]
      process.environment = ProcessInfo.processInfo.environment.merging(Program.clock) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(Double.random(in: 0..<longest * reach) * 1e6))
      killed += Foundation.kill(process.processIdentifier, SIGKILL) == 0 ? 1 : 0
      process.waitUntilExit()
      let now = settled(try String(contentsOf: file, encoding: .utf8))
      #expect(texts.contains(now))
      swaps += now == last ? 0 : 1
      reach = now == last ? min(10, reach * 1.1) : 1.3
      last = now
    }
    // Both kinds of moment were met: before the new file was there, and after.
    #expect(killed > 0 && (swaps > 0 || Self.moments < 25))
  }

  @Test("of an import, the old prices or the new ones are there, whole")
  func importing() throws {
    let scratch = try Scratch()
    let folder = scratch.file("mine").path
    let commands = try ["11.5", "12.5"].map { price in
      let file = try scratch.write(
        "\(price).json",
        """
        {"SpotPriceHistory": [{"AvailabilityZone": "us-east-1a", "InstanceType": "p5.48xlarge",
        "ProductDescription": "Linux/UNIX", "SpotPrice": "\(price)",
        "Timestamp": "2026-11-22T00:00:00Z"}]}
        """)
      return ["prices", "import", file, "--output", folder]
    }
    try kill(commands, writing: scratch.file("mine/offers.csv"))
  }

  @Test("of saving a scenario, the old file or the new one is there, whole")
  func saving() throws {
    let scratch = try Scratch()
    let file = scratch.file("run.toml")
    try kill(
      [
        ["init", "--output", file.path],
        ["init", "--example", "apple-2024", "--output", file.path],
      ], writing: file)
  }

  @Test("of an export, the old file or the new one is there, whole", arguments: ["csv", "html"])
  func exporting(format: String) throws {
    let scratch = try Scratch()
    let file = scratch.file("plan.out")
    try kill(
      ["2M", "3M"].map { budget in
        [
          "--budget", budget, "--model", "llama-3.1-8b", "--tokens", "100B", "--format", format,
          "--output", file.path,
        ]
      }, writing: file)
  }

  @Test("of a calibration, the old table or the new one is there, whole")
  func calibrating() throws {
    let scratch = try Scratch()
    let folder = scratch.file("mine").path
    let commands = try ["1.5", "2.5"].map { seconds in
      let file = try scratch.write(
        "\(seconds).csv",
        """
        id,kind,accelerator,total_params,layers,hidden,heads,seq_len,global_batch_tokens,chips,measured_step_s
        a,step,h100-sxm,7e9,32,4096,32,4096,1048576,64,\(seconds)

        """)
      return ["calibrate", file, "--output", folder]
    }
    try kill(commands, writing: scratch.file("mine/measured.csv"))
  }
}
