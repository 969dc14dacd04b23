import ModelFormat
import ModelInspection

/// The spectra of tensors, where they were asked for or cost little.
struct InspectedSpectra {
  /// All together may take this long without being asked for, in seconds.
  private static let cheap = 0.05

  /// One for each tensor; nil for what has none.
  let all: [Spectrum?]
  /// Why there are none although they cost little; nil otherwise.
  let hindrance: String?

  /// - Parameter areWanted: whether they were asked for: then what stands in the way is an error.
  /// - Throws: `ModelFormatError` about the values; `CommandFailure` without a usable library.
  init(of tensors: [TensorDescription], in file: any ModelSource, _ areWanted: Bool) throws {
    let none = [Spectrum?](repeating: nil, count: tensors.count)
    // As soon as they cost too much no more are looked at: there may be a hundred thousand.
    var cost = 0.0
    for tensor in tensors where cost <= InspectedSpectra.cheap { cost += SpectrumCost.estimatedSeconds(of: tensor) }
    guard areWanted || (cost > 0 && cost + SpectrumCost.loadingSeconds <= InspectedSpectra.cheap) else {
      (all, hindrance) = (none, nil)
      return
    }
    var spectra: [Spectrum?] = []
    for tensor in tensors {
      do throws(SpectrumError) { spectra.append(try Spectrum(of: tensor, in: file)) } catch {
        switch error {
        case .values(let error): throw error.at(path: file.name)
        case .noMatrix, .nonFinite, .tooLarge: spectra.append(nil)
        case .library(let reason):
          if areWanted { throw CommandFailure("--spectrum: \(reason)", exitCode: ExitStatus.internalError) }
          (all, hindrance) = (none, reason)
          return
        }
      }
    }
    (all, hindrance) = (spectra, nil)
  }
}
