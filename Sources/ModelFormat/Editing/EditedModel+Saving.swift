extension EditedModel {
  /// Writes the changed model to a file, durably, as `ModelSource.save(to:as:replacing:compression:threads:)` does: after
  /// a crash at any point the old file is there, or the complete new one, and saving over the file that is read is safe.
  ///
  /// From `.nnk` to `.nnk` the chunks keep their bytes, but for the padding of raw ones that the file aligns to be mapped.
  ///
  /// - Throws: what that throws.
  public func save(
    to path: String, as format: FileFormat = .nnk, replacing: Bool, threads: Int? = nil
  ) throws(ModelFormatError) {
    try save(
      to: path, as: format, replacing: replacing,
      FileFormat.WritingOptions(compression: .default, threads: threads, copiesChunks: true))
  }
}
