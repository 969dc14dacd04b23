import LayerKinds

/// The words of the language, as the table of layer kinds has them.
enum LayerWord {
  /// All words, those of one kind side by side.
  static var names: [String] { LayerKind.allCases.flatMap(\.words) }

  /// The word to write for each kind, with its arguments.
  static var vocabulary: String {
    LayerKind.allCases.map { kind in
      let arguments = arguments(of: kind.definition.fields)
      return kind.words[0] + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ",")))")
    }.joined(separator: ", ")
  }

  /// A word with its arguments, as in "conv(filters, kernel_size, stride=1, padding=0)".
  static func usage(_ name: String, _ fields: [LayerField]) -> String {
    fields.isEmpty ? "\(name) without arguments" : "\(name)(\(arguments(of: fields).joined(separator: ", ")))"
  }

  /// The shortest word for a layer. An argument that may be left out is given by its name, unless it is the only one.
  static func shortest(for layer: LayerSpecification) -> String {
    let fields = layer.layerKind.definition.fields
    var arguments: [String] = []
    var before: LayerValue?
    for (field, value) in zip(fields, layer.values) {
      let text =
        switch value {
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        }
      switch field.absent {
      case .none: arguments.append(text)
      case .value(value): break
      case .fieldBefore where value == before: break
      case .value, .fieldBefore: arguments.append(fields.count == 1 ? text : "\(field.name)=\(text)")
      }
      before = value
    }
    return layer.layerKind.words[0] + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ",")))")
  }

  /// Each argument, with its default if it has one.
  private static func arguments(of fields: [LayerField]) -> [String] {
    fields.indices.map { index in
      switch fields[index].absent {
      case .none: fields[index].name
      case .value(.integer(let value)): "\(fields[index].name)=\(value)"
      case .value(.number(let value)): "\(fields[index].name)=\(value.short)"
      case .fieldBefore: "\(fields[index].name)=\(fields[index - 1].name)"
      }
    }
  }
}

extension NetworkWord {
  /// The layer that the word stands for.
  func layer() throws(NetworkTextError) -> LayerSpecification {
    guard let kind = LayerKind(word: name) else {
      throw error(
        expected: "one of \(LayerWord.names.joined(separator: ", "))", found: name.debugDescription)
    }
    return LayerSpecification(kind, try values(of: kind.definition.fields))
  }

  /// The value of each field, from the arguments or by default.
  private func values(of fields: [LayerField]) throws(NetworkTextError) -> [LayerValue] {
    let usage = LayerWord.usage(name, fields)
    var given = [LayerValue?](repeating: nil, count: fields.count)
    var namedBefore = false
    for (place, argument) in arguments.enumerated() {
      var index = place
      if let label = argument.name {
        namedBefore = true
        guard let found = fields.firstIndex(where: { $0.name == label }) else {
          throw error(argument, expected: usage, found: "an argument \(label.debugDescription)")
        }
        index = found
      } else {
        guard !namedBefore else {
          throw error(
            argument, expected: "a name, as after every named argument", found: argument.value.debugDescription)
        }
        guard index < fields.count else {
          throw error(argument, expected: usage, found: "\(arguments.count) arguments")
        }
      }
      guard given[index] == nil else {
        throw error(argument, expected: "\(fields[index].name) once", found: "it twice")
      }
      given[index] = try value(of: argument, fields[index])
    }
    var values: [LayerValue] = []
    for (field, value) in zip(fields, given) {
      switch (value, field.absent, values.last) {
      case (let value?, _, _), (nil, .value(let value), _), (nil, .fieldBefore, let value?): values.append(value)
      case (nil, .none, _), (nil, .fieldBefore, nil): throw error(expected: usage, found: "no \(field.name)")
      }
    }
    return values
  }

  private func value(of argument: Argument, _ field: LayerField) throws(NetworkTextError) -> LayerValue {
    if field.isInteger {
      guard let value = Int(argument.value), (0...IntegerRange.limit).contains(value) else {
        throw error(
          argument, expected: "a whole number from 0 to \(IntegerRange.limit) for \(field.name)",
          found: argument.value.debugDescription)
      }
      return .integer(value)
    }
    guard let value = Double(argument.value), value.isFinite else {
      throw error(
        argument, expected: "a finite number for \(field.name)", found: argument.value.debugDescription)
    }
    return .number(value)
  }
}
