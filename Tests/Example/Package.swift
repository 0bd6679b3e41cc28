// swift-tools-version: 6.2
import PackageDescription

// A program of its own that asks the engine; built and run by `.ci/run`.
let package = Package(
  name: "example",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "plan", path: "../..")],
  targets: [
    .executableTarget(
      name: "ask", dependencies: [.product(name: "PlanEngine", package: "plan")])
  ],
  swiftLanguageModes: [.v6]
)
