import BinaryIO
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Checkpoints that PyTorch on this machine does not write, and what holds for all.
struct TorchReadingTests {
  private typealias T = TorchBytes

  private static let stateDict = T.pickle(T.dictionary([("w", T.tensor())]))

  @Test func `both forms hold the same`() throws {
    let (newer, older) = (
      try ModelFiles.open(bytes: T.archive(TorchReadingTests.stateDict)),
      try ModelFiles.open(bytes: T.older(TorchReadingTests.stateDict))
    )
    #expect(newer.format == .pyTorch && newer.format.hasChecksums)
    #expect(older.format == .pyTorchPickle && !older.format.hasChecksums)
    #expect(try newer.model() == older.model())
    #expect(try newer.tensor(named: "w").doubles() == [1, 2, 3, 4, 5, 6])
    #expect(newer.tensors.map { newer.storedByteCount(of: $0) } == [24])
  }

  @Test func `a file of a big-endian machine`() throws {
    let values = (1...6).flatMap { T.little(Float($0).bitPattern.byteSwapped) }
    let file = T.archive(TorchReadingTests.stateDict, storages: ["0": values], order: "big")
    #expect(try ModelFiles.open(bytes: file).tensor(named: "w").doubles() == [1, 2, 3, 4, 5, 6])
  }

  @Test func `storages on a graphics card, and a view of a storage as old files have it`() throws {
    let view = T.tuple([T.unicode("v"), T.integer(2), T.integer(4)])
    let tensor = T.tensor(T.storage(module: "torch.cuda", view: view), offset: 1, shape: [2], strides: [2])
    let reader = try ModelFiles.open(bytes: T.older(T.pickle(T.dictionary([("w", tensor)]))))
    #expect(try reader.tensor(named: "w").doubles() == [4, 6])
  }

  @Test func `nothing is run`() throws {
    let folder = try TemporaryFolder()
    let command = T.call("posix", "system", [T.unicode("touch \(folder.file("run"))")])
    let evaluation = T.call("builtins", "eval", [T.unicode("open('\(folder.file("run"))', 'w')")])
    let object = T.global("os", "Popen") + T.tuple([]) + [0x81] + command + [0x62]
    let reader = try ModelFiles.open(
      bytes: T.archive(
        T.pickle(T.dictionary([("a", command), ("b", evaluation), ("c", object), ("w", T.tensor())]))))
    #expect(reader.tensors.map(\.name) == ["w"])
    #expect(
      reader.metadata == [
        "pytorch.not_read": [
          "a: an object of posix.system", "b: an object of builtins.eval", "c: an object of os.Popen",
        ]
      ])
    #expect(try folder.names().isEmpty)
    let error = try readingError(T.archive(T.pickle(command)))
    #expect(error.code == .unsupported && error.found == "an object of posix.system")
    #expect(error.advice == "save model.state_dict() with torch.save")
    #expect(try folder.names().isEmpty)
  }

  @Test func `a list in itself ends in an error`() throws {
    // A list that is remembered, appended to itself, beside a tensor.
    let cycle: [UInt8] = [0x5D, 0x71, 1, 0x68, 1, 0x61]
    let error = try readingError(T.archive(T.pickle(T.dictionary([("c", cycle), ("w", T.tensor())]))))
    #expect(error.code == .limitExceeded && error.found == "deeper nesting")
  }

  @Test func `lists of lists that double each time end in an error`() throws {
    var pickle: [UInt8] = T.list([T.tensor()]) + [0x71, 0]
    for level in 1..<30 {
      pickle += [0x5D, 0x28, 0x68, UInt8(level - 1), 0x68, UInt8(level - 1), 0x65, 0x71, UInt8(level)]
    }
    var limits = DecodingLimits()
    limits.valueCount = 20_000
    let error = try readingError(T.archive(T.pickle(pickle)), limits: limits)
    #expect(error.code == .limitExceeded && error.expected == "at most 20000 entries")
  }

  @Test func `values that are nested as deeply as a pickle can are refused without recursion`() throws {
    let count = 100_000
    let pickle = [UInt8](repeating: 0x5D, count: count) + [UInt8](repeating: 0x61, count: count - 1)
    let error = try readingError(T.archive(T.pickle(pickle)))
    #expect(error.code == .limitExceeded && error.found == "deeper nesting")
  }

  @Test func `many appends to one list take time in proportion`() throws {
    let count = 200_000
    let pickle: [UInt8] = [0x5D] + (0..<count).flatMap { _ in [0x4B, 1, 0x61] as [UInt8] }
    let reader = try ModelFiles.open(bytes: T.archive(T.pickle(T.dictionary([("l", pickle), ("w", T.tensor())]))))
    guard case .list(let list)? = reader.metadata["l"] else {
      Issue.record("no list")
      return
    }
    #expect(list.count == count)
  }

  @Test func `a view that repeats one element more often than the file could justify is refused`() throws {
    let tensor = T.tensor(shape: [1 << 30], strides: [0])
    let error = try readingError(T.archive(T.pickle(T.dictionary([("w", tensor)]))))
    #expect(error.code == .limitExceeded && error.expected == "at most 1024 times the bytes of the file")
    let smaller = try ModelFiles.open(
      bytes: T.archive(T.pickle(T.dictionary([("w", T.tensor(offset: 2, shape: [1 << 20], strides: [0]))]))))
    let isRight = try smaller.tensor(named: "w").floats().allSatisfy { $0 == 3 }
    #expect(isRight)
  }

  @Test func `a state dict of ten gigabytes is listed at once`() throws {
    let folder = try TemporaryFolder()
    let count = 10 << 28
    let tensor = T.tensor(T.storage(count: count), shape: [count / 1024, 1024], strides: [1024, 1])
    let file = T.older(T.pickle(T.dictionary([("w", tensor)])), storages: T.little(UInt64(count)))
    let path = try folder.write(file, to: "large.pt")
    try SparseFile.extend(path, by: 4 * count)
    let reader = try ModelFiles.open(path)
    #expect(reader.tensors.map(\.byteCount) == [10 << 30])
  }

  @Test func `a file of two saves says that bytes are left over`() throws {
    let file = T.older(TorchReadingTests.stateDict)
    let error = try readingError(file + file)
    #expect(error.code == .trailingBytes && error.offset == file.count)
  }
}
