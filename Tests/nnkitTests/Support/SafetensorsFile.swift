/// Safetensors files, written by hand.
enum SafetensorsFile {
  struct Tensor {
    let name: String
    let shape: [Int]
    let values: [Float]
  }

  static func bytes(_ tensors: [Tensor], metadata: String = "") -> [UInt8] {
    var (fields, data) = ([String](), [UInt8]())
    if !metadata.isEmpty { fields.append("\"__metadata__\":\(metadata)") }
    for tensor in tensors {
      let begin = data.count
      for value in tensor.values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 } }
      fields.append(
        "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(begin),\(data.count)]}")
    }
    return file("{\(fields.joined(separator: ","))}", data)
  }

  static func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8) + data
  }
}
