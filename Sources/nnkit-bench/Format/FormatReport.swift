/// What a run of `nnkit-bench format` has found. Megabytes are 10⁶ bytes of raw weights.
struct FormatReport: Report {
  /// Speeds in MB/s on some number of threads.
  struct Speeds: Encodable {
    /// To a file that is synchronised and renamed into place.
    let save: Double
    /// From that file, verified.
    let load: Double
    /// To bytes in memory: what is left of saving without the disk.
    let saveToMemory: Double
    /// From bytes in memory, verified.
    let loadFromMemory: Double
    /// Every byte of the file read and checked, nothing stored.
    let verify: Double
    /// The statistics of all tensors, from the file.
    let statistics: Double
    /// Two readers of the file compared, value by value.
    let difference: Double

    enum CodingKeys: String, CodingKey {
      case save = "save_MB_per_s"
      case load = "load_MB_per_s"
      case saveToMemory = "save_to_memory_MB_per_s"
      case loadFromMemory = "load_from_memory_MB_per_s"
      case verify = "verify_MB_per_s"
      case statistics = "statistics_MB_per_s"
      case difference = "difference_MB_per_s"
    }
  }

  let tool = "nnkit"
  let compression: String
  let repeats: Int
  let threads: Int
  let tensors: Int
  let rawBytes: Int
  let fileBytes: Int
  /// The seconds it takes to open the file and list all tensors.
  let listSeconds: Double
  /// On all threads.
  let speeds: Speeds
  let oneThread: Speeds

  /// The size of the file as a part of the size of the raw weights.
  var ratio: Double { Double(fileBytes) / Double(rawBytes) }

  private enum CodingKeys: String, CodingKey {
    case tool, compression, repeats, threads, tensors, ratio
    case rawBytes = "raw_bytes"
    case fileBytes = "file_bytes"
    case listSeconds = "list_seconds"
    case oneThread = "one_thread"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(tool, forKey: .tool)
    try container.encode(compression, forKey: .compression)
    try container.encode(repeats, forKey: .repeats)
    try container.encode(threads, forKey: .threads)
    try container.encode(tensors, forKey: .tensors)
    try container.encode(rawBytes, forKey: .rawBytes)
    try container.encode(fileBytes, forKey: .fileBytes)
    try container.encode(ratio, forKey: .ratio)
    try container.encode(listSeconds, forKey: .listSeconds)
    try container.encode(oneThread, forKey: .oneThread)
    // The speeds on all threads are next to the rest.
    try speeds.encode(to: encoder)
  }
}
