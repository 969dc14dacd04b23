import BinaryIO
import ModelFormat

/// The square windows that a node slides over height and width.
struct GraphWindow {
  let size: Int
  let stride: Int
  let padding: Int

  /// - Parameters:
  ///   - size: height and width of a window.
  ///   - input: [channels, height, width].
  /// - Throws: `GraphMisfit` for windows that are no squares, have holes or another padding on each side.
  init(_ node: NodeMessage, size: [Int], input: [Int]) throws(GraphMisfit) {
    guard size.count == 2, size[0] == size[1], size[0] > 0, (node.attribute("kernel_shape")?.integers ?? size) == size
    else { throw GraphMisfit(node, "has windows of \(size), which are no squares") }
    let strides = node.attribute("strides")?.integers ?? [1, 1]
    guard strides.count == 2, strides[0] == strides[1], strides[0] > 0 else {
      throw GraphMisfit(node, "has steps of \(strides)")
    }
    guard (node.attribute("dilations")?.integers ?? [1, 1]).allSatisfy({ $0 == 1 }) else {
      throw GraphMisfit(node, "has windows with holes")
    }
    (self.size, stride) = (size[0], strides[0])
    padding = try GraphWindow.padding(node, size: size[0], stride: strides[0], input.suffix(2))
    guard
      (node.attribute("ceil_mode")?.integer ?? 0) == 0
        || input.suffix(2).allSatisfy({ $0 >= size[0] && ($0 - size[0]) % strides[0] == 0 && padding == 0 })
    else { throw GraphMisfit(node, "has windows that reach over the edge") }
  }

  private static func padding(
    _ node: NodeMessage, size: Int, stride: Int, _ lengths: ArraySlice<Int>
  ) throws(GraphMisfit) -> Int {
    let pads: [Int]
    switch String(decoding: node.attribute("auto_pad")?.text ?? [], as: UTF8.self) {
    case "", "NOTSET": pads = node.attribute("pads")?.integers ?? [0]
    case "VALID": pads = [0]
    case "SAME_UPPER", "SAME_LOWER":
      // As many windows as steps: what they lack is padded, half of it on each side.
      var missing: [Int] = []
      for length in lengths {
        let (reach, overflow) = ((length - 1) / stride * stride).addingReportingOverflow(size)
        guard !overflow, max(reach - length, 0) % 2 == 0 else {
          throw GraphMisfit(node, "pads one side more than the other")
        }
        missing.append(max(reach - length, 0) / 2)
      }
      pads = missing
    default: throw GraphMisfit(node, "pads in an unknown way")
    }
    guard let first = pads.first, pads.allSatisfy({ $0 == first }) else {
      throw GraphMisfit(node, "has a padding of \(pads), which is not the same on each side")
    }
    return first
  }
}
