import Foundation
import Testing

/// What can't be does not come through, as users call it.
@Suite("Impossible inputs", .serialized)
struct ImpossibleTests {
  private static let offer =
    "id,provider,instance,accelerator,chips_per_instance,region,purchase,usd_per_instance_hour,"
    + "payment,term_rule,chip_counts,obtainable,source_url,as_of,grade\n"

  /// One contract on TPU v5p: its provider and region as written, and its price.
  private func contract(_ provider: String, _ region: String, _ price: String) -> String {
    Self.offer
      + "gcp/v5p-slice/us-east5/commit_1y,\(provider),v5p-slice,tpu-v5p,1,\(region),commit_1y,"
      + "\(price),monthly,commitment,256 512 1024 2048,yes,https://example.com/c,2026-11-01,A\n"
  }

  @Test("a measured MFU in per cent, or tokens of a whole group, is refused and nothing is written")
  func calibrate() throws {
    let scratch = try Scratch()
    let header =
      "id,kind,model,total_params,accelerator,chips,seq_len,global_batch_tokens,"
    let row = "a,step,Llama-3.1-8B,8030261248,h100-sxm,64,4096,2097152,"
    for (column, value, words) in [
      ("measured_mfu", "42.9", "in per cent? write 0.429"),
      ("measured_tokens_per_s_per_chip", "880000", "write 13750"),
    ] {
      let file = try scratch.write("runs.csv", header + column + "\n" + row + value + "\n")
      let result = try Program.run("calibrate", file, "--output", scratch.file("q").path)
      #expect(result.status == 65 && result.output.isEmpty)
      #expect(result.errors.contains("runs.csv:2: \(column): "))
      #expect(result.errors.contains(words))
      #expect(!FileManager.default.fileExists(atPath: scratch.file("q").path))
    }
  }

  @Test("a price file cut inside its last number is refused and nothing is written")
  func cutPrice() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "vms.csv",
      """
      InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,GpuInfo,Region,AvailabilityZone,\
      Price,SpotPrice
      ,,,tpu-v6e-4,1,tpu-v6e-4,us-east5,us-east5-a,10.8,4.86
      ,,,tpu-v6e-256,1,tpu-v6e-256,us-east5,us-east5-a,691.2,31
      """)
    let folder = scratch.file("o").path
    let cut = try Program.run(
      "prices", "import", file, "--as-of", "2026-11-01", "--output", folder)
    #expect(cut.status == 65 && cut.errors.contains("vms.csv:3: the file ends inside this line"))
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("a rule holds however a table writes the name that it forbids")
  func names() throws {
    let scratch = try Scratch()
    let folder = scratch.file("mine").path
    try FileManager.default.createDirectory(
      at: scratch.file("mine"), withIntermediateDirectories: true)
    let question = ["--budget", "5M", "--params", "7B", "--tokens", "200B", "--samples", "0"]
    for (provider, region, rule) in [
      ("GCP", "us-east5", ["--deny-providers", "gcp"]),
      ("gcp", "us-east5 ", ["--deny-regions", "us-east5"]),
    ] {
      _ = try scratch.write("mine/offers.csv", contract(provider, region, "2.10"))
      let result = try Program.run(question + rule + ["--pricing", folder, "--json", "--quiet"])
      struct Document: Decodable {
        struct Reason: Decodable { var code: String }
        struct Option: Decodable {
          var id: String
          var reasons: [Reason]
        }
        var options: [Option]
      }
      let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
      let ours = document.options.filter { $0.id.contains("v5p-slice/us-east5/commit_1y") }
      #expect(!ours.isEmpty, "\(rule)")
      for option in ours {
        #expect(option.reasons.contains { $0.code.hasSuffix("_denied") }, "\(option.id)")
      }
    }
  }

  @Test("a start before today is refused, and today is in the document")
  func start() throws {
    let early = try Program.run("--budget", "5M", "--start", "2020-01-01", "--samples", "0")
    #expect(early.status == 64 && early.output.isEmpty)
    #expect(early.errors.contains("2020-01-01 is before today, 2026-10-09"))
    let scratch = try Scratch()
    let file = try scratch.write("run.toml", "budget = \"5M\"\nstart = 2020-01-01\n")
    let filed = try Program.run("--scenario", file, "--samples", "0")
    #expect(filed.status == 65 && filed.errors.contains("run.toml:2: start: 2020-01-01 is before"))
    let given = try Program.run(
      "--budget", "5M", "--today", "2026-12-24", "--samples", "0", "--json")
    #expect(given.output.contains("\"today\": \"2026-12-24\""))
    #expect(given.output.contains("\"start\": \"2026-12-24\""))
    let clock = try Program.run(
      ["--budget", "5M", "--samples", "0", "--json"],
      environment: ["SOURCE_DATE_EPOCH": "1798070400"])
    #expect(clock.output.contains("\"today\": \"2026-12-24\""))
    #expect(try Program.run("--budget", "5M", "--today", "1999-01-01").status == 64)
  }

  @Test("a deadline of 1,000 years and a budget of 1e18 are refused, one token is warned about")
  func beyond() throws {
    for words in [
      ["--budget", "5M", "--deadline", "1000y"], ["--budget", "1e18"],
      ["--budget", "5M", "--tokens", "0"],
    ] {
      let result = try Program.run(words + ["--samples", "0"])
      #expect(result.status == 64 && result.output.isEmpty, "\(words)")
    }
    let token = try Program.run(
      "--budget", "5M", "--tokens", "1", "--params", "7B", "--samples", "0", "--json")
    #expect(token.output.contains("check tokens: 1 is implausible"))
  }

  @Test("a price typed 100 times too low is the plan's first warning")
  func price() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.file("mine"), withIntermediateDirectories: true)
    _ = try scratch.write("mine/offers.csv", contract("gcp", "us-east5", "0.0210"))
    let result = try Program.run(
      "--budget", "50M", "--samples", "0", "--routes", "rent-tpu", "--json", "--pricing",
      scratch.file("mine").path)
    struct Document: Decodable { var warnings: [String] }
    let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
    let first = try #require(document.warnings.first)
    #expect(first.contains("offers.csv:2") && first.contains("times below the built-in"))
  }

  @Test("an option given twice is refused, or its values add up; so says every option")
  func repeated() throws {
    struct Dump: Decodable {
      struct Name: Decodable {
        var kind: String
        var name: String
      }
      struct Argument: Decodable {
        var kind: String
        var isRepeating: Bool
        var names: [Name]?
      }
      struct Command: Decodable {
        var arguments: [Argument]?
        var subcommands: [Command]?
      }
      var command: Command
    }
    let dump = try Program.run("--experimental-dump-help")
    var commands = [try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command]
    var kinds: [String: Bool?] = [:]
    while let command = commands.popLast() {
      commands += command.subcommands ?? []
      for argument in command.arguments ?? [] where argument.kind != "positional" {
        for name in argument.names ?? [] {
          let word = (name.kind == "short" ? "-" : "--") + name.name
          kinds[word] = argument.kind == "flag" ? .some(nil) : argument.isRepeating
        }
      }
    }
    #expect(kinds.count > 90)
    for (name, addsUp) in kinds {
      // A flag takes no value: what stands after it is looked at as well.
      let words =
        addsUp == nil ? [name, "--seed", "1", name, "--seed", "2"] : [name, "1", name, "2"]
      let result = try Program.run(words + ["--no-such-option"])
      #expect(result.status == (name == "--help" || name == "-h" ? result.status : 64), "\(name)")
      #expect(result.errors.contains("is given twice") == (addsUp != true), "\(name)")
    }
  }

  @Test("what contradicts itself on the command line is refused")
  func contradictions() throws {
    for (words, reason) in [
      (["--quota", "trn2=64", "--quota", "trn2=128"], "quota: trn2 is given twice"),
      (["--json", "--format", "csv"], "--json and --format csv are both given"),
      (["-o", "a", "--output", "b"], "--output is given twice"),
      (["--discount=aws=0.1", "--discount=aws=0.2"], "discount: aws is given twice"),
    ] {
      let result = try Program.run(["--budget", "5M", "--samples", "0"] + words)
      #expect(result.status == 64 && result.output.isEmpty, "\(words)")
      #expect(result.errors.contains(reason), "\(result.errors)")
    }
  }
}
