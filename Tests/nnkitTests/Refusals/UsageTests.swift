import TestSupport
import Testing

/// Command lines that break the rules: exit code 64, an explanation, no work. (`diff` exits with 2: `DiffTests`.)
struct UsageTests {
  @Test(arguments: [
    (["nothing"], "nothing"), (["--nothing"], "--nothing"), (["inspect"], "model"),
    (["inspect", "a", "--color", "blue"], "blue"), (["inspect", "a", "--tensor"], "--tensor"),
    (["predict", "a"], "images"), (["predict", "a", "b", "--top", "0"], "--top"),
    (["predict", "a", "b", "--top", "many"], "many"), (["predict", "a", "b", "--format", "xml"], "xml"),
    (["predict", "a", "b", "--threads", "0"], "--threads"),
    (["predict", "a", "b", "--threads", "257"], "--threads"),
    (["predict", "a", "b", "--report", "r"], "--labels"), (["predict", "-", "-"], "only one"),
    (["predict", "-", "b", "--labels", "-"], "only one"),
    (["predict", "a", "b", "--json", "--format", "csv"], "--json"),
    (["predict", "a", "b", "--format", "idx", "--top", "2"], "--top"),
    (["predict", "a", "b", "--labels", "l", "--report", "r", "--output", "r"], "--report"),
  ])
  func commandLinesThatBreakTheRulesAreExplained(arguments: [String], evidence: String) throws {
    try expectUsageError(arguments, evidence: evidence, in: try TemporaryFolder())
  }

  @Test(arguments: [
    (["data"], "--output"), (["--output", "m"], "--images"),
    (["--images", "i", "--output", "m"], "--labels"),
    (["data", "--images", "i", "--labels", "l", "--output", "m"], "not both"),
    (["data", "--test-images", "i", "--output", "m"], "not both"),
    (["--images", "i", "--labels", "l", "--test-images", "t", "--output", "m"], "--test-labels"),
    (["--images", "-", "--labels", "-", "--output", "m"], "only one"),
    (
      ["--images", "-", "--labels", "l", "--test-images", "-", "--test-labels", "t", "--output", "m"],
      "only one"
    ),
    (["data", "--output", "-", "--json"], "--json"),
    (["data", "--output", "m", "--epochs", "1", "--iterations", "1"], "not both"),
    (["data", "--output", "m", "--epochs", "0"], "--epochs"),
    (["data", "--output", "m", "--epochs=-3"], "--epochs"),
    (["data", "--output", "m", "--epochs", "1.5"], "1.5"),
    (["data", "--output", "m", "--epochs", "9223372036854775807"], "--epochs"),
    (["data", "--output", "m", "--iterations", "0"], "--iterations"),
    (["data", "--output", "m", "--iterations", "9223372036854775807"], "--iterations"),
    (["data", "--output", "m", "--batch-size", "0"], "--batch-size"),
    (["data", "--output", "m", "--batch-size", "1048577"], "--batch-size"),
    (["data", "--output", "m", "--threads", "0"], "--threads"),
    (["data", "--output", "m", "--threads", "257"], "--threads"),
    (["data", "--output", "m", "--learning-rate", "0"], "--learning-rate"),
    (["data", "--output", "m", "--learning-rate=-0.1"], "--learning-rate"),
    (["data", "--output", "m", "--learning-rate", "nan"], "--learning-rate"),
    (["data", "--output", "m", "--learning-rate", "inf"], "--learning-rate"),
    (["data", "--output", "m", "--validation-split", "0"], "--validation-split"),
    (["data", "--output", "m", "--validation-split", "1"], "--validation-split"),
    (["data", "--output", "m", "--validation-split", "nan"], "--validation-split"),
    (["data", "--output", "m", "--seed=-1"], "a whole number from 0 to 9223372036854775807"),
    (["data", "--output", "m", "--seed", "9223372036854775808"], "--seed"),
    (["data", "--output", "m", "--hidden", "64,0"], "whole numbers of at least 1"),
    (["data", "--output", "m", "--hidden", "64,,32"], "on each side of a comma"),
    (["data", "--output", "m", "--hidden", "wide"], "wide"),
    (["data", "--output", "m", "--activation", "swish"], "swish"),
    (["data", "--output", "m", "--activation", "tanh"], "--hidden 64 --activation tanh"),
    (["data", "--output", "m", "--network", "dense(64 relu dense(10)"], "\n       ^\n"),
    (["data", "--output", "m", "--network", "dense(10,)"], "nothing after the comma"),
    (["data", "--output", "m", "--network", "dense(10)", "--hidden", "3"], "not both"),
    (["data", "--output", "m", "--network", "dense(10)", "--activation", "relu"], "not both"),
    (["data", "--output", "m", "--network", ""], "at least one"),
    (["data", "--output", "m", "--network", "relu maxpol(2)"], "word 2, maxpol(2)"),
    (["data", "--output", "m", "--network", "relu conv(8)"], "\n       ^~~~~~~"),
    (["data", "--output", "m", "--initializer", "normal:-1"], "normal:-1"),
    (["data", "--output", "m", "--initializer", "normal:1e39"], "that Float can hold"),
    (["data", "--output", "m", "--initializer", "normal:1e-60"], "that Float can hold"),
    (["data", "--output", "m", "--initializer", "zeros"], "as in normal:0.01"),
    (["data", "--output", "m", "--loss", "hinge"], "hinge"),
    (["data", "--output", "m", "--optimizer", "newton"], "newton"),
    (["data", "--output", "m", "--sampling", "biased"], "biased"),
    (["data", "--output", "m", "--momentum", "0.9"], "--momentum goes with"),
    (["data", "--output", "m", "--optimizer", "adam", "--momentum", "0.9"], "not with adam"),
    (["data", "--output", "m", "--optimizer", "nesterov", "--momentum", "1"], "--momentum"),
    (["data", "--output", "m", "--optimizer", "nesterov", "--momentum=-0.1"], "--momentum"),
    (["data", "--output", "m", "--weight-decay=-1"], "--weight-decay"),
    (["data", "--output", "m", "--weight-decay", "inf"], "--weight-decay"),
    (["data", "--output", "m", "--clip-norm", "0"], "--clip-norm"),
    (["data", "--output", "m", "--clip-value", "nan"], "--clip-value"),
    (["data", "--output", "m", "--clip-norm", "1", "--clip-value", "1"], "not both"),
    (["data", "--output", "m", "--warm-up=-1"], "--warm-up"),
    (["data", "--output", "m", "--schedule", "linear"], "as in step(10,0.5)"),
    (["data", "--output", "m", "--schedule", "step(0,0.5)"], "a step every 1 or more epochs"),
    (["data", "--output", "m", "--schedule", "exponential(0)"], "a finite factor above 0"),
    (["data", "--output", "m", "--schedule", "cosine(5)"], "below the --learning-rate, 0.1"),
    (
      ["data", "--output", "m", "--schedule", "cosine(0.05)", "--optimizer", "adam"], "below the --learning-rate, 0.001"
    ),
    (["data", "--output", "m", "--early-stopping", "3"], "--validation-split"),
    (["data", "--output", "m", "--early-stopping", "0", "--validation-split", "0.1"], "--early-stopping"),
  ])
  func trainingOptionsThatBreakTheRulesAreExplained(options: [String], evidence: String) throws {
    try expectUsageError(["train"] + options, evidence: evidence, in: try TemporaryFolder())
  }

  @Test(arguments: [
    (["help", "inspct"], "did you mean inspect?"), (["help", "foo"], "train, inspect, diff"),
    (["pretict", "a"], "did you mean predict?"), (["help", "Verify", "--json"], "did you mean verify?"),
  ])
  func `A word that is no command leads to the nearest one, after help too`(arguments: [String], hint: String) throws {
    try expectUsageError(arguments, evidence: hint, in: try TemporaryFolder())
  }

  @Test(arguments: [
    (["inspect", "a", "--fromat", "csv"], "Did you mean '--format'?"),
    (["inspect", "a", "--dept", "1"], "Did you mean '--depth'?"),
    (["diff", "a", "b", "--htlm", "x"], "Did you mean '--html'?"),
    (["diff", "a", "b", "--format", "json"], "JSON with --json"),
    (["diff", "a", "b", "--spectrum"], "it is an option of inspect"),
  ])
  func `An option that is not known leads to what was meant`(arguments: [String], hint: String) throws {
    try expectUsageError(
      arguments, exitCode: arguments[0] == "diff" ? 2 : 64, evidence: hint, in: try TemporaryFolder())
  }

  /// Whatever is spelled like it: replacing a file is not to be guessed.
  @Test(arguments: Program.commands)
  func `No hint says --force`(command: String) throws {
    for option in ["--format", "--forma", "--forc", "--fore", "--orce", "--from", "-force", "--Force", "--fource"] {
      let outcome = try Program.run([command, "a", "b", option, "x"], in: try TemporaryFolder())
      let first = outcome.errorLines.first ?? ""
      #expect(!first.contains("--force") && outcome.exitCode != 0, "\(command) \(option): \(first)")
    }
  }

  @Test func whatOnlyTheModelCanTell() throws {
    let folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
    try expectRefusal(
      ["predict", "model.nnk", Digits.testImages, "--top", "11"], exitCode: 64, evidence: ["--top 11", "10"],
      in: folder)
  }

  @Test func whatOnlyTheDataCanTell() throws {
    let folder = try TemporaryFolder()
    try expectRefusal(
      ["train", Digits.folder, "--validation-split", "0.0001", "--output", "new"], exitCode: 64,
      evidence: ["--validation-split"], in: folder)
    try expectRefusal(
      ["train", Digits.folder, "--hidden", "9223372036854775807", "--output", "new"], exitCode: 64,
      evidence: ["9223372036854775807"], in: folder)
  }
}
