import Foundation
import Testing

@Suite("plan prices, as users call it", .serialized)
struct PricesTests {
  /// Spot prices of one instance in made-up order and amount.
  private func spot(_ price: String, zone: String = "us-east-1a", day: String = "2026-11-22")
    -> String
  {
    """
    {"SpotPriceHistory": [{"AvailabilityZone": "\(zone)", "InstanceType": "p5.48xlarge",
    "ProductDescription": "Linux/UNIX", "SpotPrice": "\(price)", "Timestamp": "\(day)T00:00:00Z"}]}
    """
  }

  private func contents(_ url: URL) throws -> String {
    try String(contentsOf: url, encoding: .utf8)
  }

  @Test("an import makes the folder, lays the price in, and the plan uses it")
  func imports() throws {
    let scratch = try Scratch()
    let file = try scratch.write("spot.json", spot("19.5"))
    let folder = scratch.file("mine/prices").path
    let result = try Program.run("prices", "import", file, "--output", folder, "--report", "csv")
    #expect(result.status == 0)
    #expect(result.output.contains("aws/p5.48xlarge/us-east-1/spot,changed,20.784,19.5,-6.2"))
    #expect(result.errors.contains("spot-history, 1 price"))
    #expect(try contents(scratch.file("mine/prices/offers.csv")).contains(",19.5,"))
    let listed = try Program.run("catalog", "offers", "--pricing", folder, "--format", "csv")
    #expect(listed.output.contains("aws/p5.48xlarge/us-east-1/spot,h100-sxm,8,19.5,"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["offers.csv"])
  }

  @Test("a file cut off or mangled changes nothing, gets status 65 and says where it broke")
  func broken() throws {
    let scratch = try Scratch()
    let folder = scratch.file("mine").path
    let good = try scratch.write("good.json", spot("19.5"))
    _ = try Program.run("prices", "import", good, "--output", folder)
    let before = try contents(scratch.file("mine/offers.csv"))
    let bad = try scratch.write("bad.json", String(spot("9").dropLast(20)))
    let result = try Program.run("prices", "import", good, bad, "--output", folder)
    #expect(result.status == 65 && result.output.isEmpty)
    #expect(result.errors.contains("bad.json:2") && result.errors.contains("at byte"))
    #expect(try contents(scratch.file("mine/offers.csv")) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["offers.csv"])
  }

  @Test("a dry run writes nothing; nothing to import is status 3; a bad folder is status 73")
  func writesNothing() throws {
    let scratch = try Scratch()
    let file = try scratch.write("spot.json", spot("19.5"))
    let folder = scratch.file("mine").path
    let dry = try Program.run("prices", "import", file, "--output", folder, "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("19.5"))
    #expect(!FileManager.default.fileExists(atPath: folder))
    let strange = try scratch.write(
      "strange.json", spot("1").replacing("p5.48xlarge", with: "m1.small"))
    #expect(try Program.run("prices", "import", strange, "--output", folder).status == 3)
    #expect(try Program.run("prices", "import", file, "--output", "\(file)/x").status == 73)
    #expect(try Program.run("prices", "import", "/no/such", "--output", folder).status == 66)
    let near = try Program.run("prices", "import", file, "--output", folder, "--format", "ec2-cvs")
    #expect(near.status == 64 && near.errors.contains("ec2-csv?"))
  }

  @Test("the folder is the XDG one when none is given; a relative one is ignored")
  func folders() throws {
    let scratch = try Scratch()
    let file = try scratch.write("spot.json", spot("19.5"))
    let data = scratch.file("data").path
    let home = scratch.file("home").path
    _ = try Program.run("prices", "import", file, environment: ["XDG_DATA_HOME": data])
    #expect(FileManager.default.fileExists(atPath: "\(data)/plan/pricing/offers.csv"))
    _ = try Program.run(
      "prices", "import", file, environment: ["XDG_DATA_HOME": "relative", "HOME": home])
    #expect(FileManager.default.fileExists(atPath: "\(home)/.local/share/plan/pricing/offers.csv"))
  }

  @Test("a check names what is old and ends with 3; with nothing to name it ends with 0")
  func check() throws {
    let all = try Program.run("prices", "check", "--today", "2026-11-23", "--format", "csv")
    #expect(all.status == 3)
    #expect(all.output.contains("aws/trn1.32xlarge/us-east-1/on_demand,old,21.5,2026-07-20,126,"))
    let recent = try Program.run(
      "prices", "check", "--today", "2026-07-20", "--older-than", "9y", "--all", "--json")
    #expect(recent.output.contains("\"fresh\""))
    #expect(try Program.run("prices", "check", "--older-than", "soon").status == 64)
  }

  @Test("a difference is by offer: a folder is laid over the built-in tables, a file stands alone")
  func diff() throws {
    let scratch = try Scratch()
    let file = try scratch.write("spot.json", spot("19.5"))
    let folder = scratch.file("mine").path
    _ = try Program.run("prices", "import", file, "--output", folder)
    let folders = try Program.run("prices", "diff", "built-in", folder, "--format", "csv")
    #expect(folders.status == 0)
    #expect(folders.output.split(separator: "\r\n").count == 2)
    #expect(folders.output.contains("aws/p5.48xlarge/us-east-1/spot,changed,20.784,19.5,-6.2,"))
    let alone = try Program.run(
      "prices", "diff", "\(folder)/offers.csv", "built-in", "--format", "csv")
    #expect(alone.output.contains(",added,"))
    #expect(try Program.run("prices", "diff", "built-in", "/no/such").status == 66)
  }
}
