import ModelFormat

// Inputs and labels, and what options ask for.

extension Question {
  /// What limits are tried with: enough weights to be shared by threads.
  static let underLimits = Question("under limits", "MiB of weights", .data, largest: 4, quick: 4) { (count, sample) in
    sample.inputShape = [count << 17]
  }

  static let data = [
    Question("samples", "samples", .data, largest: 400_000, quick: 20_000) { (count, sample) in
      sample.samples = count
    },
    Question("features", "values of a sample", .data, largest: 400_000, quick: 20_000) { (count, sample) in
      sample.inputShape = [count]
    },
    Question("dimensions", "dimensions of a sample", .data, largest: 28, quick: 28) { (count, sample) in
      sample.inputShape = [Int](repeating: 1, count: count)
    },
    Question("labels", "classes in the labels", .data, largest: 100_000, quick: 800) { (count, sample) in
      (sample.classes, sample.outputs) = (max(2, count), max(2, count))
    },
  ]

  static let options = [
    Question(
      "words", "words of --network", .options(command: "train"), largest: 12_000, quick: 2_000,
      options: { ["--network", [String](repeating: "identity", count: $0).joined(separator: " ") + " dense(2)"] }),
    Question(
      "hidden", "widths of --hidden", .options(command: "train"), largest: 12_000, quick: 2_000,
      options: { $0 == 0 ? [] : ["--hidden", [String](repeating: "1", count: $0).joined(separator: ",")] }),
    Question(
      "long run", "epochs of --epochs", .options(command: "train"), largest: 100_000, quick: 4_000,
      options: { ["--epochs", "\($0 + 1)"] }),
    Question(
      "checkpoints", "files of --save-every", .options(command: "train"), largest: 400, quick: 40,
      options: { $0 == 0 ? [] : ["--epochs", "\($0)", "--save-every", "1"] }),
    Question(
      "top", "classes of --top", .options(command: "predict"), largest: 100_000, quick: 800,
      build: { (count, sample) in sample.outputs = count + 1 }, options: { ["--top", "\($0 + 1)"] }),
    Question(
      "path", "models of --path", .options(command: "landscape"), largest: 2_000, quick: 100,
      options: { $0 == 0 ? [] : ["--path"] + (0..<$0).map { $0 % 2 == 0 ? "model.nnk" : "other.nnk" } }),
    Question(
      "files", "files to verify", .options(command: "verify"), largest: 4_000, quick: 400,
      options: { [String](repeating: "model.nnk", count: $0) }),
  ]
}
