import Catalog
import Testing

@testable import PriceFeeds

@Suite("Price dumps of other tools")
struct PriceDumpTests {
  /// Prices by the catalogue's ids.
  private func prices(_ text: String, name: String = "prices") throws -> [String: Double] {
    let feed = PriceFeed(catalog: try Fixtures.catalog.get())
    let found = try feed.read(ByteSource(name: name, bytes: Array(text.utf8), piece: 97)).prices
    return Dictionary(found.map { ($0.id, $0.usdPerInstanceHour) }, uniquingKeysWith: { $1 })
  }

  private func fault(_ text: String, name: String = "prices") -> String {
    do {
      _ = try prices(text, name: name)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("aws pricing get-products: each product's own JSON; a host's usage type is another price")
  func products() throws {
    let text = try Fixtures.text("aws-products.txt")
    #expect(
      try prices(text) == [
        "aws/p5.48xlarge/us-east-2/on_demand": 55.04, "aws/trn9.96xlarge/us-east-2/on_demand": 2.5,
      ])
    #expect(fault(String(text.dropLast(30))).contains("prices:1"))
    let broken = text.replacing("\\\"unit\\\"", with: "\\\"un")
    #expect(fault(broken).hasPrefix("prices:1: PriceList: "))
  }

  @Test("a spot history that --query has shaped: objects with fewer keys, or bare lists")
  func query() throws {
    let objects = """
      [{"AvailabilityZone": "us-east-1a", "InstanceType": "p5.48xlarge", "ProductDescription": "Linux/UNIX",
        "SpotPrice": "19.5", "Timestamp": "2026-11-22T00:00:00Z"},
       {"AZ": "us-east-1b", "Type": "p5.48xlarge", "Product": "Linux/UNIX", "Price": "18.5",
        "Time": "2026-11-22T00:00:00Z"}]
      """
    #expect(try prices(objects) == ["aws/p5.48xlarge/us-east-1/spot": 18.5])
    let lists = """
      [["us-east-1a", "p5.48xlarge", "Linux/UNIX", "19.5", "2026-11-22T00:00:00Z"]]
      """
    #expect(try prices(lists) == ["aws/p5.48xlarge/us-east-1/spot": 19.5])
    let unsaid = #"[["us-east-1a", "p5.48xlarge", "19.5", "2026-11-22T00:00:00Z"]]"#
    let reading = try reading(unsaid)
    #expect(reading.prices.isEmpty)
    #expect(reading.passedOver.first?.reason.contains("ProductDescription") == true)
  }

  @Test("Google Cloud's Pricing API v2 needs its SKUs and their prices, and says which is missing")
  func pricingV2() throws {
    let text = try Fixtures.text("gcp-pricing-v2.txt")
    #expect(try prices(text) == ["gcp/v6e-slice/us-east5/on_demand": 2.7])
    let lines = text.split(separator: "\n").map { String($0) + "\n" }
    #expect(fault(lines[0]).contains("has no prices; fetch them as well"))
    #expect(fault(lines[1]).contains("has prices by SKU id alone"))
    #expect(try prices(lines[1] + lines[0]).count == 1)
  }

  @Test("gpuhunt's table, and SkyPilot's of other clouds by their folder's name")
  func clouds() throws {
    #expect(
      try prices(Fixtures.text("gpuhunt.txt")) == [
        "aws/p5.48xlarge/us-east-2/on_demand": 55.04, "aws/p5.48xlarge/us-east-2/spot": 20.5,
        "azure/ND96isr-H100-v5/eastus/on_demand": 98.32,
      ])
    let sky = try Fixtures.text("skypilot.txt")
    #expect(
      try prices(sky, name: "catalogs/v7/azure/vms.csv") == [
        "azure/ND96isr-H100-v5/eastus/on_demand": 98.32,
        "azure/ND96isr-H100-v5/eastus/spot": 39.3,
        "azure/ND96isr-H200-v5/westus3/on_demand": 84.8,
      ])
    #expect(fault(sky, name: "vms.csv").contains("azure/vms.csv"))
  }

  @Test("Vantage's instances.json: on demand, spot and standard terms of Linux")
  func vantage() throws {
    #expect(
      try prices(Fixtures.text("vantage.txt")) == [
        "aws/p5.48xlarge/us-east-2/on_demand": 55.04, "aws/p5.48xlarge/us-east-2/spot": 19.5,
        "aws/p5.48xlarge/us-east-2/commit_1y_no_upfront": 43.2,
      ])
  }

  @Test("capacity blocks in segments: each by its own fee, count and dates, or none of them")
  func segments() throws {
    func offer(_ fee: String) -> String {
      """
      {"CapacityBlockOfferings": [{"InstanceType": "p5.48xlarge", "AvailabilityZone": "us-east-2a",
       "InstanceCount": 4, "CapacityBlockDurationHours": 48, "UpfrontFee": "9999", "CurrencyCode": "USD",
       "StartDate": "2026-12-01T11:30:00Z", "CapacityBlockSegments": [
        {"InstanceType": "p5.48xlarge", "AvailabilityZone": "us-east-2a", "InstanceCount": 2,
         "StartDate": "2026-12-01T11:30:00Z", "EndDate": "2026-12-02T11:30:00Z", "UpfrontFee": "1440"},
        {"InstanceType": "p5e.48xlarge", "AvailabilityZone": "us-west-2a", "InstanceCount": 1,
         "StartDate": "2026-12-02T11:30:00Z", "EndDate": "2026-12-03T11:30:00Z"\(fee)}]}]}
      """
    }
    #expect(
      try prices(offer(", \"UpfrontFee\": \"840\"")) == [
        "aws/p5.48xlarge/us-east-2/capacity_block": 30,
        "aws/p5e.48xlarge/us-west-2/capacity_block": 35,
      ])
    let untold = try reading(offer(""))
    #expect(untold.prices.isEmpty)
    #expect(untold.passedOver.first?.weight == .unrecognised)
  }

  @Test(
    "a login page, an answer of another service, UTF-16 and a NUL are refused for what they are")
  func others() throws {
    #expect(
      fault("<!DOCTYPE html><html><title>Sign in</title>products SpotPriceHistory</html>\n")
        .contains("is a page for a browser"))
    #expect(
      fault(#"{"data":{"products":[{"prices":[{"USD":"55.04","purchaseOption":"on_demand"}]}]}}"#)
        .contains("is no price file that is known"))
    #expect(
      fault("\u{FEFF}InstanceType,AcceleratorName,Price\na\0,b,1\n", name: "azure/x.csv") != "")
    let feed = PriceFeed(catalog: try Fixtures.catalog.get())
    #expect(throws: Fault.self) {
      try feed.read(ByteSource(name: "p", bytes: [0xFF, 0xFE, 0x41, 0, 0x2C, 0]))
    }
  }
}
