public import ModelFormat

/// The values that may come into a network.
public enum InputRange {
  /// What bytes become: from `offset` to 255 · `scale` + `offset`, in binary32 as they are prepared. O(1).
  ///
  /// - Returns: nil if an end is not finite.
  public static func ofBytes(_ preprocessing: Preprocessing) -> ClosedRange<Double>? {
    let (scale, offset) = (Float(preprocessing.scale), Float(preprocessing.offset))
    let ends = [Double(offset), Double(255 * scale + offset)]
    guard ends.allSatisfy(\.isFinite) else { return nil }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }
}
