public import ArgumentParser
public import NetworkRuns
import NeuralNetwork

/// One of the named cases of a type that knows nothing of command lines.
struct Named<Value: RawRepresentable<String> & CaseIterable & Sendable>: ExpressibleByArgument, Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }

  init?(argument: String) {
    guard let value = Value(rawValue: argument) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { value.rawValue }
  static var allValueStrings: [String] { Value.allCases.map(\.rawValue) }
}

extension Activation: ExpressibleByArgument {
  /// The activation of that name, if there is one.
  public init?(argument: String) { self.init(name: argument) }

  /// The names of all activations.
  public static var allValueStrings: [String] { names }
}

extension Normalization: ExpressibleByArgument {}

/// `--initializer`: xavier, he, or normal:0.01.
struct InitializerOption {
  let initializer: Initializer

  init(_ argument: String) throws {
    guard let initializer = Initializer(text: argument) else {
      throw ValidationError("expected xavier, he, or normal: with a standard deviation, as in normal:0.01")
    }
    if case .normal(let deviation) = initializer {
      guard deviation >= 0, Float(deviation).isFinite, deviation == 0 || Float(deviation) > 0 else {
        throw ValidationError("the standard deviation must be a number of at least 0 that Float can hold")
      }
    }
    self.initializer = initializer
  }
}

/// `--seed`: what all random choices follow from.
enum SeedOption {
  static func parse(_ argument: String) throws -> UInt64 {
    guard let seed = UInt64(argument), seed <= UInt64(Int64.max) else {
      throw ValidationError("expected a whole number from 0 to \(Int64.max)")
    }
    return seed
  }
}

/// `--hidden`: the widths of the hidden layers, 128,64.
struct HiddenWidths {
  let widths: [Int]

  init(_ argument: String) throws {
    var widths: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let width = Int(part), width > 0 else {
        throw ValidationError(
          part.isEmpty
            ? "expected a whole number on each side of a comma, as in 128,64"
            : "expected whole numbers of at least 1 with commas, as in 128,64, found \(String(part).debugDescription)")
      }
      widths.append(width)
    }
    self.widths = widths
  }
}
