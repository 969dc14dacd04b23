public import ModelFormat

/// What a person should know first of how two models differ.
public enum DifferenceConclusion: Equatable, Sendable {
  /// A change of a matrix that has few directions.
  public struct LowRankChange: Equatable, Sendable {
    /// The name of the tensor.
    public let tensor: String
    /// The singular values of the change, summed up.
    public let spectrum: DifferenceSpectrum
  }

  /// A part of a model besides its tensors.
  public enum Part: String, Sendable {
    case topology, history, metadata
  }

  /// Nothing differs at all.
  case same
  /// All tensors are equal in name, type, shape and value; the first parts differ, and the others one side lacks.
  case sameContent([Part], missing: [MissingPart])
  /// Values differ, none by more than the tolerance.
  case sameWithinTolerance
  /// Matrices that hold the values of the other side with rows and columns exchanged.
  case transposed([String])
  /// Each value of a floating-point tensor on the right is the left one, rounded to nearest.
  case rounded(to: DataType)
  /// Layers were added, removed or changed: those matches, without the ones that are the same.
  case otherArchitecture([LayerMatch])
  /// One side has tensors that the other one lacks, or has in another shape, though no topology says why.
  case otherTensors(onlyLeft: Int, onlyRight: Int, reshaped: Int)
  /// Values of these layers differ, and those of the others do not.
  case onlySomeLayers([String], of: Int)
  /// Values of all layers differ: by the least and the greatest relative L2 of a tensor, as far as there is one.
  case allLayers(count: Int, relativeL2: ClosedRange<Double>?)
  /// The change of these matrices has few directions.
  case lowRankUpdate([LowRankChange])
}

extension ModelDifference {
  /// What a person should know first, the most telling first; never empty. O(number of tensors and layers).
  ///
  /// - Parameter topology: the structure of either model, which says what belongs to a layer. Without one, tensors whose
  ///   names differ after the last point only belong together.
  public func conclusions(topology: Topology? = nil) -> [DifferenceConclusion] {
    let areTensorsSame = tensors.allSatisfy(\.isExactlySame)
    let parts: [DifferenceConclusion.Part] = [
      self.topology.isEmpty ? nil : .topology, history.isEmpty ? nil : .history, metadata.isEmpty ? nil : .metadata,
    ].compactMap { $0 }
    if areTensorsSame && parts.isEmpty && missing.isEmpty { return [.same] }
    var conclusions: [DifferenceConclusion] = []
    let changedLayers = layers.filter { $0.change != .same }
    if !changedLayers.isEmpty { conclusions.append(.otherArchitecture(changedLayers)) }
    if areTensorsSame { return conclusions + [.sameContent(parts, missing: missing)] }
    let transposed = tensors.filter(\.isTransposed).map(\.name)
    if !transposed.isEmpty { conclusions.append(.transposed(transposed)) }
    if let type = roundedType { conclusions.append(.rounded(to: type)) }
    let lacking = otherTensors
    if let lacking, changedLayers.isEmpty { conclusions.append(lacking) }
    if tensors.allSatisfy(\.isSame) {
      conclusions.append(.sameWithinTolerance)
    } else if lacking == nil, transposed.isEmpty, let changed = LayerChanges(tensors, topology).conclusion {
      conclusions.append(changed)
    }
    let lowRank = tensors.compactMap { tensor in
      tensor.values?.spectrum.flatMap {
        $0.isLowRank ? DifferenceConclusion.LowRankChange(tensor: tensor.name, spectrum: $0) : nil
      }
    }
    if !lowRank.isEmpty { conclusions.append(.lowRankUpdate(lowRank)) }
    return conclusions.isEmpty ? [.sameContent(parts, missing: missing)] : conclusions
  }

  /// The type that all floating-point values were rounded to; nil where any is another, or none was rounded.
  private var roundedType: DataType? {
    let changed = tensors.filter { !$0.isExactlySame }
    return [DataType.float16, .bfloat16].first { type in
      changed.allSatisfy { $0.values?.roundedTo.contains(type) ?? false }
    }
  }

  private var otherTensors: DifferenceConclusion? {
    let (left, right) = (tensors.count { $0.right == nil }, tensors.count { $0.left == nil })
    let reshaped = tensors.count { $0.left != nil && $0.right != nil && $0.values == nil && !$0.isTransposed }
    return left + right + reshaped == 0 ? nil : .otherTensors(onlyLeft: left, onlyRight: right, reshaped: reshaped)
  }
}
