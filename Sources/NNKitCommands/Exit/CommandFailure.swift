import BinaryIO
import Hashing
import IDX
import MachineLimits
import ModelFormat
import NetworkRuns
import NetworkStorage
import NeuralNetwork

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a command ends without its result: one line for the user, and the exit code.
struct CommandFailure: Error, Equatable {
  let message: String
  let exitCode: Int32
  /// Lines below the message that show what it is about.
  private(set) var exhibit: [String] = []
  /// The reader of standard output went away: `head` has seen enough, and no one wants to hear of it.
  private(set) var isBrokenPipe = false

  init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  static func usage(_ message: String) -> CommandFailure {
    CommandFailure(message, exitCode: ExitStatus.usage)
  }

  static func badData(_ message: String) -> CommandFailure {
    CommandFailure(message, exitCode: ExitStatus.badData)
  }

  /// The failure that an error of a library amounts to.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let shortage as ProcessShortage: self.init(shortage.message, exitCode: ExitStatus.internalError)
    case let error as FileError:
      self.init(error.advised, exitCode: error.exitCode)
      isBrokenPipe = error.path == "-" && error.reason == .system(EPIPE)
    case let error as ModelFormatError:
      let file = error.advice == nil ? error.fileError?.advised : nil
      self.init(file ?? error.description, exitCode: error.exitCode)
    case let error as IDXError:
      self.init(error.fileError?.advised ?? error.description, exitCode: error.exitCode)
    case let error as HashingError: self.init(error.description, exitCode: ExitStatus.internalError)
    case let error as NetworkError:
      self.init(
        error.description,
        exitCode: error.isOfTheMachine ? ExitStatus.internalError : ExitStatus.badData)
    case let error as NetworkTextError:
      self.init("--network: " + error.summary, exitCode: ExitStatus.usage)
      exhibit = error.pointer
    case let error as NetworkStorageError: self = .badData(error.description + error.advice)
    case let error as TrainingDataError: self = error.failure
    case let error as TrainingPlanError: self = error.failure
    case let error as TrainingDivergence: self = error.failure
    case let error as PredictionError: self = error.failure
    default: self.init("internal error: \(error)", exitCode: ExitStatus.internalError)
    }
  }
}

extension CommandFailure {
  /// What is wrong with the changes that were asked for, or with the file as far as they are concerned.
  init(_ error: ModelEditError, path: String) {
    switch error {
    case .noSuchTensor(let error): self.init(error)
    case .trainingState:
      self.init("\(path): \(error) (--drop-training-state)", exitCode: ExitStatus.usage)
    case .contradiction, .nameTaken, .invalidName, .neededTensor, .noSuchKey, .noTopology, .classNames:
      self.init("\(path): \(error)", exitCode: ExitStatus.usage)
    }
  }
}

extension FileError {
  var exitCode: Int32 {
    switch operation {
    case .open, .inspect:
      switch reason {
      case .notFound, .isDirectory, .permissionDenied: ExitStatus.missingInput
      default: ExitStatus.inputOutput
      }
    case .create: ExitStatus.cannotCreate
    case .write, .synchronize, .rename:
      reason == .permissionDenied ? ExitStatus.cannotCreate : ExitStatus.inputOutput
    case .read: ExitStatus.inputOutput
    }
  }

  /// The description, with what to do where that is known.
  var advised: String {
    switch (operation, reason) {
    case (.create, .alreadyExists): description + "; use --force to replace it"
    case (.create, .replacementInevitable): description + "; use --force, or save somewhere else"
    case (.create, .notFound): description + "; create its folder first"
    default: description
    }
  }
}

extension ModelFormatError {
  var exitCode: Int32 {
    switch code {
    case .file: fileError?.exitCode ?? ExitStatus.inputOutput
    case .noSuchTensor: ExitStatus.usage
    default: ExitStatus.badData
    }
  }
}

extension NetworkStorageError {
  /// What to do, where that is known.
  var advice: String {
    switch code {
    case .noTopology:
      "; where the tensors are a PyTorch state dict, `nnkit convert FILE NEW.nnk --network \"dense(64) "
        + "relu dense(10) softmax\"` makes a network of them (see `nnkit convert --help`)"
    case .unknownLayer, .inconsistentLayer, .notAStateDict: ""
    }
  }
}

extension IDXError {
  var exitCode: Int32 {
    switch code {
    case .file: fileError?.exitCode ?? ExitStatus.inputOutput
    case .missingFile, .notAFolder: ExitStatus.missingInput
    case .outOfMemory: ExitStatus.internalError
    default: ExitStatus.badData
    }
  }
}

extension ProcessShortage {
  fileprivate var message: String {
    switch self {
    case .memory:
      "too little memory: expected at least \(ProcessShortage.leastMemory >> 20) MiB, found less; raise the limit of this "
        + "process (`ulimit -v`, `ulimit -d`)"
    }
  }
}

extension NetworkError {
  /// Whether the machine, or a limit of this process, stands in the way, and not what it was given.
  fileprivate var isOfTheMachine: Bool { code == .threadUnavailable || code == .productsUnavailable }
}
