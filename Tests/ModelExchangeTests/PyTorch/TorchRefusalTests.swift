import BinaryIO
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Checkpoints that break the rules are refused, with the evidence.
struct TorchRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let title: String
    let file: [UInt8]
    let code: ModelFormatError.Code
    let expected: String
    let found: String

    init(_ title: String, _ file: [UInt8], _ code: ModelFormatError.Code, _ expected: String, _ found: String) {
      (self.title, self.file, self.code, self.expected, self.found) = (title, file, code, expected, found)
    }

    var testDescription: String { title }
  }

  private typealias T = TorchBytes

  /// An archive with a pickle of these instructions.
  private static func run(_ instructions: [UInt8]) -> [UInt8] { T.archive([0x80, 2] + instructions) }

  /// An archive with one tensor.
  private static func tensor(_ tensor: [UInt8], storages: [String: [UInt8]] = ["0": T.numbers]) -> [UInt8] {
    T.archive(T.pickle(T.dictionary([("w", tensor)])), storages: storages)
  }

  private static let machine: [Case] = [
    Case("no pickle", T.archive([]), .truncated, "1 more byte of the pickle", "the end of the file"),
    Case("no end", run([0x4E]), .truncated, "1 more byte of the pickle", "the end of the file"),
    Case("bytes after the end", run([0x7D, 0x2E, 0, 0]), .trailingBytes, "the end of the pickle", "2 more bytes"),
    Case(
      "an unknown instruction", run([0x49]), .unsupported, "instructions of a pickle of plain data and tensors", "0x49"),
    Case(
      "an instance of protocol 0", run([0x69]), .unsupported, "instructions of a pickle of plain data and tensors",
      "0x69"),
    Case(
      "a registered extension", run([0x82, 1]), .unsupported, "instructions of a pickle of plain data and tensors",
      "0x82"),
    Case("protocol 1", run([0x80, 1]), .unsupported, "a pickle of protocol 2 to 5", "protocol 1"),
    Case("protocol 6", run([0x80, 6]), .unsupported, "a pickle of protocol 2 to 5", "protocol 6"),
    Case("an empty stack", run([0x2E]), .malformedValue, "a value on the stack", "none"),
    Case("too few values", run([0x4E, 0x86]), .malformedValue, "2 values on the stack", "1"),
    Case("a value from below the mark", run([0x4E, 0x28, 0x85]), .malformedValue, "1 values on the stack", "0"),
    Case("no mark", run([0x4E, 0x74]), .malformedValue, "a mark on the stack", "none"),
    Case("nothing to remember", run([0x71, 0]), .malformedValue, "a value on the stack", "none"),
    Case("nothing remembered", run([0x68, 7]), .malformedValue, "a number that something was remembered under", "7"),
    Case(
      "a key without a value", run([0x7D, 0x28, 0x4E, 0x75]), .malformedValue, "a value for each key",
      "a key without one"),
    Case("appending to a dictionary", run([0x7D, 0x4E, 0x61]), .malformedValue, "a list to append to", "a dictionary"),
    Case("putting into a list", run([0x5D, 0x4E, 0x4E, 0x73]), .malformedValue, "a dictionary to put into", "a list"),
    Case("text that is no UTF-8", run([0x8C, 1, 0xFF]), .malformedValue, "UTF-8", "other bytes"),
    Case(
      "text beyond the end", run([0x58, 9, 0, 0, 0]), .truncated, "9 more bytes of the pickle", "the end of the file"),
    Case(
      "text of great length", run([0x8D] + T.little(UInt64.max)), .truncated, "18446744073709551615 bytes",
      "the end of the file"),
    Case("text of negative length", run([0x54] + T.little(Int32(-1))), .truncated, "-1 bytes", "the end of the file"),
    Case(
      "bytes beyond the end", run([0x42, 9, 0, 0, 0]), .truncated, "9 more bytes of the pickle", "the end of the file"),
    Case(
      "a line without end", run([0x63] + [UInt8](repeating: 0x61, count: 2000)), .limitExceeded,
      "a line of at most 1024 bytes", "a longer one"),
    Case(
      "names that are no text", run([0x4B, 1, 0x4B, 1, 0x93]), .malformedValue,
      "the names of a module and of something in it", "an integer"),
    Case(
      "arguments that are no tuple", run(T.global("a", "b") + [0x4E, 0x52]), .malformedValue, "a tuple of arguments",
      "None"),
    Case(
      "a reference to nothing known", run([0x4E, 0x51]), .malformedValue,
      "('storage', class, key, location, number of elements)",
      "None"),
    Case(
      "no tensor and no dictionary", run([0x4E, 0x2E]), .unsupported, "a state dict, or a dictionary with one", "None"),
    Case(
      "more values than may be", run([UInt8](repeating: 0x4E, count: (1 << 22) + 1)), .limitExceeded,
      "at most 4194304 values", "more"),
    Case(
      "more marks than may be", run([UInt8](repeating: 0x28, count: (1 << 22) + 1)), .limitExceeded,
      "at most 4194304 values", "more"),
  ]

  private static let views: [Case] = [
    Case(
      "a storage of an unknown class", tensor(T.tensor(T.storage("0", "QUInt4x2Storage"))), .unsupported,
      "a class of storages that is read", "torch.QUInt4x2Storage"),
    Case(
      "a storage of a class of another module", tensor(T.tensor(T.storage(module: "numpy"))), .unsupported,
      "a class of storages that is read", "numpy.FloatStorage"),
    Case(
      "a negative number of elements", tensor(T.tensor(T.storage(count: -1))), .malformedValue,
      "('storage', class, key, location, number of elements)", "a tuple"),
    Case(
      "a missing storage", tensor(T.tensor(), storages: [:]), .inconsistentLayout,
      "a member \"m/data/0\" with the values", "none"),
    Case(
      "a storage out of the archive's folder", tensor(T.tensor(T.storage("../data.pkl"))), .inconsistentLayout,
      "a member \"m/data/../data.pkl\" with the values", "none"),
    Case(
      "a storage that is too small", tensor(T.tensor(), storages: ["0": [1, 2, 3]]), .inconsistentLayout,
      "a storage of at least 6 elements", "3 bytes"),
    Case(
      "a view after the storage", tensor(T.tensor(offset: 1)), .inconsistentLayout,
      "a view of at most 6 elements, as many as the storage has", "shape [2, 3] with strides [3, 1] from element 1 on"),
    Case(
      "a view over the storage", tensor(T.tensor(shape: [3, 3])), .inconsistentLayout,
      "a view of at most 6 elements, as many as the storage has", "shape [3, 3] with strides [3, 1] from element 0 on"),
    Case(
      "a negative offset", tensor(T.tensor(offset: -1)), .malformedValue,
      "an offset as argument 2 of torch._utils._rebuild_tensor_v2", "an integer"),
    Case(
      "a negative stride", tensor(T.tensor(strides: [-3, 1])), .invalidTensor,
      "lengths and strides of at least 0 and a size that fits in 63 bits",
      "shape [2, 3] with strides [-3, 1] from element 0 on"),
    Case(
      "a shape that does not fit", tensor(T.tensor(shape: [1 << 40, 1 << 40], strides: [0, 0])), .invalidTensor,
      "lengths and strides of at least 0 and a size that fits in 63 bits",
      "shape [1099511627776, 1099511627776] with strides [0, 0] from element 0 on"),
    Case(
      "strides that do not fit", tensor(T.tensor(strides: [.max, .max])), .invalidTensor,
      "lengths and strides of at least 0 and a size that fits in 63 bits",
      "shape [2, 3] with strides [9223372036854775807, 9223372036854775807] from element 0 on"),
    Case(
      "fewer strides than dimensions", tensor(T.tensor(strides: [1])), .malformedValue,
      "a stride for each of 2 dimensions", "1"),
    Case(
      "more dimensions than may be", tensor(T.tensor(shape: [Int](repeating: 1, count: 33))), .limitExceeded,
      "at most 32 dimensions", "33"),
    Case(
      "a tensor without a storage", tensor(T.tensor([0x4E])), .malformedValue,
      "a storage as argument 1 of torch._utils._rebuild_tensor_v2", "None"),
    Case(
      "a tensor without arguments", tensor(T.call("torch._utils", "_rebuild_tensor_v2", [])), .malformedValue,
      "a storage as argument 1 of torch._utils._rebuild_tensor_v2", "0 arguments"),
    Case(
      "an unknown type",
      tensor(
        T.call(
          "torch._utils", "_rebuild_tensor_v3",
          [
            T.storage("0", "UntypedStorage", module: "torch.storage", count: 24), T.integer(0), T.tuple([]),
            T.tuple([]),
            [0x89], [0x4E], T.global("torch", "float3"),
          ])), .unsupported, "a type of elements that is read", "torch.float3"),
    Case(
      "bytes of no type", tensor(T.tensor(T.storage("0", "UntypedStorage", module: "torch.storage", count: 24))),
      .malformedValue, "a storage with a type as argument 1 of torch._utils._rebuild_tensor_v2", "a storage"),
    Case(
      "a function that calls itself",
      tensor(
        T.call(
          "torch._tensor", "_rebuild_from_type_v2",
          [T.global("torch._tensor", "_rebuild_from_type_v2"), [0x4E], T.tuple([]), [0x4E]])), .malformedValue,
      "another function as argument 1 of torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type_v2"),
    Case(
      "a tensor's name twice",
      T.archive(
        T.pickle(T.dictionary([("a.b", T.tensor()), ("a", T.dictionary([("b", T.tensor())]))]))), .duplicateTensor,
      "each tensor name once", "the same name twice"),
    Case(
      "an unknown order of bytes", T.archive(T.pickle(T.dictionary([("w", T.tensor())])), order: "middle"),
      .unsupported,
      "the order of bytes little or big", "\"middle\""),
  ]

  private static let stateDict = T.pickle(T.dictionary([("w", T.tensor())]))

  private static let older: [Case] = [
    Case(
      "another protocol", T.older(stateDict, version: T.integer(1000)), .unsupportedVersion, "the protocol 1001",
      "an integer"),
    Case(
      "a protocol that is no number", T.older(stateDict, version: [0x4E]), .unsupportedVersion, "the protocol 1001",
      "None"),
    Case(
      "keys that are no list", T.older(stateDict, keys: [0x4E]), .malformedValue, "a list of the keys of storages",
      "None"),
    Case(
      "a key that is no text", T.older(stateDict, keys: T.list([[0x4E]])), .malformedValue,
      "a list of the keys of storages", "None"),
    Case(
      "a storage without keys", T.older(stateDict, keys: T.list([]), storages: []), .inconsistentLayout,
      "the storage \"0\" in the file", "none"),
    Case(
      "a storage that nobody uses", T.older(stateDict, keys: T.list([T.unicode("1")])), .inconsistentLayout,
      "storages that tensors use", "\"1\""),
    Case(
      "a storage twice",
      T.older(
        stateDict, keys: T.list([T.unicode("0"), T.unicode("0")]), storages: T.little(UInt64(0)) + T.little(UInt64(0))),
      .inconsistentLayout, "each storage once", "\"0\" twice"),
    Case(
      "no size of a storage", T.older(stateDict, storages: [1, 2, 3]), .truncated, "the size of the storage \"0\"",
      "3 bytes"),
    Case(
      "a storage beyond the end", T.older(stateDict, storages: T.little(UInt64(6)) + [1]), .truncated,
      "6 elements of 4 bytes", "1 bytes"),
    Case(
      "a storage of great size", T.older(stateDict, storages: T.little(UInt64.max)), .truncated,
      "18446744073709551615 elements of 4 bytes", "0 bytes"),
    Case(
      "a smaller storage than its pickle says", T.older(stateDict, storages: T.little(UInt64(1)) + [1, 2, 3, 4]),
      .inconsistentLayout, "a storage of at least 6 elements", "4 bytes"),
    Case(
      "bytes after the last storage", T.older(stateDict) + [0], .trailingBytes,
      "the end of the file after the last storage", "1 more bytes"),
    Case("the end inside a pickle", Array(T.older(stateDict).prefix(60)), .truncated, "more", "the end of the file"),
    Case(
      "a view after its storage",
      T.older(
        T.pickle(
          T.dictionary([("w", T.tensor(T.storage(view: T.tuple([T.unicode("v"), T.integer(3), T.integer(4)]))))]))),
      .malformedValue, "a view of at most 6 elements of the storage", "another"),
  ]

  @Test(arguments: machine + views + older)
  func `a wrong checkpoint is refused`(_ example: Case) throws {
    let error = try readingError(example.file)
    #expect(error.code == example.code && error.found == example.found, "\(error)")
    #expect(error.expected.contains(example.expected), "\(error)")
    #expect(error.path == "model")
  }

  @Test func `no prefix and no changed byte of a small file does harm`() throws {
    for file in [T.archive(TorchRefusalTests.stateDict), T.older(TorchRefusalTests.stateDict)] {
      for count in 0..<file.count { _ = try? ModelFiles.open(bytes: Array(file.prefix(count))).model() }
      for place in file.indices {
        for change: UInt8 in [0x01, 0x80, 0xFF] {
          var changed = file
          changed[place] ^= change
          _ = try? ModelFiles.open(bytes: changed).model()
        }
      }
    }
  }
}
