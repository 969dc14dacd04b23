import Foundation
import TestSupport
import Testing

/// `nnkit convert --layout pytorch`, and the way back.
struct SequentialLayoutTests {
  @Test func aNetworkComesBackWithTheOptionsThatAreSaid() throws {
    let folder = try TemporaryFolder()
    let digits = Repository.path("samples/digits")
    try Program.succeed(
      [
        "train", digits, "--network", "conv(3,3) batchnorm relu maxpool(2) flatten dense(10)", "--epochs", "1",
        "--output", "net.nnk", "--quiet",
      ], in: folder)
    let there = try Program.json(["convert", "net.nnk", "torch.safetensors", "--layout", "pytorch"], in: folder)
    #expect(try there.object("contents")["topology"] as? Bool == false)
    let python = try #require(there["python"] as? [String])
    #expect(python.contains("    nn.Conv2d(1, 3, 3, stride=1, padding=0),"))
    let note = try #require((there["notes"] as? [String])?.first)
    let options = note.components(separatedBy: " convert ").last ?? ""
    var arguments = options.components(separatedBy: "\"")
    arguments =
      [arguments[0].trimmingCharacters(in: .whitespaces), arguments[1]]
      + arguments[2].split(separator: " ").map(String.init)
    #expect(arguments.contains("--input-scale"))
    try Program.succeed(["convert", "torch.safetensors", "back.nnk"] + arguments, in: folder)
    let images = digits + "/t10k-images-idx3-ubyte.gz"
    let first = try Program.succeed(["predict", "net.nnk", images], in: folder)
    let second = try Program.succeed(["predict", "back.nnk", images], in: folder)
    #expect(first.output == second.output)
  }

  @Test func whatHasNoUseForItIsRefused() throws {
    let folder = try TemporaryFolder()
    let cases: [(arguments: [String], evidence: String)] = [
      (["net.nnk", "out.nnk", "--layout", "pytorch"], "PyTorch reads .safetensors"),
      (["net.nnk", "out.safetensors", "--network", "relu", "--activation", "tanh"], "--activation"),
      (["net.nnk", "out.safetensors", "--network", "dens(4)"], "dens"),
      (["net.nnk", "out.safetensors", "--input-shape", "1x2"], "--network"),
    ]
    for (arguments, evidence) in cases {
      let outcome = try Program.run(["convert"] + arguments, in: folder)
      #expect(outcome.exitCode == 64 && outcome.errors.contains(evidence), "\(outcome.errors)")
      #expect(try folder.names().isEmpty)
    }
  }
}
