// swift-tools-version: 6.3
import PackageDescription

/// Tests/fuzz.sh asks for the fuzz targets, which libFuzzer must be linked into, and for nothing but them and what they
/// need: no products, no tests, no dependencies to fetch.
let isFuzzing = Context.environment["NNKIT_FUZZING"] != nil

/// The gate asks for tests that take less time: in debug builds too, libraries that compute are optimised, and keep the
/// checks, those of the standard library among them. Packages that depend on this one could not have such flags.
let isOptimized = Context.environment["NNKIT_OPTIMIZED"] != nil

let optimization: [SwiftSetting] =
  isOptimized
  ? [
    .unsafeFlags(
      [
        "-O", "-whole-module-optimization", "-num-threads", "2", "-disable-batch-mode", "-assert-config", "Debug",
      ], .when(configuration: .debug))
  ] : []

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Where an expression is unsafe, the word stands at it. Tests are left out: what `@Test` and `#expect` expand to does not
/// say so itself.
let safe: [SwiftSetting] = strict + [.strictMemorySafety()]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: safe + optimization)
}

func tool(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .executableTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: safe)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

func fuzzing(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["FuzzingSupport"] + dependencies, path: "Sources/Fuzzing/\(name)",
    swiftSettings: strict)
}

/// What the fuzz targets need too.
let examined: [Target] = [
  .systemLibrary(name: "CLinux"),
  .systemLibrary(
    name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
  library("Threads"),
  library("Formatting"),
  library("Hashing", ["MachineLimits"]),
  library("LayerKinds"),
  library("MachineLimits", ["CLinux"]),
  library("BinaryIO", ["CLinux", "CZlib", "MachineLimits"]),
  library("IDX", ["BinaryIO"]),
  library("ModelFormat", ["BinaryIO", "MachineLimits", "Threads"]),
  library("NPY", ["BinaryIO"]),
  library("ModelExchange", ["BinaryIO", "LayerKinds", "ModelFormat", "NPY", "Threads"]),
  library("LinearAlgebra", ["MachineLimits", "Threads"]),
  library(
    "ModelInspection",
    ["BinaryIO", "Formatting", "Hashing", "LayerKinds", "LinearAlgebra", "ModelFormat", "Threads"]),
]

let computing: [Target] = [
  .systemLibrary(name: "CInstructions"),
  library("NeuralNetwork", ["CInstructions", "LayerKinds", "LinearAlgebra", "Threads"]),
  library(
    "NetworkStorage", ["BinaryIO", "LayerKinds", "MachineLimits", "ModelFormat", "NeuralNetwork", "Threads"]),
  library(
    "NetworkRuns",
    [
      "BinaryIO", "Formatting", "IDX", "LayerKinds", "LinearAlgebra", "MachineLimits", "ModelExchange", "ModelFormat",
      "NetworkStorage", "NeuralNetwork", "Threads",
    ]),
  library("LossLandscape", ["LinearAlgebra", "NeuralNetwork"]),
  library(
    "NetworkInspection",
    ["BinaryIO", "Formatting", "LayerKinds", "ModelFormat", "ModelInspection", "NeuralNetwork", "Threads"]),
]

let tools: [Target] = [
  library("Pages", ["Formatting"]),
  // Large, last to be built, and without loops that take long: it would be optimised for nothing.
  .target(
    name: "NNKitCommands",
    dependencies: [
      "BinaryIO", "Formatting", "Hashing", "IDX", "LayerKinds", "LossLandscape", "ModelExchange", "ModelFormat",
      "MachineLimits", "ModelInspection", "NPY", "NetworkInspection", "NetworkRuns", "NetworkStorage", "NeuralNetwork",
      "Pages", "Threads", argumentParser,
    ], swiftSettings: safe),
  tool("nnkit", ["NNKitCommands"]),
  tool(
    "nnkit-bench",
    [
      "BinaryIO", "ModelExchange", "ModelFormat", "ModelInspection", "NetworkRuns", "NeuralNetwork", "Threads",
      argumentParser,
    ],
    exclude: ["Peers"]),
]

let tested: [Target] = [
  // What several of the tests below need; no product has it.
  .target(
    name: "TestSupport", dependencies: ["BinaryIO", "Threads"], path: "Tests/TestSupport",
    swiftSettings: strict + optimization),
  .target(
    name: "ModelSamples", dependencies: ["ModelFormat", "TestSupport"], path: "Tests/ModelSamples",
    swiftSettings: strict + optimization),
  tests(of: "CZlib"),
  tests(of: "LinearAlgebra"),
  tests(of: "MachineLimits", ["BinaryIO", "TestSupport"]),
  tests(of: "Threads", ["TestSupport"]),
  tests(of: "BinaryIO", ["TestSupport", "Threads"]),
  tests(of: "Hashing", ["TestSupport"]),
  tests(of: "IDX", ["MachineLimits", "TestSupport"]),
  tests(of: "LayerKinds", ["NeuralNetwork", "TestSupport"]),
  tests(of: "ModelFormat", ["BinaryIO", "MachineLimits", "ModelSamples", "TestSupport", "Threads"]),
  tests(of: "NPY", ["BinaryIO", "TestSupport"]),
  tests(of: "ModelExchange", ["BinaryIO", "ModelFormat", "ModelSamples", "NPY", "TestSupport"]),
  tests(of: "NeuralNetwork", ["IDX", "TestSupport", "Threads"]),
  tests(
    of: "NetworkStorage",
    ["BinaryIO", "LayerKinds", "ModelExchange", "ModelFormat", "NeuralNetwork", "TestSupport"]),
  tests(of: "NetworkRuns", ["BinaryIO", "IDX", "ModelFormat", "NetworkStorage", "NeuralNetwork", "TestSupport"]),
  // Built as a client builds them, without our stricter settings.
  .executableTarget(
    name: "PredictExample", dependencies: ["IDX", "NetworkRuns"], path: "Tests/Examples/PredictExample"),
  .executableTarget(
    name: "TrainExample", dependencies: ["ModelFormat", "NetworkRuns"], path: "Tests/Examples/TrainExample"),
  .testTarget(
    name: "ExamplesTests", dependencies: ["PredictExample", "TestSupport", "TrainExample"], swiftSettings: strict),
  // Run by Tests/stress.sh; in no product.
  .executableTarget(
    name: "Stress", dependencies: ["BinaryIO", "ModelExchange", "ModelFormat", "TestSupport"], path: "Tests/Stress",
    swiftSettings: strict + optimization),
  tests(of: "Stress", ["ModelExchange", "ModelFormat", "NNKitCommands", argumentParser]),
  tests(of: "LossLandscape", ["NeuralNetwork"]),
  tests(
    of: "ModelInspection",
    ["BinaryIO", "Hashing", "LinearAlgebra", "ModelFormat", "NetworkRuns", "TestSupport", "Threads"]),
  tests(of: "NetworkInspection", ["LayerKinds", "ModelFormat", "ModelInspection", "NeuralNetwork", "TestSupport"]),
  tests(of: "Formatting"),
  tests(of: "Pages", ["TestSupport"]),
  tests(
    of: "NNKitCommands",
    [
      "BinaryIO", "Formatting", "IDX", "LossLandscape", "ModelExchange", "ModelFormat", "ModelInspection",
      "NetworkInspection", "NetworkRuns", "NetworkStorage", "NeuralNetwork", "Pages", "TestSupport", argumentParser,
    ]),
  tests(of: "nnkit", ["TestSupport"], exclude: ["Expected"]),
  tests(of: "nnkit-bench", ["IDX", "ModelExchange", "ModelFormat", "NeuralNetwork", "TestSupport"]),
  .testTarget(
    name: "SpecificationTests", dependencies: ["ModelFormat", "TestSupport"], swiftSettings: strict),
]

let fuzzed: [Target] = [
  .systemLibrary(name: "CFuzzer", path: "Sources/Fuzzing/CFuzzer"),
  .target(
    name: "FuzzingSupport", dependencies: ["BinaryIO", "CFuzzer", "ModelExchange", "ModelFormat", "ModelInspection"],
    path: "Sources/Fuzzing/FuzzingSupport", swiftSettings: strict),
  fuzzing("FuzzChunks", ["BinaryIO", "ModelFormat", "Threads"]),
  fuzzing("FuzzGGUF", []),
  fuzzing("FuzzIDX", ["BinaryIO", "IDX"]),
  fuzzing("FuzzInflate", ["BinaryIO"]),
  fuzzing("FuzzJSON", ["ModelExchange", "ModelFormat"]),
  fuzzing("FuzzModel", ["BinaryIO", "CFuzzer", "ModelFormat"]),
  fuzzing("FuzzONNX", ["CFuzzer"]),
  fuzzing("FuzzNumPy", []),
  fuzzing("FuzzPyTorch", ["BinaryIO"]),
  fuzzing("FuzzSafetensors", ["BinaryIO", "CFuzzer", "ModelExchange", "ModelFormat"]),
  fuzzing("FuzzSeeds", ["BinaryIO", "ModelExchange", "ModelFormat"]),
  fuzzing("FuzzShards", ["BinaryIO", "ModelExchange", "ModelFormat"]),
  fuzzing("FuzzValues", ["BinaryIO", "CFuzzer", "ModelExchange", "ModelFormat"]),
]

let package = Package(
  name: "nnkit",
  platforms: [.macOS(.v15)],
  products: isFuzzing
    ? []
    : [
      .library(name: "ModelFormat", targets: ["ModelFormat"]),
      .library(name: "ModelExchange", targets: ["ModelExchange"]),
      .library(name: "ModelInspection", targets: ["ModelInspection"]),
      .library(name: "NeuralNetwork", targets: ["NeuralNetwork"]),
      .library(name: "NetworkStorage", targets: ["NetworkStorage"]),
      .library(name: "NetworkRuns", targets: ["NetworkRuns"]),
      .library(name: "LossLandscape", targets: ["LossLandscape"]),
      .library(name: "NetworkInspection", targets: ["NetworkInspection"]),
      .library(name: "IDX", targets: ["IDX"]),
      .executable(name: "nnkit", targets: ["nnkit"]),
    ],
  dependencies: isFuzzing
    ? [] : [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")],
  targets: isFuzzing ? examined + fuzzed : examined + computing + tools + tested,
  swiftLanguageModes: [.v6]
)
