import TestSupport
import Testing

/// `nnkit diff` with `--align` and `--data`.
struct NetworkComparisonTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "a.nnk")
    try Program.succeed(
      ["train", Digits.folder, "--hidden", "8", "--epochs", "3", "--seed", "9", "--output", "b.nnk"], in: folder)
  }

  private func document(_ arguments: [String], exitCode: Int32) throws -> [String: Any] {
    let outcome = try Program.run(["diff", "--json"] + arguments, in: folder)
    #expect(outcome.exitCode == exitCode && outcome.errors.isEmpty, "\(outcome.errors)")
    return try JSON.object(outcome.output)
  }

  @Test func `The same samples through two networks: who agrees, who is right, and where they part`() throws {
    let function = try document(
      ["a.nnk", "b.nnk", "--data", Digits.testImages, "--labels", Digits.testLabels], exitCode: 1
    ).object("function")
    let samples = try function.integer("samples")
    #expect(samples == 359)
    let sums = try ["left_only_right", "right_only_right", "both_right", "both_wrong"].map { try function.integer($0) }
    #expect(sums.reduce(0, +) == samples)
    let differing = try function.integer("differing")
    #expect(try function.number("churn") == Double(differing) / Double(samples))
    #expect(try abs(function.number("agreement") + function.number("churn") - 1) < 1e-12)
    #expect(try function.objects("flips").map { try $0.integer("count") }.reduce(0, +) == differing)
    #expect((function["indices"] as? [Int])?.count == differing)
    #expect(try (0...1).contains(function.number("mcnemar_p")))
    #expect(try function.number("mean_kl") > 0 && function.number("maximum_logit_difference") > 0)
    #expect(try function.string("first_diverging_layer") == "affine1")
    #expect(try function.objects("layers").allSatisfy { try $0.number("relative_l2") > 0 })
    // The number of right answers of each is that of `predict`.
    let both = try function.integer("both_right")
    for (model, alone) in [
      ("a.nnk", try function.integer("left_only_right")), ("b.nnk", try function.integer("right_only_right")),
    ] {
      try Program.succeed(
        [
          "predict", model, Digits.testImages, "--labels", Digits.testLabels, "--report", "r.json", "--force",
          "--output", "p.csv",
        ],
        in: folder)
      #expect(
        try JSON.object(String(decoding: folder.read("r.json"), as: UTF8.self)).integer("correct") == both + alone)
    }
  }

  @Test func `A model against itself agrees in everything`() throws {
    let document = try document(["a.nnk", "a.nnk", "--align", "--data", Digits.testImages], exitCode: 0)
    let function = try document.object("function")
    #expect(try function.number("agreement") == 1 && function.number("mean_kl") == 0)
    #expect(function["first_diverging_layer"] == nil && function["left_only_right"] == nil)
    let alignment = try document.object("alignment")
    #expect(alignment["same_up_to_permutation"] as? Bool == true)
    #expect((try alignment.objects("layers")[0]["permutation"] as? [Int]) == Array(0..<8))
    let text = try Program.succeed(["diff", "a.nnk", "a.nnk", "--align", "--data", Digits.testImages], in: folder)
      .output
    #expect(text.contains("Units matched  the same, unit for unit") && text.contains("agreement 100.00 %"))
  }

  @Test func `Two runs are not the same in any order, and text says who is right`() throws {
    let outcome = try Program.run(
      ["diff", "a.nnk", "b.nnk", "--align", "--data", Digits.testImages, "--labels", Digits.testLabels],
      environment: ["COLUMNS": "80"], in: folder)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("not the same in any order") && outcome.output.contains("McNemar p"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(outcome.output)")
  }

  @Test func `What cannot be compared exits with 2 and says why`() throws {
    try Program.succeed(["train", Digits.folder, "--hidden", "9", "--epochs", "1", "--output", "c.nnk"], in: folder)
    try expectRefusal(["diff", "a.nnk", "c.nnk", "--align"], exitCode: 2, evidence: ["layer"], in: folder)
    try expectRefusal(["diff", "a.nnk", "b.nnk", "--data", "none"], exitCode: 2, evidence: ["none"], in: folder)
    for options in [["--labels", "x"], ["--align", "--filter", "*"], ["--data", "-", "--labels", "-"]] {
      #expect(try Program.run(["diff", "a.nnk", "b.nnk"] + options, in: folder).exitCode == 2, "\(options)")
    }
  }
}
