import BinaryIO
import ModelExchange
import ModelFormat
import ModelSamples
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Failing saves.
///
/// Every system call of a save fails in turn: the old file is there afterwards or the complete new one, nothing is left
/// behind, and the error says what failed.
struct FailingSaveTests {
  typealias Call = FileOperations.Call

  /// What is at the path, and whether it may be replaced.
  enum Situation: CaseIterable, Sendable {
    case replacing, newWithLeave, newWithoutLeave

    var old: [UInt8]? { self == .replacing ? [1, 2, 3] : nil }
    var replacing: Bool { self != .newWithoutLeave }
  }

  private let folder: TemporaryFolder
  private let path: String
  private let model: Model

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("model.nnk")
    model = try SampleModels.complete()
  }

  private func prepare(_ situation: Situation) throws {
    for name in try folder.names() { _ = unlink(folder.file(name)) }
    if let old = situation.old { try folder.write(old, to: "model.nnk") }
  }

  /// The operation that the error of a failed call names; nil when the save goes on without it.
  private func operation(_ call: Call, _ number: Int32, _ situation: Situation) -> FileError.Operation? {
    switch call {
    case .createUnnamed, .close, .remove: nil
    case .create, .openDevice, .setMode: number == EINTR ? nil : .create
    case .write: number == EINTR ? nil : .write
    case .synchronize, .openFolder, .synchronizeFolder: number == EINTR ? nil : .synchronize
    case .inspect, .renameWithoutReplacing, .link: .create
    case .name, .rename: situation.replacing ? .rename : .create
    }
  }

  /// Lets the call of each number fail, until there is none of that number.
  private func failEachCall(
    _ system: FaultPlan.System, _ situation: Situation, _ number: Int32, stays: Bool, expected new: [UInt8],
    _ save: () throws -> Void
  ) throws {
    var failing = 0
    while true {
      try prepare(situation)
      let plan = FaultPlan(system) { [failing] call, index in
        // What undoes a save needs no space.
        let fails = index == failing || (stays && index > failing && call != .remove && call != .close)
        return fails ? .error(number) : nil
      }
      var failure: FileError?
      do { try plan.run { try save() } } catch let error as ModelFormatError { failure = error.fileError }
      guard plan.calls.count > failing else { break }
      let call = plan.calls[failing]
      let what = Comment(rawValue: "\(system), \(situation), error \(number) of call \(failing), \(call)")
      // A call that another stands in for, and a disk that stays full, lead to the next call.
      if stays {
        #expect(failure != nil || call == .close || call == .remove, what)
      } else if call == .remove {
        #expect(failure == nil || failure?.operation == .create, what)
      } else {
        #expect(failure?.operation == operation(call, number, situation), what)
      }
      if let failure {
        #expect(failure.path == path, what)
        #expect(failure.reason == FileError(operation: .write, path: path, errorNumber: number).reason, what)
      }
      let isInPlace = failure == nil || call == .synchronizeFolder
      #expect((try? folder.read("model.nnk")) == (isInPlace ? new : situation.old), what)
      // A temporary file that cannot be removed is the only one that stays.
      let names = try folder.names().filter { call != .remove || $0 == "model.nnk" }
      #expect(names == (isInPlace || situation.old != nil ? ["model.nnk"] : []), what)
      failing += 1
    }
    #expect(failing > 10)
  }

  @Test(arguments: FaultPlan.System.allCases, Situation.allCases)
  func everyCallMayFailWithEveryError(system: FaultPlan.System, situation: Situation) throws {
    let new = try model.encoded()
    for number in [ENOSPC, EIO, EDQUOT, EINTR] {
      try failEachCall(system, situation, number, stays: false, expected: new) {
        try model.save(to: path, replacing: situation.replacing)
      }
    }
  }

  @Test(arguments: FaultPlan.System.allCases, Situation.allCases)
  func aDiskThatFillsUpAndStaysFull(system: FaultPlan.System, situation: Situation) throws {
    try failEachCall(system, situation, ENOSPC, stays: true, expected: try model.encoded()) {
      try model.save(to: path, replacing: situation.replacing)
    }
  }

  @Test(arguments: Situation.allCases)
  func copyingFromAFileAndSafetensors(situation: Situation) throws {
    let reader = try ModelFiles.open(bytes: model.encoded())
    try failEachCall(.complete, situation, EIO, stays: false, expected: try model.encoded()) {
      try reader.save(to: path, replacing: situation.replacing)
    }
    try failEachCall(.complete, situation, EIO, stays: false, expected: try reader.encoded(as: .safetensors)) {
      try reader.save(to: path, as: .safetensors, replacing: situation.replacing)
    }
  }

  @Test(arguments: FaultPlan.System.allCases)
  func savingOverTheFileThatIsRead(system: FaultPlan.System) throws {
    let old = try model.encoded(compression: .none)
    var failing = 0
    while true {
      try folder.write(old, to: "model.nnk")
      let plan = FaultPlan(system) { [failing] _, index in index == failing ? .error(EIO) : nil }
      let outcome = Result { try plan.run { try ModelFiles.open(path).save(to: path) } }
      guard plan.calls.count > failing else { break }
      if case .success = outcome {
        #expect(try folder.read("model.nnk") == model.encoded())
      } else {
        let isInPlace = plan.calls[failing] == .synchronizeFolder
        #expect(try folder.read("model.nnk") == (isInPlace ? model.encoded() : old))
      }
      #expect(try Model(contentsOf: path) == model)
      #expect(try folder.names() == ["model.nnk"])
      failing += 1
    }
    #expect(failing > 10)
  }
}
