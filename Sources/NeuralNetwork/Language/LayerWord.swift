/// The words of the language and their arguments.
enum LayerWord {
  struct Parameter: Sendable {
    enum Default: Sendable {
      /// There is none; the argument has to be given.
      case none
      case value(Double)
      /// The value of the parameter before.
      case previous
    }

    let name: String
    let isInteger: Bool
    let absent: Default

    static func integer(_ name: String, _ absent: Default = .none) -> Parameter {
      Parameter(name: name, isInteger: true, absent: absent)
    }

    static func number(_ name: String, _ absent: Default = .none) -> Parameter {
      Parameter(name: name, isInteger: false, absent: absent)
    }
  }

  static let signatures: [(name: String, parameters: [Parameter])] = [
    ("dense", [.integer("outputs")]),
    ("affine", [.integer("outputs")]),
    (
      "conv",
      [.integer("filters"), .integer("kernel_size"), .integer("stride", .value(1)), .integer("padding", .value(0))]
    ),
    ("maxpool", [.integer("size"), .integer("stride", .previous)]),
    ("averagepool", [.integer("size"), .integer("stride", .previous)]),
    ("flatten", []),
    ("dropout", [.number("rate")]),
    ("batchnorm", [.number("momentum", .value(0.1)), .number("epsilon", .value(1e-5))]),
    ("relu", []),
    ("leakyrelu", [.number("slope", .value(0.01))]),
    ("gelu", []),
    ("sigmoid", []),
    ("tanh", []),
    ("identity", []),
    ("softmax", []),
  ]

  static var names: [String] { signatures.map(\.name) }

  /// A word with its arguments, as in "conv(filters, kernel_size, stride=1, padding=0)".
  static func usage(_ name: String, _ parameters: [Parameter]) -> String {
    guard !parameters.isEmpty else { return "\(name) without arguments" }
    var texts: [String] = []
    for (index, parameter) in parameters.enumerated() {
      switch parameter.absent {
      case .none: texts.append(parameter.name)
      case .value(let value): texts.append("\(parameter.name)=\(parameter.isInteger ? "\(Int(value))" : "\(value)")")
      case .previous: texts.append("\(parameter.name)=\(parameters[index - 1].name)")
      }
    }
    return "\(name)(\(texts.joined(separator: ", ")))"
  }
}

extension NetworkWord {
  /// The layer that the word stands for.
  func layer() throws(NetworkTextError) -> LayerSpecification {
    guard let (_, parameters) = LayerWord.signatures.first(where: { $0.name == name }) else {
      throw error(
        expected: "one of \(LayerWord.names.joined(separator: ", "))", found: name.debugDescription)
    }
    let values = try values(of: parameters)
    func integer(_ index: Int) -> Int { Int(values[index]) }
    switch name {
    case "conv":
      return .convolution(filters: integer(0), kernelSize: integer(1), stride: integer(2), padding: integer(3))
    case "maxpool": return .maximumPooling(size: integer(0), stride: integer(1))
    case "averagepool": return .averagePooling(size: integer(0), stride: integer(1))
    case "flatten": return .flatten
    case "dropout": return .dropout(rate: values[0])
    case "batchnorm": return .batchNormalization(momentum: values[0], epsilon: values[1])
    case "relu": return .relu
    case "leakyrelu": return .leakyReLU(slope: values[0])
    case "gelu": return .gelu
    case "sigmoid": return .sigmoid
    case "tanh": return .tanh
    case "identity": return .identity
    case "softmax": return .softmax
    default: return .affine(outputs: integer(0))
    }
  }

  /// The value of each parameter, from the arguments or by default.
  private func values(of parameters: [LayerWord.Parameter]) throws(NetworkTextError) -> [Double] {
    let usage = LayerWord.usage(name, parameters)
    var given = [Double?](repeating: nil, count: parameters.count)
    var namedBefore = false
    for (place, argument) in arguments.enumerated() {
      var index = place
      if let label = argument.name {
        namedBefore = true
        guard let found = parameters.firstIndex(where: { $0.name == label }) else {
          throw error(argument, expected: usage, found: "an argument \(label.debugDescription)")
        }
        index = found
      } else {
        guard !namedBefore else {
          throw error(
            argument, expected: "a name, as behind every named argument", found: argument.value.debugDescription)
        }
        guard index < parameters.count else {
          throw error(argument, expected: usage, found: "\(arguments.count) arguments")
        }
      }
      guard given[index] == nil else {
        throw error(argument, expected: "\(parameters[index].name) once", found: "it twice")
      }
      given[index] = try value(of: argument, parameters[index])
    }
    var values: [Double] = []
    for (parameter, value) in zip(parameters, given) {
      switch (value, parameter.absent) {
      case (let value?, _), (nil, .value(let value)): values.append(value)
      case (nil, .previous): values.append(values.last ?? 0)
      case (nil, .none): throw error(expected: usage, found: "no \(parameter.name)")
      }
    }
    return values
  }

  /// Whole numbers are bounded so that `Double` holds them exactly.
  private func value(
    of argument: Argument, _ parameter: LayerWord.Parameter
  ) throws(NetworkTextError) -> Double {
    if parameter.isInteger {
      guard let value = Int(argument.value), (0...SizeLimits.elements).contains(value) else {
        throw error(
          argument, expected: "a whole number from 0 to \(SizeLimits.elements) for \(parameter.name)",
          found: argument.value.debugDescription)
      }
      return Double(value)
    }
    guard let value = Double(argument.value), value.isFinite else {
      throw error(
        argument, expected: "a finite number for \(parameter.name)", found: argument.value.debugDescription)
    }
    return value
  }
}
