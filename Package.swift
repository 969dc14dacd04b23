// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "nnkit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "ModelFormat", targets: ["ModelFormat"]),
    .library(name: "ModelInspection", targets: ["ModelInspection"]),
    .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
    .library(name: "NetworkStorage", targets: ["NetworkStorage"]),
    .library(name: "IDX", targets: ["IDX"]),
    .executable(name: "nnkit", targets: ["nnkit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),

    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CInstructions"),

    library("BinaryIO", ["CLinux", "CZlib"]),
    library("IDX", ["BinaryIO"]),
    library("ModelFormat", ["BinaryIO"]),
    library("NeuralNetwork", ["CInstructions", "COpenBLAS"]),
    library("NetworkStorage", ["ModelFormat", "NeuralNetwork"]),
    library("ModelInspection", ["BinaryIO", "ModelFormat"]),
    library(
      "NNKitCommands",
      [
        "BinaryIO", "IDX", "ModelFormat", "ModelInspection", "NetworkStorage", "NeuralNetwork",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "nnkit", dependencies: ["NNKitCommands"], swiftSettings: strict),
    .executableTarget(
      name: "nnkit-bench",
      dependencies: [
        "BinaryIO", "IDX", "ModelFormat", "ModelInspection", "NeuralNetwork",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Peers"], swiftSettings: strict),

    tests(of: "CZlib"),
    tests(of: "COpenBLAS"),
    tests(of: "BinaryIO", ["TestSupport"]),
    tests(of: "IDX", ["TestSupport"]),
    tests(of: "ModelFormat", ["BinaryIO", "TestSupport"], exclude: ["Oracle"]),
    tests(of: "NeuralNetwork", ["IDX", "TestSupport"], exclude: ["Oracle"]),
    tests(of: "NetworkStorage", ["ModelFormat", "NeuralNetwork"]),
    tests(of: "ModelInspection", ["TestSupport"]),
    tests(
      of: "NNKitCommands",
      [
        "BinaryIO", "IDX", "ModelFormat", "NetworkStorage", "NeuralNetwork", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    tests(of: "nnkit", ["TestSupport"]),
    tests(of: "nnkit-bench", ["IDX", "ModelFormat", "NeuralNetwork", "TestSupport"]),
    .testTarget(
      name: "SpecificationTests", dependencies: ["ModelFormat", "TestSupport"], swiftSettings: strict),
    // What several of the tests above need; no product has it.
    .target(
      name: "TestSupport", dependencies: ["BinaryIO"], path: "Tests/TestSupport", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// Tests/fuzz.sh asks for the fuzz targets, which libFuzzer must be linked into. Then there is nothing else to build.
if Context.environment["NNKIT_FUZZING"] != nil {
  func fuzzing(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: ["FuzzingSupport"] + dependencies, path: "Sources/Fuzzing/\(name)",
      swiftSettings: strict)
  }
  let libraries = ["CLinux", "CZlib", "BinaryIO", "IDX", "ModelFormat", "ModelInspection"]
  package.products = []
  package.dependencies = []
  package.targets = package.targets.filter { libraries.contains($0.name) }
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Sources/Fuzzing/CFuzzer"),
    .target(
      name: "FuzzingSupport", dependencies: ["BinaryIO", "CFuzzer", "ModelFormat", "ModelInspection"],
      path: "Sources/Fuzzing/FuzzingSupport", swiftSettings: strict),
    fuzzing("FuzzChunks", ["BinaryIO", "ModelFormat"]),
    fuzzing("FuzzIDX", ["BinaryIO", "IDX"]),
    fuzzing("FuzzInflate", ["BinaryIO"]),
    fuzzing("FuzzJSON", ["ModelFormat"]),
    fuzzing("FuzzModel", ["BinaryIO", "CFuzzer", "ModelFormat"]),
    fuzzing("FuzzSafetensors", ["BinaryIO", "CFuzzer", "ModelFormat"]),
    fuzzing("FuzzSeeds", ["BinaryIO", "ModelFormat"]),
    fuzzing("FuzzValues", ["BinaryIO", "CFuzzer", "ModelFormat"]),
  ]
}
