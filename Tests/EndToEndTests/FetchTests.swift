import Foundation
import Testing

/// A server of files on this machine, which ends with its owner.
private final class LocalServer {
  let folder: Scratch
  let address: String
  private let process = Process()

  /// - Parameters:
  ///   - files: bodies by path.
  ///   - breakAfter: bytes after which the first answer with a `.csv` is broken off.
  ///   - understandsRanges: false takes the server that comes with Python, which doesn't.
  init(_ files: [String: String], breakAfter: Int? = nil, understandsRanges: Bool = true) throws {
    folder = try Scratch()
    for (path, body) in files {
      let name = String(path.drop { $0 == "/" })
      if understandsRanges {
        try folder.write(name.replacing("/", with: "_"), body)
      } else {
        let file = folder.file(name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(body.utf8).write(to: file)
      }
    }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("server.py").path
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      understandsRanges
      ? ["python3", script, folder.url.path] + (breakAfter.map { [String($0)] } ?? [])
      : ["python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", folder.url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    // “8000”, or “Serving HTTP on 127.0.0.1 port 8000 (http://…”.
    var line = ""
    while !line.contains("\n") {
      let piece = pipe.fileHandleForReading.availableData
      guard !piece.isEmpty else { break }
      line += String(decoding: piece, as: UTF8.self)
    }
    let words = line.split { !$0.isNumber && !$0.isLetter && $0 != "." }
    let port =
      words.firstIndex(of: "port").map { words[$0 + 1] } ?? words.first ?? "0"
    address = "http://127.0.0.1:\(port)"
  }

  deinit {
    // A child of a dispatch thread inherits its signal mask, so that SIGTERM would not reach it.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// What was asked for, one line a request.
  var requests: [String] {
    let text = try? String(contentsOf: folder.file("requests.log"), encoding: .utf8)
    return text.map { $0.split(separator: "\n").map { String($0) } } ?? []
  }
}

@Suite("plan prices fetch, against a server on this machine", .serialized)
struct FetchTests {
  private static let index = "/offers/v1.0/aws/AmazonEC2/current/region_index.json"
  private static let list = "/offers/v1.0/aws/AmazonEC2/20261120000000/us-east-2/index"

  /// A list of one price, and lines of other instances up to some size.
  private static let csv: String = {
    let header = [
      "SKU", "OfferTermCode", "TermType", "Unit", "PricePerUnit", "Currency",
      "LeaseContractLength", "PurchaseOption", "Instance Type", "Tenancy", "Operating System",
      "usageType", "Region Code",
    ]
    func line(_ type: String, _ price: String) -> String {
      "\"A\",\"T\",\"OnDemand\",\"Hrs\",\"\(price)\",\"USD\",,,\"\(type)\",\"Shared\",\"Linux\","
        + "\"USE2-BoxUsage:\(type)\",\"us-east-2\"\n"
    }
    return "\"FormatVersion\",\"v1.0\"\n\"Publication Date\",\"2026-11-20T00:00:00Z\"\n"
      + "\"OfferCode\",\"AmazonEC2\"\n" + header.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
      + String(repeating: line("m7i.large", "0.1"), count: 2000) + line("trn1.32xlarge", "20")
  }()

  private static let files = [
    index: """
    {"regions": {"us-east-2": {"regionCode": "us-east-2", "currentVersionUrl": "\(list).json"},
    "us-evil-1": {"regionCode": "us-evil-1", "currentVersionUrl": "/../etc/$(id).json"}}}
    """,
    "\(list).csv": csv,
  ]

  private func fetch(_ server: LocalServer, _ folder: Scratch, _ arguments: String...) throws
    -> Program.Result
  {
    try Program.run(
      ["prices", "fetch"] + arguments + ["--output", folder.url.path, "--from", server.address],
      environment: ["no_proxy": "*", "GOOGLE_API_KEY": "made-up-key"])
  }

  @Test("a region's list is fetched, checksummed, named on stdout, and can be imported")
  func region() throws {
    let (server, folder) = (try LocalServer(Self.files), try Scratch())
    let result = try fetch(server, folder, "ec2", "--region", "us-east-2")
    #expect(result.status == 0, "\(result.errors)")
    let file = folder.file("ec2-us-east-2-20261120000000.csv").path
    #expect(result.output == file + "\n")
    let sum = try String(contentsOfFile: file + ".sha256", encoding: .utf8)
    #expect(sum.hasSuffix("  ec2-us-east-2-20261120000000.csv\n") && sum.count == 64 + 35)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.csv)
    #expect(!FileManager.default.fileExists(atPath: file + ".part"))
    let mine = folder.file("mine").path
    let imported = try Program.run("prices", "import", file, "--output", mine, "--report", "csv")
    #expect(imported.output.contains("aws/trn1.32xlarge/us-east-2/on_demand,changed,21.5,20,"))
    // What is there and sound is not fetched again.
    let before = server.requests.count
    #expect(try fetch(server, folder, "ec2", "--region", "us-east-2").status == 0)
    #expect(server.requests.count == before + 1)
    // What was changed since is.
    try Data("x".utf8).write(to: URL(fileURLWithPath: file))
    #expect(try fetch(server, folder, "ec2", "--region", "us-east-2").status == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.csv)
  }

  @Test("a fetch that was cut off goes on where it stopped")
  func resumes() throws {
    let server = try LocalServer(Self.files, breakAfter: 50_000)
    let folder = try Scratch()
    let first = try fetch(server, folder, "ec2", "--region", "us-east-2")
    #expect(first.status == 69 && first.output.isEmpty)
    #expect(first.errors.contains("run the same command again"))
    let file = folder.file("ec2-us-east-2-20261120000000.csv").path
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(try Data(contentsOf: URL(fileURLWithPath: file + ".part")).count == 50_000)
    let second = try fetch(server, folder, "ec2", "--region", "us-east-2")
    #expect(second.status == 0, "\(second.errors)")
    #expect(server.requests.last?.contains("bytes=50000-") == true)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.csv)
  }

  @Test("a server that knows no ranges is asked again from the start")
  func withoutRanges() throws {
    let server = try LocalServer(Self.files, understandsRanges: false)
    let folder = try Scratch()
    let file = folder.file("ec2-us-east-2-20261120000000.csv").path
    for part in ["abc", Self.csv, Self.csv + "more"] {
      try? FileManager.default.removeItem(atPath: file)
      try Data(part.utf8).write(to: URL(fileURLWithPath: file + ".part"))
      let result = try fetch(server, folder, "ec2", "--region", "us-east-2")
      #expect(result.status == 0, "\(result.errors)")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.csv)
    }
  }

  @Test("pages of SKUs are followed, the key goes along in a header and in no address")
  func pages() throws {
    let first = "{\"skus\": [], \"nextPageToken\": \"next/1\"}"
    let last = "{\"skus\": [], \"nextPageToken\": \"\"}"
    let server = try LocalServer([
      "/v1/services/6F81-5844-456A/skus": first,
      "/v1/services/6F81-5844-456A/skus_next%2F1": last,
      "/v1/services/E000-3F24-B8AA/skus": last,
    ])
    let folder = try Scratch()
    let result = try fetch(server, folder, "gcp-skus")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.split(separator: "\n").map { $0.split(separator: "/").last } == [
        "gcp-skus-6F81-5844-456A-1.json", "gcp-skus-6F81-5844-456A-2.json",
        "gcp-skus-E000-3F24-B8AA-1.json",
      ])
    #expect(server.requests.count == 3)
    #expect(server.requests.allSatisfy { $0.hasSuffix(" made-up-key") && !$0.contains("key=") })
  }

  @Test("what is not a price list, not there or not known is refused, and nothing is left behind")
  func refused() throws {
    let server = try LocalServer([
      Self.index: Self.files[Self.index] ?? "",
      "/skypilot-org/skypilot-catalog/master/catalogs/v8/gcp/vms.csv": "<html>log in</html>",
    ])
    let folder = try Scratch()
    let page = try fetch(server, folder, "skypilot-gcp")
    #expect(page.status == 65 && page.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.file("skypilot-gcp.csv").path))
    let gone = try fetch(server, folder, "ec2", "--region", "us-east-2")
    #expect(gone.status == 69 && gone.errors.contains("HTTP 404"))
    let near = try fetch(server, folder, "ec2", "--region", "us-east2")
    #expect(near.status == 65 && near.errors.contains("did you mean us-east-2?"))
    #expect(try fetch(server, folder, "ec2", "--region", "us-evil-1").status == 65)
    #expect(try fetch(server, folder, "spot-advisor").status == 69)
    #expect(try fetch(server, folder, "ec2").status == 64)
    let keyless = try Program.run(
      "prices", "fetch", "gcp-skus", "--output", folder.url.path,
      environment: ["GOOGLE_API_KEY": ""])
    #expect(keyless.status == 64 && keyless.errors.contains("GOOGLE_API_KEY"))
  }

  @Test("no name that a server gives, and none that is asked for, leads out of the folder")
  func names() throws {
    let names = [
      "../../evil", "..", "/etc/evil", "a/b", "a\\u001b[2J", "us-east-1\\u0000", "a b", "~",
      "$(id)",
      "-x",
    ]
    let regions = names.map { name in
      "\"\(name)\": {\"regionCode\": \"\(name)\", \"currentVersionUrl\": \"\(Self.list).json\"}"
    }
    let paths = [
      "/../x.json", "/a/../../x.json", "/a\\u0000.json", "/;id.json", "x.json", "/%2e%2e/x",
    ]
    .enumerated().map { place, path in
      "\"r\(place)\": {\"regionCode\": \"r\(place)\", \"currentVersionUrl\": \"\(path)\"}"
    }
    let server = try LocalServer([
      Self.index: "{\"regions\": {\((regions + paths).joined(separator: ","))}}",
      "\(Self.list).csv": Self.csv,
    ])
    let scratch = try Scratch()
    let folder = scratch.file("lists")
    let asked = ["../../evil", "..", "/etc/evil", "a/b", "a\u{1B}[2J", "a b", "~", "$(id)", "r9"]
    for region in asked + (0..<6).map({ "r\($0)" }) {
      let result = try Program.run(
        [
          "prices", "fetch", "ec2", "--region", region, "--output", folder.path, "--from",
          server.address,
        ],
        environment: ["no_proxy": "*"])
      #expect(result.status == 65 && result.output.isEmpty, "\(region): \(result.errors)")
      #expect(!result.errors.contains("\u{1B}"))
    }
    let made = try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path).sorted()
    #expect(made == ["lists", "lists/ec2-regions.json", "lists/ec2-regions.json.sha256"])
  }
}
