import Catalog
import Testing

@testable import PriceFeeds

@Suite("Traps of the Google Cloud layouts")
struct GoogleCloudTrapTests {
  /// A page with one SKU.
  private func page(
    _ description: String, usage: String, units: String? = "8", nanos: Int = 0,
    group: String = "TPU", name: String = "services/6F81-5844-456A/skus/A",
    region: String = "us-east5", unit: String = "h", token: String = ""
  ) -> String {
    let whole = units.map { "\"units\": \"\($0)\", " } ?? ""
    return """
      {"skus": [{"name": "\(name)", "skuId": "A", "description": "\(description)",
      "category": {"resourceGroup": "\(group)", "usageType": "\(usage)"},
      "serviceRegions": ["\(region)"], "pricingInfo": [
      {"effectiveTime": "2020-01-01T00:00:00Z", "pricingExpression": {"usageUnit": "\(unit)",
      "tieredRates": [{"unitPrice": {"currencyCode": "USD", "units": "99", "nanos": 0}}]}},
      {"effectiveTime": "2026-11-20T07:00:00Z", "pricingExpression": {"usageUnit": "\(unit)",
      "tieredRates": [{"startUsageAmount": 0, "unitPrice": {"currencyCode": "USD", \(whole)"nanos": \(nanos)}}]}}]}],
      "nextPageToken": "\(token)"}
      """
  }

  static let products: [(description: String, usage: String, id: String)] = [
    ("TpuV6e running in Columbus", "OnDemand", "v6e-slice/us-east5/on_demand"),
    ("TpuV5p running in Columbus", "OnDemand", "v5p-slice/us-east5/on_demand"),
    ("Tpu7x running in Columbus", "OnDemand", "tpu7x-slice/us-east5/on_demand"),
    ("TPU7x running in Columbus", "OnDemand", "tpu7x-slice/us-east5/on_demand"),
    (
      "TpuV6e attached to Spot Preemptible VMs running in Columbus", "Preemptible",
      "v6e-slice/us-east5/spot"
    ),
    ("DWS Defined Duration V6e running in Columbus", "OnDemand", "v6e-slice/us-east5/flex_start"),
    (
      "DWS Defined Duration TPU7x running in Columbus", "OnDemand",
      "tpu7x-slice/us-east5/flex_start"
    ),
    ("Reserved V6e TPU in Columbus in Calendar Mode", "OnDemand", "v6e-slice/us-east5/calendar"),
    (
      "Commitment v1: TpuV6e running in Columbus for 1 Year", "Commit1Yr",
      "v6e-slice/us-east5/commit_1y"
    ),
    (
      "Commitment v1: TpuV6e running in Columbus for 3 Year", "Commit3Yr",
      "v6e-slice/us-east5/commit_3y"
    ),
  ]

  @Test(
    "four products share one kind of use; the description tells them apart", arguments: products)
  func descriptions(description: String, usage: String, id: String) throws {
    let found = try reading(page(description, usage: usage, nanos: 500_000_000))
    #expect(found.lines == ["gcp/\(id) 8.5 2026-11-20"])
  }

  @Test("the newest entry counts, whole units may be absent, and the address names the SKU")
  func amounts() throws {
    let found = try reading(
      page("TpuV6e running in X", usage: "OnDemand", units: nil, nanos: 250_000_000))
    #expect(found.prices.map(\.usdPerInstanceHour) == [0.25])
    #expect(
      found.prices.first?.source
        == "https://cloudbilling.googleapis.com/v1/services/6F81-5844-456A/skus/A")
  }

  @Test("what is not known is counted and shown, never guessed")
  func unknown() throws {
    let strangers: [(String, String)] = [
      ("TpuV6e running in Columbus", "Preemptible"), ("TpuV6e sleeping in Columbus", "OnDemand"),
      ("Old TpuV6e running in Columbus", "OnDemand"),
      ("Commitment v1: TpuV6e running in Columbus for 5 Year", "Commit1Yr"),
      ("DWS Defined Duration V6e running in Columbus", "Preemptible"),
      ("Reserved V6e TPU in Columbus", "OnDemand"),
    ]
    for (description, usage) in strangers {
      let found = try reading(page(description, usage: usage))
      #expect(found.prices.isEmpty)
      #expect(found.passedOver.first?.weight == .unrecognised, "\(description)")
    }
    let optimized = try reading(page("Capacity Optimized TpuV6e running in X", usage: "OnDemand"))
    #expect(optimized.prices.isEmpty && optimized.passed("capacity optimized") == 1)
    let gpu = try reading(page("H100 running in X", usage: "OnDemand", group: "GPU"))
    #expect(gpu.prices.isEmpty && gpu.passed("other things than TPUs") == 1)
    let month = try reading(page("TpuV6e running in X", usage: "OnDemand", unit: "mo"))
    #expect(month.prices.isEmpty && month.passed("by the hour") == 1)
    let free = try reading(page("TpuV6e running in X", usage: "OnDemand", units: "0"))
    #expect(free.prices.isEmpty && free.passed("0 USD") == 1)
    let continent = try reading(page("TpuV6e running in X", usage: "OnDemand", region: "europe"))
    #expect(continent.prices.isEmpty && continent.passed("continent") == 1)
  }

  @Test("the older service prices eight cores, which are four chips")
  func devices() throws {
    let old = "services/E000-3F24-B8AA/skus/B"
    let cases: [(String, String, String)] = [
      // 8 USD for 8 cores is 2 USD a chip; a v3 device is sold as four chips.
      ("Tpu-v3 Pod running in Iowa", "OnDemand", "v3-pod/us-east5/on_demand 2.0"),
      ("Tpu-v3 running in Iowa", "OnDemand", "v3-8/us-east5/on_demand 8.0"),
      ("Preemptible Tpu-v4 Pod running in Iowa", "OnDemand", "v4-slice/us-east5/spot 2.0"),
      ("Preemptible Tpu-v4 Pod running in Iowa", "Preemptible", "v4-slice/us-east5/spot 2.0"),
    ]
    for (description, usage, line) in cases {
      let found = try reading(page(description, usage: usage, name: old))
      #expect(found.lines == ["gcp/\(line) 2026-11-20"], "\(description)")
    }
    let v2 = try reading(page("Tpu-v2 Pod running in Iowa", usage: "OnDemand", name: old))
    #expect(v2.prices.isEmpty && v2.passed("doesn't know") == 1)
    let odd = try reading(page("Tpu-v3 Lease in Iowa", usage: "OnDemand", name: old))
    #expect(odd.passedOver.first?.weight == .unrecognised)
  }

  @Test("pages may follow one another or stand in an array; a missing page is noted")
  func pages() throws {
    let first = page("TpuV6e running in X", usage: "OnDemand", token: "next")
    let second = page("TpuV5p running in X", usage: "OnDemand")
    for text in [first + second, first + "\n" + second, "[\(first), \(second)]"] {
      let found = try reading(text)
      #expect(found.prices.map(\.instance) == ["v6e-slice", "v5p-slice"])
      #expect(found.passed("further pages") == 0)
    }
    #expect(try reading(first).passed("further pages") == 1)
  }

  private let header =
    "InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,GpuInfo,Region,AvailabilityZone,"
    + "Price,SpotPrice\n"

  private func slice(_ name: String, _ price: String, _ spot: String, zone: String = "us-east5-a")
    -> String
  {
    ",,,tpu-\(name),1,tpu-\(name),us-east5,\(zone),\(price),\(spot)\n"
  }

  @Test("chips are the number of a slice, or half of it where cores are counted")
  func chips() throws {
    let text =
      header + slice("v5litepod-4", "4.8", "") + slice("v6e-8", "21.6", "")
      + slice("v5p-8", "16.8", "") + slice("v4-16", "25.76", "") + slice("v3-8", "8", "")
      + slice("v3-32", "32", "")
    #expect(
      try reading(text).prices.map { "\($0.instance) \(Float($0.usdPerInstanceHour))" } == [
        "v5e-slice 1.2", "v6e-slice 2.7", "v5p-slice 4.2", "v4-slice 3.22", "v3-8 8.0",
        "v3-pod 2.0",
      ])
  }

  @Test("700 USD stands for no price, copies count once, an empty spot price is none")
  func sentinels() throws {
    let found = try reading(
      header + slice("v6e-8", "700.0", "700.0") + slice("v5p-8", "16.8", "")
        + slice("v5p-8", "16.8", ""))
    #expect(found.prices.map(\.id) == ["gcp/v5p-slice/us-east5/on_demand"])
    #expect(found.passed("700 USD") == 2 && found.passed("copies") == 1)
  }

  @Test("slices of different size agree by the chip up to rounding, and the largest is the finest")
  func rounding() throws {
    let found = try reading(
      header + slice("v6e-1", "1.45708", "") + slice("v6e-256", "373.00992", ""))
    #expect(found.prices.map(\.usdPerInstanceHour) == [1.45707])
    let apart = try reading(header + slice("v6e-1", "2", "") + slice("v6e-8", "24", ""))
    #expect(apart.prices.isEmpty && apart.passed("different prices") == 2)
  }

  @Test("GPU prices on demand may be flex-start rates; spot is machine plus GPUs")
  func gpus() throws {
    let found = try reading(
      header + "a3-highgpu-8g,208,1872,,,,us-east5,us-east5-a,10,4\n"
        + "a4-highgpu-8g,224,3968,,,,us-east5,us-east5-a,0.0,0.0\n"
        + ",,,H100,8,{'Gpus': [{'MemoryInfo': {'SizeInMiB': 81920}}]},us-east5,us-east5-a,33,22\n"
        + ",,,B200,8,{'Gpus': [{}]},us-east5,us-east5-a,64.44,39\n"
        + ",,,L4,1,{'Gpus': [{}]},us-east5,us-east5-a,1,0.5\n"
        + "n1-standard-1,1,3.75,,,,us-east5,us-east5-a,0.04,0.01\n")
    #expect(found.lines == ["gcp/a3-highgpu-8g/us-east5/spot 26.0 "])
    #expect(found.prices.map(\.grade) == [.d])
    #expect(found.passed("flex-start") == 2 && found.passed("machine has no price") == 1)
    #expect(found.passed("other machines") == 2)
  }
}
