import BinaryIO
public import ModelFormat
public import NeuralNetwork

/// A value that metadata can hold.
public protocol MetadataValue: Sendable {
  /// The type that it is stored as: `integer`, `number`, `string`, or `list of numbers`.
  static var storedType: String { get }
  /// The value as it is stored.
  var stored: AttributeValue { get }
  /// The value that was stored; nil for anything else.
  init?(stored: AttributeValue)
}

extension Int: MetadataValue {
  /// `integer`
  public static var storedType: String { "integer" }
  /// An integer.
  public var stored: AttributeValue { .integer(self) }
  /// An integer.
  public init?(stored: AttributeValue) {
    guard case .integer(let value) = stored else { return nil }
    self = value
  }
}

extension UInt64: MetadataValue {
  /// `integer`
  public static var storedType: String { Int.storedType }
  /// The integer with the same bits: what is 2⁶³ or more is stored as a negative number.
  public var stored: AttributeValue { .integer(Int(truncatingIfNeeded: self)) }
  /// An integer.
  public init?(stored: AttributeValue) {
    guard case .integer(let value) = stored else { return nil }
    self.init(truncatingIfNeeded: value)
  }
}

extension Double: MetadataValue {
  /// `number`
  public static var storedType: String { "number" }
  /// A number.
  public var stored: AttributeValue { .number(self) }
  /// A number.
  public init?(stored: AttributeValue) {
    guard case .number(let value) = stored else { return nil }
    self = value
  }
}

extension String: MetadataValue {
  /// `string`
  public static var storedType: String { "string" }
  /// A string.
  public var stored: AttributeValue { .string(self) }
  /// A string.
  public init?(stored: AttributeValue) {
    guard case .string(let value) = stored else { return nil }
    self = value
  }
}

extension [Double]: MetadataValue {
  /// `list of numbers`
  public static var storedType: String { "list of numbers" }
  /// A list of numbers.
  public var stored: AttributeValue { .list(map(AttributeValue.number)) }
  /// A list of numbers and nothing else.
  public init?(stored: AttributeValue) {
    guard case .list(let elements) = stored else { return nil }
    var values: [Double] = []
    for element in elements {
      guard let value = Double(stored: element) else { return nil }
      values.append(value)
    }
    self = values
  }
}

extension MetadataValue where Self: RawRepresentable<String> & CaseIterable {
  /// `string`
  public static var storedType: String { String.storedType }
  /// The name.
  public var stored: AttributeValue { .string(rawValue) }
  /// A name that is known.
  public init?(stored: AttributeValue) {
    guard let name = String(stored: stored), let value = Self(named: ByteName(name)) else { return nil }
    self = value
  }
}

extension Loss: MetadataValue {}
extension MissingValues: MetadataValue {}
extension Optimizer.Name: MetadataValue {}
extension Sampling: MetadataValue {}
extension TrainingTask.Name: MetadataValue {}

extension LearningRateSchedule.Shape: MetadataValue {
  /// `string`
  public static var storedType: String { String.storedType }
  /// Its description, as in `step(10,0.5)`.
  public var stored: AttributeValue { .string(description) }
  /// A description that `init(text:)` reads.
  public init?(stored: AttributeValue) {
    guard let text = String(stored: stored), let shape = Self(text: text) else { return nil }
    self = shape
  }
}

extension Initializer: MetadataValue {
  /// `string`
  public static var storedType: String { String.storedType }
  /// Its description, as in `normal:0.01`.
  public var stored: AttributeValue { .string(description) }
  /// A description that `init(text:)` reads.
  public init?(stored: AttributeValue) {
    guard let text = String(stored: stored), let initializer = Self(text: text) else { return nil }
    self = initializer
  }
}
