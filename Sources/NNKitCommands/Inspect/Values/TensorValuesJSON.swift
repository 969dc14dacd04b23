/// The values of a tensor as a JSON array.
struct TensorValuesJSON: JSONWritable {
  /// Each as `TensorElements` has it.
  let texts: [String]

  func write(to writer: inout JSONWriter) {
    writer.array(texts) { writer, text in
      switch text {
      case "true": writer.boolean(true)
      case "false": writer.boolean(false)
      case "nan": writer.string("NaN")
      case "inf": writer.string("Infinity")
      case "-inf": writer.string("-Infinity")
      case _: writer.number(text)
      }
    }
  }
}
