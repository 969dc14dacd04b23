#if os(Linux)
  import Foundation
  import TestSupport
  import Testing

  /// Under a limit of the system a command works as without it, or ends soon with one line and the right code. What the
  /// loader of programs needs before `main` is not ours.
  @Suite struct ProcessLimitTests {
    private let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      try folder.write(TrainedModel.small.get(), to: "model.nnk")
    }

    private static let commands = [
      "inspect model.nnk", "inspect --json model.nnk", "verify model.nnk", "diff model.nnk model.nnk",
      "convert model.nnk out.safetensors --force",
      "predict model.nnk \"$digits/t10k-images-idx3-ubyte.gz\" --output out.csv --force",
      "train \"$digits\" --epochs 1 --threads 2 --quiet --output out.nnk --force",
      "landscape model.nnk \"$digits\" --grid 5 --samples 20 --threads 2 --quiet --html out.html --force",
      "edit model.nnk --output out.nnk --set note=text --force",
    ]

    private func check(_ command: String, _ limit: String, refusals: Set<Int32>) throws {
      let before = try folder.names()
      let clock = ContinuousClock()
      var outcome: Outcome?
      let time = try clock.measure {
        outcome = try Program.shell("\(limit); exec \"$nnkit\" \(command)", in: folder)
      }
      let result = try #require(outcome)
      #expect(time < .seconds(5), "\(limit): \(command)")
      #expect(result.signal == nil, "\(limit): \(command): \(result.errors)")
      // The loader's own word and code.
      if result.exitCode == 127, result.errors.contains("error while loading shared libraries") { return }
      if result.exitCode == 0 {
        for name in ["out.safetensors", "out.csv", "out.nnk", "out.html"] { _ = unlink(folder.file(name)) }
        return
      }
      let code = try #require(result.exitCode)
      #expect(refusals.contains(code) || (command.hasPrefix("diff") && code == 2), "\(limit): \(command): \(code)")
      #expect(result.errorLines.count == 1, "\(limit): \(command): \(result.errors)")
      #expect(try folder.names() == before, "\(limit): \(command)")
    }

    @Test(
      arguments: ["v", "d"], [20_000, 40_000, 60_000, 80_000, 120_000, 200_000, 300_000, 450_000, 2_000_000])
    func `Whatever memory there is, nothing waits for more`(kind: String, kilobytes: Int) throws {
      for command in Self.commands { try check(command, "ulimit -\(kind) \(kilobytes)", refusals: [64, 70]) }
    }

    @Test(arguments: [64, 256, 1_024])
    func `With hardly any stack every command works`(kilobytes: Int) throws {
      for command in Self.commands { try check(command, "ulimit -s \(kilobytes)", refusals: []) }
    }

    @Test func `Where the system starts no thread a command does its work alone`() throws {
      // The superuser has no such limit, and may be kept from becoming someone who has.
      let user = geteuid() == 0 ? "setpriv --reuid=54321 --regid=54321 --clear-groups " : ""
      chmod(folder.path, 0o755)
      guard try Program.shell("exec \(user)\"$nnkit\" --version", in: folder).exitCode == 0 else { return }
      for command in Self.commands.prefix(4) {
        let limit = "{ ulimit -u 1 2>/dev/null || ulimit -p 1; }"
        let outcome = try Program.shell("\(limit); exec \(user)\"$nnkit\" \(command)", in: folder)
        #expect(outcome.exitCode == 0, "\(command): \(outcome.errors)")
      }
    }

    @Test(arguments: [4, 5, 6, 8])
    func `With few files to open a command says which one it could not open`(count: Int) throws {
      for command in Self.commands { try check(command, "ulimit -n \(count)", refusals: [73, 74]) }
    }

    @Test(arguments: [0, 1, 2, 8])
    func `With a limit on the size of files nothing is left half-written`(blocks: Int) throws {
      for command in Self.commands { try check(command, "ulimit -f \(blocks)", refusals: [74]) }
    }

    @Test func `A command that multiplies nothing needs no room for products`() throws {
      for command in Self.commands.prefix(5) {
        let outcome = try Program.shell("ulimit -v 200000; exec \"$nnkit\" \(command)", in: folder)
        #expect(outcome.exitCode == 0, "\(command): \(outcome.errors)")
      }
      let outcome = try Program.shell(
        "ulimit -v 200000; exec \"$nnkit\" predict --threads 2 model.nnk \"$digits/t10k-images-idx3-ubyte.gz\"",
        in: folder)
      #expect(outcome.exitCode == 70)
      #expect(
        outcome.errors == """
          nnkit: matrix products: expected room for matrix products, 352 MiB of addresses, found less; use fewer threads, \
          or raise the limit of this process (`ulimit -v`, `ulimit -d`)

          """)
    }
  }
#endif
