// swift-tools-version: 6.2
import PackageDescription

/// Every floor is compiled alike: Swift 6 language mode, warnings are errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Elementary functions of real numbers.
let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")

/// Whether this is a checkout that another package depends on, where versions of Swift refuse unsafe
/// flags, and where how to compile is the other package's to say.
let isDependency = ["/checkouts/", "/registry/downloads/"].contains {
  Context.packageDirectory.contains($0)
}

/// Floors whose loops are too slow unoptimised for tests that plan hundreds of times.
let hot: [SwiftSetting] =
  strict + (isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))])

/// One floor of the house: a target that may import only the floors listed.
func floor(
  _ name: String, on below: [Target.Dependency] = [], exclude: [String] = [],
  plugins: [Target.PluginUsage] = [], settings: [SwiftSetting] = strict
) -> Target {
  .target(
    name: name, dependencies: below, exclude: exclude, swiftSettings: settings, plugins: plugins)
}

/// Pages of the floors are drawn by `PLAN_DOCS=1 swift package generate-documentation`; who doesn't ask
/// for them fetches nothing.
let documentation: [Package.Dependency] =
  Context.environment["PLAN_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0")]

let package = Package(
  name: "plan",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "plan", targets: ["plan"]),
    // The engine for programs, with its documents: everything but screens and the command line.
    .library(name: "PlanEngine", targets: ["PlanEngine", "Reports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
  ] + documentation,
  targets: [
    // The floors, from the ground up.
    floor("TOMLText", settings: hot),
    floor("Quantities", settings: hot),
    floor("Catalog", on: ["Quantities"], plugins: ["EmbedTables"], settings: hot),
    floor(
      "Workload", on: ["Quantities", "Catalog"], exclude: ["Tables"], plugins: ["EmbedTables"],
      settings: hot),
    floor(
      "Throughput", on: ["Quantities", "Catalog", "Workload", numerics], exclude: ["Tables"],
      plugins: ["EmbedTables"], settings: hot),
    floor(
      "TrainingLogs", on: ["Quantities", "Catalog", "Workload"], exclude: ["Tables"],
      plugins: ["EmbedTables"], settings: hot),
    floor("PriceFeeds", on: ["Quantities", "Catalog"], settings: hot),
    floor("Economics", on: ["Quantities", "Catalog"], settings: hot),
    floor("Uncertainty", on: ["Quantities", numerics], settings: hot),
    floor("Decisions", on: ["Quantities", "Uncertainty", numerics], settings: hot),
    floor(
      "Planning",
      on: [
        "Quantities", "Catalog", "TOMLText", "Workload", "Throughput", "Economics", "Uncertainty",
        "Decisions", numerics,
      ],
      exclude: ["Tables"], plugins: ["EmbedTables"], settings: hot),
    floor(
      "Reports",
      on: [
        "Quantities", "Catalog", "PriceFeeds", "Workload", "Throughput", "Economics",
        "Uncertainty", "Planning",
      ],
      exclude: ["Tables"], plugins: ["EmbedTables"]),
    floor("PlanEngine", on: ["Quantities", "Catalog", "Planning"], settings: hot),
    floor("Screen", settings: hot),
    floor(
      "Dashboard", on: ["Quantities", "Catalog", "TOMLText", "Planning", "Reports", "Screen"],
      settings: hot),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .target(
      name: "Terminal", dependencies: ["CNcurses", "Screen"], swiftSettings: strict,
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("tinfo", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .executableTarget(
      name: "plan",
      dependencies: [
        "PriceFeeds", "TrainingLogs", "Planning", "Reports", "Dashboard", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, plugins: ["EmbedTables"]),

    // Prints how fast the engine's hot loops run; no part of the product.
    .executableTarget(
      name: "plan-benchmarks",
      dependencies: [
        "Quantities", "Catalog", "PriceFeeds", "Workload", "Throughput", "Uncertainty", "Planning",
        "Dashboard",
      ],
      swiftSettings: strict),

    // Fits the step-time model on published runs and writes its tables; no part of the product.
    .executableTarget(
      name: "plan-fit", dependencies: ["Quantities", "Catalog", "Throughput"],
      swiftSettings: strict),

    // Tables of data live as CSV; these two turn them into string literals of the target
    // they belong to, so that the binary runs from any folder.
    .executableTarget(name: "embed-tables", swiftSettings: strict),
    .plugin(
      name: "EmbedTables", capability: .buildTool(), dependencies: ["embed-tables"],
      path: "Sources/EmbedTables"),

    .testTarget(name: "TOMLTextTests", dependencies: ["TOMLText"], swiftSettings: strict),
    .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"], swiftSettings: strict),
    .testTarget(
      name: "CatalogTests", dependencies: ["Catalog", "Mutations"], swiftSettings: strict),
    .testTarget(
      name: "WorkloadTests", dependencies: ["Workload", "Mutations"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "ThroughputTests", dependencies: ["Throughput", "Mutations"], swiftSettings: strict),
    .testTarget(
      name: "TrainingLogsTests", dependencies: ["TrainingLogs", "Mutations"],
      exclude: ["Fixtures"], swiftSettings: hot),
    // Inputs broken the way disks and people break them, for the tests of all readers.
    .target(
      name: "Mutations", dependencies: ["Quantities"], path: "Tests/Mutations", swiftSettings: hot),
    .testTarget(
      name: "PriceFeedsTests", dependencies: ["PriceFeeds", "Mutations"], exclude: ["Fixtures"],
      swiftSettings: hot),
    .testTarget(name: "EconomicsTests", dependencies: ["Economics"], swiftSettings: strict),
    .testTarget(
      name: "UncertaintyTests", dependencies: ["Uncertainty", numerics], swiftSettings: strict),
    .testTarget(
      name: "DecisionsTests", dependencies: ["Decisions", "Quantities", "Uncertainty", numerics],
      swiftSettings: hot),
    .testTarget(
      name: "PlanningTests", dependencies: ["Planning", "Mutations", numerics],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Planning"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "DashboardTests", dependencies: ["Dashboard", "Planning", "Mutations"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "ArticleTests",
      dependencies: [
        "TOMLText", "Quantities", "Catalog", "Workload", "TrainingLogs", "PriceFeeds", "Economics",
        "Uncertainty", "Planning", "PlanEngine", "Reports", "Screen",
      ],
      swiftSettings: strict),
    .testTarget(name: "PlanEngineTests", dependencies: ["PlanEngine"], swiftSettings: strict),
    .testTarget(name: "ScreenTests", dependencies: ["Screen"], swiftSettings: strict),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "Screen"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["plan"], exclude: ["server.py"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
