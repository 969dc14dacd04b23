import ArgumentParser

/// The forms in which `inspect` prints.
enum InspectionFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, markdown, csv
  /// The values of one tensor as a file of NumPy.
  case npy
}
