import Foundation
import Testing

/// Logs, bills and price dumps that people have, as they call the program with them.
@Suite("Files that people have", .serialized)
struct OwnFilesTests {
  private static let log = """
     iteration      1/ 100 | elapsed time per iteration (ms): 90000.0 | global batch size:   512 | lm loss: 9 |
     iteration     10/ 100 | elapsed time per iteration (ms): 8192.0 | global batch size:   512 | lm loss: 3 |
     iteration     20/ 100 | elapsed time per iteration (ms): 8192.0 | global batch size:   512 | lm loss: 3 |

    """
  private static let of = [
    "--model", "llama-3.1-8b", "--accelerator", "h100-sxm", "--chips", "64", "--sequence-length",
    "8192", "--global-batch", "512",
  ]

  /// The speed ratio in the first row of measured.csv.
  private func ratio(_ scratch: Scratch, _ file: String, _ more: String...) throws -> Double {
    let folder = scratch.file("q\(file.count)-\(more.count)").path
    let result = try Program.run(["calibrate", file] + Self.of + more + ["--output", folder])
    #expect(result.status == 0, "\(result.errors)")
    let text = try String(contentsOfFile: folder + "/measured.csv", encoding: .utf8)
    let cells = text.split(whereSeparator: \.isNewline).dropFirst().first?.split(separator: ",")
    return try #require(cells.flatMap { Double($0[1]) })
  }

  @Test("a training log is calibrated with what it leaves out, and an MFU gives the same as tokens")
  func calibrate() throws {
    let scratch = try Scratch()
    // 512 × 8192 tokens in 8.192 s on 64 chips are 8,000 a second and chip.
    let byTime = try ratio(scratch, scratch.write("a.log", Self.log))
    let byTokens = try ratio(
      scratch, scratch.write("bb.csv", "step,tokens_per_sec_per_gpu\n1,900\n2,8000\n3,8000\n"))
    let share = 8000 * 57.914 / 1000 / 989
    let byShare = try ratio(
      scratch, scratch.write("ccc.csv", "step,mfu\n1,\(share)\n2,\(share)\n"), "--framework",
      "torchtitan")
    #expect(abs(byTokens / byTime - 1) < 0.001)
    #expect(abs(byShare / byTime - 1) < 0.02)
    let twofold = try Program.run(["calibrate", scratch.file("ccc.csv").path] + Self.of)
    #expect(twofold.status == 65 && twofold.errors.contains("--framework NAME decides"))
    let bare = try Program.run(["calibrate", scratch.file("a.log").path])
    #expect(
      bare.status == 65 && bare.errors.contains("--model, --accelerator, --chips are missing"))
  }

  @Test("the template is a table that is read, comments and all")
  func template() throws {
    let scratch = try Scratch()
    let template = try Program.run(["calibrate", "--template"])
    #expect(template.status == 0 && template.output.hasPrefix("# id: "))
    let file = try scratch.write(
      "runs.csv",
      template.output + "r,step,llama-3.1-70b,,,h100-sxm,512,8192,4194304,bf16,,,,,950,,,\n")
    let result = try Program.run(["calibrate", file])
    #expect(result.status == 0 && result.output.contains("h100-sxm,"), "\(result.errors)")
  }

  @Test("throughput also prints the MFU that a framework would print, or why it prints none")
  func frameworks() throws {
    func printed(_ framework: String) throws -> [String: Any] {
      let result = try Program.run(
        ["throughput"] + Self.of + ["--precision", "bf16", "--as", framework, "--format", "json"])
      #expect(result.status == 0, "\(result.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let root = try #require(object as? [String: Any])
      let own = try #require(root["mfu"] as? Double)
      var inner = try #require(root["as"] as? [String: Any])
      inner["own"] = own
      return inner
    }
    let titan = try printed("torchtitan")
    let theirs = try #require(titan["mfu"] as? Double)
    let own = try #require(titan["own"] as? Double)
    let ratio = theirs / own
    // 57.914 over 51.470 GFLOP a token: both divide by 989 TFLOP/s, to a rounding of the catalogue.
    #expect(abs(ratio / 1.1252 - 1) < 0.005)
    let megatron = try printed("megatron")
    #expect(megatron["mfu"] is NSNull)
    #expect(megatron["reason"] as? String == "prints TFLOP/s, no MFU")
    let mistyped = try Program.run(["throughput"] + Self.of + ["--as", "mgatron"])
    #expect(mistyped.status == 64 && mistyped.errors.contains("did you mean megatron?"))
    #expect(!mistyped.errors.contains("UsageError"))
  }

  @Test("a bill is tracked against a plan; what is left out is named, Parquet gets its command")
  func bills() throws {
    let scratch = try Scratch()
    let plan = scratch.file("plan.json").path
    let made = try Program.run([
      "--budget", "20M", "--model", "llama-3.1-8b", "--tokens", "15T", "--samples", "64", "--today",
      "2026-12-01", "--format", "json", "--output", plan,
    ])
    #expect(made.status == 0, "\(made.errors)")
    let bill = try scratch.write(
      "bill.csv",
      """
      ChargePeriodStart,BilledCost,BillingCurrency,ServiceName,Tags
      2027-03-01T00:00:00Z,1000.5,USD,Amazon EC2,"{""run"": ""a""}"
      2027-03-09T00:00:00Z,500,USD,Amazon EC2,"{""run"": ""a""}"
      2027-03-09T00:00:00Z,70,USD,Amazon SQS,

      """)
    let result = try Program.run([
      "track", bill, "--plan", plan, "--tag", "run=a", "--format", "json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Read as FOCUS: 2 charges, "))
    #expect(result.output.contains("Amazon SQS, without the tag."))
    let parquet = try scratch.write("bill.parquet", "PAR1....")
    let cut = try scratch.write("weeks.csv", "week,usd,tokens\n2027-06-07,10,1B\n2027-06-14,10,8")
    let half = try Program.run(["track", cut, "--plan", plan])
    #expect(
      half.status == 65 && half.errors.contains("weeks.csv:3: the file ends inside this line"))
    let refused = try Program.run(["track", parquet, "--plan", plan])
    #expect(refused.status == 65 && refused.errors.contains("duckdb -c"))
  }

  @Test("a price more than threefold away from the one known is named, and taken with --accept")
  func leap() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "spot.json",
      """
      {"SpotPriceHistory": [{"AvailabilityZone": "us-east-1a", "InstanceType": "p5.48xlarge",
      "ProductDescription": "Linux/UNIX", "SpotPrice": "0.195", "Timestamp": "2026-11-30T00:00:00Z"}]}
      """)
    let folder = scratch.file("mine").path
    let refused = try Program.run(["prices", "import", file, "--output", folder])
    #expect(refused.status == 65 && refused.errors.contains("more than threefold"))
    #expect(!FileManager.default.fileExists(atPath: folder))
    let taken = try Program.run(["prices", "import", file, "--output", folder, "--accept"])
    #expect(taken.status == 0 && FileManager.default.fileExists(atPath: folder + "/offers.csv"))
  }
}
