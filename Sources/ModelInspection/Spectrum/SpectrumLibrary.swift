import LinearAlgebra

/// The library that spectra need.
public enum SpectrumLibrary {
  /// Why there can be no spectra on this machine, in words; nil where there can. Loads the library.
  public static var hindrance: String? {
    do throws(BLASError) { _ = try LAPACK() } catch { return error.description }
    return nil
  }
}
