import BinaryIO
public import ModelFormat

/// How one tensor changed over several models, such as those that were saved during training.
public struct TensorSeries: Sendable {
  /// The name, the same in all models.
  public let name: String
  /// What it is in all of them.
  public let description: TensorDescription
  /// The statistics in each model.
  public let statistics: [TensorStatistics]
  /// ‖Wᵢ − Wᵢ₋₁‖ / ‖Wᵢ₋₁‖ for each model but the first, whose place has nil; nil too where values are not finite.
  public let relativeChanges: [Double?]

  /// The tensors that all models hold with the same name, type and shape, in the order of the first one. O(all values).
  ///
  /// Memory: a piece of two tensors per thread, besides what is returned.
  /// - Throws: any error of a source.
  public static func common(to sources: [any ModelSource], threads: Int? = nil) throws(ModelFormatError)
    -> [TensorSeries]
  {
    guard let first = sources.first else { return [] }
    let shared = first.contents.tensors.filter { tensor in
      tensor.hasNumbers
        && sources.dropFirst().allSatisfy { source in
          source.contents.place(ofTensorNamed: tensor.name).map { source.contents.tensors[$0] == tensor } ?? false
        }
    }
    guard !shared.isEmpty else { return [] }
    var statistics: [[TensorStatistics]] = []
    var changes: [[Double?]] = []
    for (number, source) in sources.enumerated() {
      statistics.append(try TensorStatistics.all(of: shared, in: source, threads: threads))
      guard number > 0 else { continue }
      // Norms alone are wanted.
      let difference = try ModelDifference(sources[number - 1], source, threads: threads, budget: MatrixBudget.none)
      var byName: [ByteName: Double?] = [:]
      for tensor in difference.tensors { byName[ByteName(tensor.name)] = .some(tensor.values?.relativeL2) }
      changes.append(shared.map { byName[ByteName($0.name)] ?? nil })
    }
    return shared.indices.map { place in
      TensorSeries(
        name: shared[place].name, description: shared[place], statistics: statistics.map { $0[place] },
        relativeChanges: [nil] + changes.map { $0[place] })
    }
  }
}
