import BinaryIO
import ModelExchange
import ModelFormat
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of a question, in a folder of their own.
struct Material {
  let folder: TemporaryFolder
  let question: Question
  let count: Int
  let format: FileFormat

  /// Has them written by a process of its own: the memory that it takes would count as that of every process that is
  /// started afterwards.
  init(_ question: Question, _ count: Int, _ format: FileFormat, program: String) throws {
    folder = try TemporaryFolder()
    self.question = question
    self.count = count
    self.format = format
    let run = try Run(
      program, ["--write", question.name, "\(count)", format.name, folder.path], in: folder.path,
      timeLimit: .seconds(120))
    guard run.ending == .exit(0) else {
      throw StressFailure("cannot write \(question.name) \(count) as \(format.name): \(run.ending) \(run.errorText)")
    }
    Material.prepareOutputs(folder)
  }

  /// Writes the files of a question into a folder.
  static func write(_ question: Question, _ count: Int, _ format: FileFormat, folder: String) throws {
    let end = format.extensions.first ?? format.name
    for (variant, name) in ["model", "other"].enumerated() {
      let sample = try question.sample(count, variant: variant)
      let path = "\(folder)/\(name).\(end)"
      if let file = sample.file {
        guard let bytes = try file(format) else { throw StressFailure("no such file in \(format.name)") }
        try write(bytes, path)
      } else if let little = Question.files[format.name]?.little {
        try write(little, path)
      } else {
        try sample.model().save(to: path, as: format, compression: .fast)
      }
      guard variant == 0 else { continue }
      try write(sample.inputs(), folder + "/images")
      try write(sample.labels(), folder + "/labels")
    }
  }

  private static func write(_ bytes: [UInt8], _ path: String) throws {
    var output = try FileOutput(path: path, replacing: true)
    try output.write(bytes)
    _ = try output.commit()
  }

  /// An empty folder for outputs, which any user may write to.
  static func prepareOutputs(_ folder: TemporaryFolder) {
    chmod(folder.path, 0o755)
    mkdir(folder.file("out"), 0o777)
    chmod(folder.file("out"), 0o777)
  }

  /// What is in the folder for outputs.
  var outputs: [String] { ((try? FileSystem.names(inFolder: folder.file("out"))) ?? []).sorted() }

  func removeOutputs() {
    for name in outputs { unlink(folder.file("out/" + name)) }
  }

  var modelSize: Int {
    var status = stat()
    return stat(folder.file("model.\(format.extensions.first ?? format.name)"), &status) == 0 ? Int(status.st_size) : 0
  }
}
